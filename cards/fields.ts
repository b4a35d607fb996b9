/** Inputs and their errors, and the inputs that several forms share. */
import type { Choice, Element, Input, InputChoiceSet, InputText, TextBlock } from '../src/chat/card.ts';
import { subtle, text } from './elements.ts';
import { number } from './format.ts';

/** An input with its error, where it has one. What was typed stays in the input. */
export function field(input: Input, error?: string | readonly string[]): Element[] {
  const lines = typeof error === 'string' ? [error] : (error ?? []);
  if (lines.length === 0) return [input];
  const style = { id: `${input.id}.error`, color: 'attention', size: 'small', spacing: 'small' } as const;
  return [input, text(lines.join('\n'), style)];
}

type Field<T extends Input> = Omit<T, 'type' | 'spacing'>;

export function textInput(input: Field<InputText>): InputText {
  return { type: 'Input.Text', spacing: 'medium', ...input };
}

export function choiceInput(input: Field<InputChoiceSet>): InputChoiceSet {
  return { type: 'Input.ChoiceSet', spacing: 'medium', ...input };
}

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

/** Below a list of services that leaves some out. */
export const moreServices = (units: string, example: string): TextBlock =>
  subtle(`Listed are those with the most ${units} units. To any other by its number or product: ${example}`);

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
