import { inputIdOf, type LongValues } from './inputs.ts';

/** What of the state of a message is read here. Source: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export type State = Readonly<Record<string, Readonly<Record<string, Field>>>> | undefined;
type Field = {
  readonly type?: string;
  readonly value?: string | null;
  readonly selected_option?: Option | null;
  readonly selected_options?: readonly Option[] | null;
};
type Option = { readonly value?: string; readonly text?: { readonly text?: string } };

/** The values of a message's inputs by their ids; an input left empty is an empty string. */
export function inputValues(state: State, longValues: LongValues): Record<string, string> {
  const fields = Object.values(state ?? {}).flatMap((block) => Object.entries(block));
  return Object.fromEntries(
    fields.map(([actionId, field]) => {
      const id = inputIdOf(actionId);
      return [id, textOf(field, longValues[id])];
    }),
  );
}

function textOf(field: Field, long: Readonly<Record<string, string>> | undefined): string {
  if (field.type === 'checkboxes') return String((field.selected_options ?? []).length > 0);
  if (field.selected_option === undefined) return field.value ?? '';
  const chosen = field.selected_option?.value ?? '';
  return long?.[chosen] ?? chosen;
}
