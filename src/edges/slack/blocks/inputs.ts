import type { InputBlock, InputBlockElement, PlainTextOption } from '@slack/types';
import type {
  Choice,
  Element,
  Input,
  InputChoiceSet,
  InputNumber,
  InputText,
  InputToggle,
} from '../../../chat/card.ts';
import { searchName } from '../../../chat/search.ts';
import { limits } from './limits.ts';
import { clean, isBlank, plainText, split, withoutEnd } from './text.ts';

/** For each input, the values that are too long for an option, by the key that stands for them. */
export type LongValues = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** An input of a message; `undefined` where there is nothing to choose from. */
export function inputBlock(input: Input): InputBlock | undefined {
  const element = elementOf(input);
  if (element === undefined) return undefined;
  const hint = hintOf(input);
  return {
    type: 'input',
    label: plainText(labelOf(input), limits.labelText),
    ...(hint === undefined ? {} : { hint: plainText(hint, limits.labelText) }),
    // Slack says of what is left out that it is optional, and asks for the rest itself before a window is handed in.
    optional: input.required !== true,
    element,
  };
}

/** Which values the buttons of a card must carry, since an option can't. */
export function longValues(body: readonly Element[]): LongValues {
  const choiceSets = inputsOf(body).filter((input) => input.type === 'Input.ChoiceSet');
  const entries = choiceSets.map((set) => [set.id, longValuesOf(set)] as const);
  return Object.fromEntries(entries.filter(([, values]) => Object.keys(values).length > 0));
}

const longValuesOf = ({ choices, 'choices.data': searched }: InputChoiceSet): Record<string, string> =>
  Object.fromEntries(
    (searched === undefined ? choices : [])
      .map(({ value }, index) => [keyOf(index), value] as const)
      .filter(([, value]) => !isOptionValue(value)),
  );

function inputsOf(elements: readonly Element[]): Input[] {
  return elements.flatMap((element) => {
    if (element.type === 'Container') return inputsOf(element.items);
    return isInput(element) ? [element] : [];
  });
}

const isInput = (element: Element): element is Input => element.type.startsWith('Input.');

const labelOf = (input: Input): string => {
  if (!isBlank(input.label)) return input.label;
  return input.type === 'Input.Toggle' ? input.title : input.id;
};

function elementOf(input: Input): InputBlockElement | undefined {
  switch (input.type) {
    case 'Input.Text':
      return textInput(input);
    case 'Input.Number':
      return numberInput(input);
    case 'Input.ChoiceSet':
      return choiceInput(input);
    case 'Input.Toggle':
      return toggleInput(input);
  }
}

function textInput(input: InputText): InputBlockElement {
  const value = input.value ?? '';
  return {
    type: 'plain_text_input',
    action_id: input.id,
    multiline: input.isMultiline === true || value.includes('\n'),
    ...(input.maxLength === undefined || input.maxLength < 1 ? {} : { max_length: roomOf(input) }),
    ...(value === '' || isTooLong(input) ? {} : { initial_value: value }),
    ...placeholderOf(input.placeholder),
  };
}

/** Slack has its number input, like those for e-mail and URL, in modals only: https://docs.slack.dev/reference/block-kit/block-elements */
const numberInput = (input: InputNumber): InputBlockElement => ({
  type: 'plain_text_input',
  action_id: input.id,
  ...(Number.isFinite(input.value) ? { initial_value: String(input.value) } : {}),
  ...placeholderOf(input.placeholder),
});

/** Divides an input's id from what is searched for it: Slack says no more of a select that somebody types into. */
const SEARCHED = '@';

const actionIdOf = (input: InputChoiceSet): string => {
  const searched = input['choices.data'];
  return searched === undefined ? input.id : `${input.id}${SEARCHED}${searchName(searched)}`;
};

/** The id of the input behind an `action_id`. */
export const inputIdOf = (actionId: string): string => actionId.split(SEARCHED)[0] ?? actionId;

/** What is searched for it. The client sent it, so it may be anything. */
export const searchedIn = (actionId: string): string | undefined => actionId.split(SEARCHED)[1];

/** What was typed before and can be no option stands in a text field: so nothing of it is lost. */
function searchInput(input: InputChoiceSet): InputBlockElement {
  const { value = '', choices, placeholder } = input;
  if (value !== '' && !isOptionValue(value)) {
    return {
      type: 'plain_text_input',
      action_id: input.id,
      initial_value: value,
      ...placeholderOf(placeholder),
    };
  }
  const chosen = choices.find((choice) => choice.value === value) ?? { title: value, value };
  return {
    type: 'external_select',
    action_id: actionIdOf(input),
    // Whoever opens it sees the first choices before anything is typed.
    min_query_length: 0,
    ...(value === '' ? {} : { initial_option: optionOf(chosen, 0) }),
    ...placeholderOf(placeholder),
  };
}

/** What was found, as far as it can be chosen here: a value that is too long for an option is told by its key. */
export function foundOptions(found: readonly Choice[]): PlainTextOption[] {
  const told = found.map((choice) => {
    const { value, key = value } = choice;
    return isOptionValue(value) ? choice : { ...choice, value: key };
  });
  const fitting = told.filter(({ value }) => isOptionValue(value));
  const once = fitting.filter(({ value }, at) => fitting.findIndex((other) => other.value === value) === at);
  return once.slice(0, limits.options).map(optionOf);
}

function choiceInput(input: InputChoiceSet): InputBlockElement | undefined {
  if (input['choices.data'] !== undefined) return searchInput(input);
  const options = input.choices.map(optionOf);
  if (options.length === 0) return undefined;
  const initial = options[input.choices.findIndex((choice) => choice.value === input.value)];
  const common = { action_id: input.id, ...(initial === undefined ? {} : { initial_option: initial }) };
  if (input.style === 'expanded' && options.length <= limits.radioOptions) {
    return { type: 'radio_buttons', ...common, options };
  }
  const select = { type: 'static_select', ...common, ...placeholderOf(input.placeholder) } as const;
  return options.length <= limits.options
    ? { ...select, options }
    : { ...select, option_groups: groupsOf(options) };
}

const toggleInput = (input: InputToggle): InputBlockElement => {
  const option = { ...optionTexts(isBlank(input.title) ? input.id : input.title), value: 'true' };
  return {
    type: 'checkboxes',
    action_id: input.id,
    options: [option],
    ...(input.value === 'true' ? { initial_options: [option] } : {}),
  };
};

const optionOf = ({ title, value }: { title: string; value: string }, index: number): PlainTextOption => ({
  ...optionTexts(isBlank(title) ? value : title),
  value: isOptionValue(value) ? value : keyOf(index),
});

/** A long title goes on in the line below, after a whole word. It is seen once that there is more. */
function optionTexts(title: string): Pick<PlainTextOption, 'text' | 'description'> {
  const text = clean(title).trim();
  if (text.length <= limits.optionText) return { text: plainText(text, limits.optionText) };
  const [piece = ''] = split(text, limits.optionText - 1);
  const head = withoutEnd(piece) || piece;
  const rest = text.slice(piece.length).replace(/^[\s·]+/u, '');
  if (isBlank(rest)) return { text: plainText(`${head}…`, limits.optionText) };
  const isCut = rest.length > limits.optionText;
  return {
    text: plainText(isCut ? head : `${head}…`, limits.optionText),
    description: plainText(rest, limits.optionText),
  };
}

function groupsOf(options: readonly PlainTextOption[]) {
  const count = Math.min(Math.ceil(options.length / limits.options), limits.optionGroups);
  return Array.from({ length: count }, (_, index) => {
    const from = index * limits.options;
    const group = options.slice(from, from + limits.options);
    return { label: plainText(`${from + 1}–${from + group.length}`), options: group };
  });
}

const keyOf = (index: number): string => `#${index}`;
const isOptionValue = (value: string): boolean =>
  value.length > 0 && value.length <= limits.optionValue && !value.startsWith('#') && clean(value) === value;

const roomOf = (input: InputText): number => Math.min(input.maxLength ?? limits.inputText, limits.inputText);
const isTooLong = (input: InputText): boolean => (input.value?.length ?? 0) > roomOf(input);

function hintOf(input: Input): string | undefined {
  if (input.type === 'Input.Number') return rangeHint(input.min, input.max);
  if (input.type === 'Input.Text' && isTooLong(input)) {
    return `What it says now is longer than the ${roomOf(input)} characters that can be changed here.`;
  }
  return undefined;
}

function rangeHint(min: number | undefined, max: number | undefined): string | undefined {
  if (min !== undefined && max !== undefined) return `From ${min} to ${max}`;
  if (min !== undefined) return `At least ${min}`;
  return max === undefined ? undefined : `At most ${max}`;
}

const placeholderOf = (text: string | undefined) =>
  text === undefined || isBlank(text) ? {} : { placeholder: plainText(text, limits.placeholderText) };
