/** The inputs that several forms share. */
import type { Choice, InputChoiceSet, InputText } from '../src/chat/card.ts';
import { choiceInput, textInput } from './elements.ts';
import { number } from './format.ts';

type Named = { readonly service: string; readonly product: string };

/** `10023/1 · Webex Suite · 7 free` */
export function serviceChoices(services: readonly (Named & { readonly free?: number })[]): Choice[] {
  return services.map(({ service, product, free }) => ({
    title: [service, product, ...(free === undefined ? [] : [`${number(free)} free`])].join(' · '),
    value: service,
  }));
}

export function serviceInput(
  id: string,
  label: string,
  choices: readonly Choice[],
  value: string,
): InputChoiceSet {
  return choiceInput({
    id,
    label,
    choices,
    style: 'compact',
    placeholder: 'Choose a service',
    ...(value && { value }),
  });
}

export function userInput(value: string): InputText {
  return textInput({
    id: 'user',
    label: 'User name',
    placeholder: 'alice@contoso.example',
    style: 'email',
    ...(value && { value }),
  });
}

/** A text, not a number: what was typed comes back as it was typed. */
export function unitsInput(label: string, value: string, placeholder: string): InputText {
  return textInput({ id: 'units', label, placeholder, maxLength: 9, ...(value && { value }) });
}
