/** Inputs and their errors, and the inputs that several forms share. */
import type {
  Choice,
  DataQuery,
  Dataset,
  Element,
  Input,
  InputChoiceSet,
  InputText,
  TextBlock,
} from '../src/chat/card.ts';
import { subtle, text } from './elements.ts';
import { number } from './format.ts';

/** An input with its error, where it has one. What was typed stays in the input. */
export function field(input: Input, error?: string | readonly string[]): Element[] {
  const lines = typeof error === 'string' ? [error] : (error ?? []);
  if (lines.length === 0) return [input];
  const style = { id: `${input.id}.error`, color: 'attention', size: 'small', spacing: 'small' } as const;
  return [input, text(lines.join('\n'), style)];
}

/** Marks what has to be filled in; not where another input may be filled in instead, nor where empty means something. */
export const required = <T extends Input>(input: T): T => ({ ...input, required: true });

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

type SearchField = Omit<Field<InputChoiceSet>, 'choices' | 'choices.data'> &
  Partial<Pick<InputChoiceSet, 'choices'>> &
  Pick<DataQuery, 'within'>;

/** What is found while somebody types; `choices` are those at hand, and what is typed is taken as well. */
export function searchInput(
  dataset: Dataset,
  { choices = [], value, within, ...input }: SearchField,
): InputChoiceSet {
  return choiceInput({
    ...input,
    choices,
    'choices.data': { type: 'Data.Query', dataset, ...(within && { within }) },
    style: 'compact',
    ...(value && { value }),
  });
}

type Services = Extract<Dataset, 'services' | 'free-services' | 'used-services'>;

export const serviceInput = (
  dataset: Services,
  { id = 'service', label = 'Service', choices = [], value = '', ...rest }: Partial<SearchField>,
): InputChoiceSet =>
  searchInput(dataset, {
    ...rest,
    id,
    label,
    choices,
    value,
    placeholder: '10023/1, or part of the product’s name',
  });

/** Of a service that somebody has units of: those of the user in the input above it. */
export const ofUser = { within: { user: 'user' } } as const;

/** Somebody who talks to the bot. */
export const personInput = (value: string): InputText =>
  textInput({
    id: 'person',
    label: 'Person’s e-mail address',
    placeholder: 'carla@contoso.example',
    style: 'email',
    person: true,
    ...(value && { value }),
  });

/** Below a list of services that leaves some out. */
export const moreServices = (units: string, example: string): TextBlock =>
  subtle(`Listed are those with the most ${units} units. To any other by its number or product: ${example}`);

export const userInput = (
  value: string,
  dataset: Extract<Dataset, 'users' | 'known-users'> = 'known-users',
): InputChoiceSet =>
  searchInput(dataset, { id: 'user', label: 'User name', placeholder: 'alice@contoso.example', value });

export const orderInput = (value: string): InputChoiceSet =>
  searchInput('orders', { id: 'order', label: 'Order', placeholder: '10023, or what is in it', value });

/** A text, not a number: what was typed comes back as it was typed. */
export function unitsInput(label: string, value: string, placeholder: string): InputText {
  return textInput({ id: 'units', label, placeholder, maxLength: 9, ...(value && { value }) });
}
