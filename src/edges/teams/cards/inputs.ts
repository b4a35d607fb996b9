import type { Card, Element, Input, InputChoiceSet, InputText } from '../../../chat/card.ts';
import { searchName } from '../../../chat/search.ts';
import { sentences } from '../sentences.ts';
import { withChosen } from './suited.ts';

/** Part of a card as Teams takes it. */
export type TeamsElement = { readonly type: string; readonly [key: string]: unknown };

/** Which inputs are emptied where another one changes, by the id of that one. */
export type Resets = ReadonlyMap<string, readonly string[]>;

export function resetsOf({ body }: Card): Resets {
  const pairs = inputsOf(body).flatMap((input) => {
    const within = input.type === 'Input.ChoiceSet' ? input['choices.data']?.within : undefined;
    return Object.values(within ?? {}).map((id) => ({ id, target: input.id }));
  });
  const grouped = Map.groupBy(pairs, ({ id }) => id);
  return new Map([...grouped].map(([id, found]) => [id, found.map(({ target }) => target)]));
}

export function inputsOf(elements: readonly Element[]): Input[] {
  return elements.flatMap((element) => {
    if (element.type === 'Container') return inputsOf(element.items);
    return isInput(element) ? [element] : [];
  });
}

const isInput = (element: Element): element is Input => element.type.startsWith('Input.');

/**
 * With `isRequired` Teams would send no button that takes inputs along, such as Back, and would never show what the bot says of
 * an empty one. Source: https://learn.microsoft.com/adaptive-cards/authoring-cards/input-validation
 */
export function teamsInput({ required: _, ...input }: Input, resets: Resets): readonly TeamsElement[] {
  const changed = resetting(resets.get(input.id) ?? []);
  if (input.type === 'Input.ChoiceSet') return [{ ...choiceSet(input), ...changed }];
  if (input.type === 'Input.Text' && input.person) return personInputs(input);
  return [{ ...input, ...changed }];
}

/** Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search#dependent-inputs */
const resetting = (targetInputIds: readonly string[]) =>
  targetInputIds.length === 0
    ? {}
    : { valueChangedAction: { type: 'Action.ResetInputs', targetInputIds, fallback: 'drop' } };

/**
 * Choices that are searched come from an invoke of their own, `application/search`; those in the card stay listed beside them,
 * so an input that is narrowed by another one has none but the chosen one.
 * Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
 */
function choiceSet({ 'choices.data': searched, ...input }: InputChoiceSet): TeamsElement {
  if (searched === undefined) return isLong(input) ? { ...input, style: 'filtered' } : input;
  const isNarrowed = searched.within !== undefined;
  const listed = withChosen(input).filter(({ value }) => !isNarrowed || value === input.value);
  return {
    ...input,
    style: 'filtered',
    choices: listed.map(({ title, value }) => ({ title, value })),
    'choices.data': {
      type: 'Data.Query',
      dataset: searchName(searched),
      ...(isNarrowed && { associatedInputs: 'auto' }),
    },
  };
}

/** In a long list one types what one looks for, which Teams finds in it by itself. */
const isLong = ({ choices, style = 'compact' }: InputChoiceSet): boolean =>
  style === 'compact' && choices.length > MOST_AT_A_GLANCE;
const MOST_AT_A_GLANCE = 10;

/** Ends the id of an input in which somebody of the conversation is chosen; ids of the bot's own have letters alone. */
const CHOSEN = '@people';
const MEMBERS = 'graph.microsoft.com/users?scope=currentContext';

/**
 * Teams lists who is in the conversation; everybody else is named by their address. Who types one takes back what was chosen.
 * Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/people-picker
 */
function personInputs({ person: _, spacing, ...input }: InputText): TeamsElement[] {
  const id = input.id + CHOSEN;
  const picker = {
    type: 'Input.ChoiceSet',
    id,
    label: sentences.chooseSomebody,
    ...(spacing && { spacing }),
    style: 'filtered',
    choices: [],
    'choices.data': { type: 'Data.Query', dataset: MEMBERS },
  };
  return [picker, { ...input, label: sentences.orTyped(input.label), ...resetting([id]) }];
}

/** The ids under which what is filled in here is handed in. */
export const handedInAs = (input: Input): readonly string[] =>
  input.type === 'Input.Text' && input.person ? [input.id, input.id + CHOSEN] : [input.id];

/** The id of the input that names somebody, where this is the one in which they are chosen. */
export const namedBy = (id: string): string | undefined =>
  id.endsWith(CHOSEN) ? id.slice(0, -CHOSEN.length) : undefined;
