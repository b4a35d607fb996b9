// What somebody has typed into a window, kept where the window has to be drawn anew.
import { isDeepStrictEqual } from 'node:util';
import type { ModalView } from '@slack/types';
import type { Card, Element, Input } from '../../../chat/card.ts';
import { inputIdOf } from '../blocks/inputs.ts';
import type { State } from '../blocks/state.ts';
import { callback, fileInput } from './view.ts';

const isInput = (element: Element): element is Input => element.type.startsWith('Input.');

/** Do two cards differ in no more than in what is told of their fields? The order of names in an object is none of it. */
export const isSameForm = (one: Card, other: Card): boolean =>
  isDeepStrictEqual(skeleton(one), skeleton(other));

function skeleton({ body, actions = [] }: Card): unknown {
  const bare = (element: Element): Element[] => {
    if (element.type === 'Container') return [{ ...element, items: element.items.flatMap(bare) }];
    if (element.id?.endsWith('.error')) return [];
    return [isInput(element) ? withoutValue(element) : element];
  };
  const marks = actions.map((action) =>
    action.type === 'Action.Execute' ? { ...action, data: { ...action.data, once: '' } } : action,
  );
  return [body.flatMap(bare), marks];
}

function withoutValue(input: Input): Input {
  const { value: _, ...rest } = input;
  // What is chosen is among the choices at hand of one that is searched.
  return ('choices.data' in rest ? { ...rest, choices: [] } : rest) as Input;
}

/** What is wrong, by the field it is about. */
export function errorsIn(body: readonly Element[]): Readonly<Record<string, string>> {
  const texts = body.flatMap(function inside(element): (readonly [string, string])[] {
    if (element.type === 'Container') return element.items.flatMap(inside);
    if (element.type !== 'TextBlock' || !element.id?.endsWith('.error')) return [];
    return [[element.id.slice(0, -'.error'.length), element.text] as const];
  });
  return Object.fromEntries(texts);
}

/** What of a window that was handed in is read here. Source: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export type ShownView = {
  readonly id: string;
  readonly hash?: string;
  readonly type?: string;
  readonly private_metadata?: string;
  readonly blocks?: readonly unknown[];
  readonly title?: unknown;
  readonly submit?: unknown;
  readonly close?: unknown;
  readonly state?: { readonly values?: unknown };
};

type ShownBlock = {
  readonly type?: unknown;
  readonly block_id?: unknown;
  readonly element?: { readonly action_id?: unknown };
};

/** The fields of a window as Slack shows it: the block of each, by its id. */
export function blockIds({ blocks = [] }: ShownView): ReadonlyMap<string, string> {
  const inputs = blocks.filter((block): block is ShownBlock => isRecord(block) && block.type === 'input');
  return new Map(
    inputs.flatMap(({ block_id, element }) =>
      typeof block_id === 'string' && typeof element?.action_id === 'string'
        ? [[inputIdOf(element.action_id), block_id] as const]
        : [],
    ),
  );
}

export const stateOf = ({ state }: ShownView): State =>
  isRecord(state?.values) ? (state.values as State) : undefined;

/** The window as it was handed in, with what was typed: for when nobody knows what it was. */
export function asHandedIn(view: ShownView, notice: ModalView['blocks']): ModalView {
  const { title, submit, close, private_metadata = '', blocks = [] } = view;
  const values = stateOf(view) ?? {};
  const filled = blocks.map((block) => {
    if (!isRecord(block) || block.type !== 'input' || !isRecord(block.element)) return block;
    const { action_id } = block.element;
    const fields = Object.values(values).find((fields) => String(action_id) in fields);
    return { ...block, element: { ...block.element, ...initial(fields?.[String(action_id)]) } };
  });
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata,
    title: title as ModalView['title'],
    ...(submit ? { submit: submit as NonNullable<ModalView['submit']> } : {}),
    ...(close ? { close: close as NonNullable<ModalView['close']> } : {}),
    notify_on_close: true,
    blocks: [...notice, ...(filled as ModalView['blocks'])],
  };
}

type Field = NonNullable<State>[string][string];

function initial(field: Field | undefined): object {
  if (field?.selected_options)
    return field.selected_options.length > 0 ? { initial_options: field.selected_options } : {};
  if (field?.selected_option) return { initial_option: field.selected_option };
  return field?.value ? { initial_value: field.value } : {};
}

/** What was typed, a line a field, as it can be told again. */
export function linesOf(view: ShownView): string[] {
  const fields = Object.values(stateOf(view) ?? {}).flatMap((block) => Object.values(block));
  return fields.flatMap((field) => {
    const text = field.value ?? field.selected_option?.value ?? '';
    return text.trim() === '' ? [] : [text];
  });
}

/** The files that were chosen in a window, as Slack describes them. */
export function filesIn(view: ShownView): readonly object[] {
  const fields = Object.values(stateOf(view) ?? {}).flatMap((block) => Object.entries(block));
  return fields.flatMap(([id, field]) => {
    const { files } = field as { readonly files?: unknown };
    return id === fileInput && Array.isArray(files) ? files.filter(isRecord) : [];
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
