// What somebody has typed into a window, kept where the window has to be drawn anew.
import { isDeepStrictEqual } from 'node:util';
import type { ModalView } from '@slack/types';
import type { Card, Element, Input } from '../../../chat/card.ts';
import { inputIdOf, longValues } from '../blocks/inputs.ts';
import { rooms } from '../blocks/room.ts';
import type { State } from '../blocks/state.ts';
import { sections } from '../blocks/text.ts';
import { fileInput } from './files.ts';
import { newId } from './kept.ts';
import { callback } from './view.ts';

const isInput = (element: Element): element is Input => element.type.startsWith('Input.');

/**
 * Can a window that shows one card be handed in as if it showed the other? It has the same fields, whatever there is to choose
 * from, and the same buttons in the same order.
 */
export const hasSameFields = (one: Card, other: Card): boolean =>
  isDeepStrictEqual(fieldsOf(one), fieldsOf(other));

const fieldsOf = ({ body, actions = [] }: Card): unknown => [
  body.flatMap(function inside(element): unknown[] {
    if (element.type === 'Container') return element.items.flatMap(inside);
    return isInput(element) ? [[element.type, element.id]] : [];
  }),
  // They are told by their number among the options.
  longValues(body),
  actions.map((action) => [action.title, action.type === 'Action.Execute' ? action.verb : action.url]),
];

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
  readonly root_view_id?: string | null;
  /** The window that it lies on. */
  readonly previous_view_id?: string | null;
  readonly blocks?: readonly unknown[];
  readonly title?: unknown;
  readonly submit?: unknown;
  readonly close?: unknown;
  readonly state?: { readonly values?: unknown };
};

/** Three windows lie on each other at most. Source: https://docs.slack.dev/surfaces/modals */
export const hasRoomAbove = ({ previous_view_id, root_view_id }: ShownView): boolean =>
  !previous_view_id || previous_view_id === root_view_id;

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

/** The window as it was handed in, with what was typed and a word above it, in the place of the word before. */
export function asHandedIn(view: ShownView, text: string): ModalView {
  const { title, submit, close, private_metadata = '' } = view;
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata,
    title: title as ModalView['title'],
    ...(submit ? { submit: submit as NonNullable<ModalView['submit']> } : {}),
    ...(close ? { close: close as NonNullable<ModalView['close']> } : {}),
    notify_on_close: true,
    blocks: [...noticeOf(text), ...filledBlocks(view)].slice(0, rooms.modal.blocks),
  };
}

const notice = 'notice-';

/** A block that has changed is to have another id. */
const noticeOf = (text: string): ModalView['blocks'] =>
  sections(text).map((block) => ({ ...block, block_id: `${notice}${newId()}` }));

function filledBlocks(view: ShownView): ModalView['blocks'] {
  const { blocks = [] } = view;
  const others = blocks.filter((block) => !(isRecord(block) && String(block.block_id).startsWith(notice)));
  return others.map((block) => {
    const field = fieldIn(view, block);
    if (field === undefined || !isRecord(block) || !isRecord(block.element)) return block;
    // What was cleared or unticked is not to come back.
    const { initial_value: _, initial_option: __, initial_options: ___, ...element } = block.element;
    return { ...block, element: { ...element, ...initial(field) } };
  }) as ModalView['blocks'];
}

type Field = NonNullable<State>[string][string];

/** What a block of a window holds now; nothing where it is no field. */
function fieldIn(view: ShownView, block: unknown): Field | undefined {
  if (!isRecord(block) || block.type !== 'input' || !isRecord(block.element)) return undefined;
  const action = String(block.element.action_id);
  const values = Object.values(stateOf(view) ?? {});
  return values.find((fields) => Object.hasOwn(fields, action))?.[action];
}

function initial(field: Field): object {
  if (field.selected_options)
    return field.selected_options.length > 0 ? { initial_options: field.selected_options } : {};
  if (field.selected_option) return { initial_option: field.selected_option };
  return field.value ? { initial_value: field.value } : {};
}

/** What was typed and chosen, a line a field, as it can be told again. */
export function linesOf(view: ShownView): string[] {
  return (view.blocks ?? []).flatMap((block) => {
    const said = saidIn(fieldIn(view, block));
    if (said === '') return [];
    const label = isRecord(block) && isRecord(block.label) ? String(block.label.text ?? '') : '';
    return [label === '' ? said : `${label}: ${said}`];
  });
}

function saidIn(field: Field | undefined): string {
  const options = field?.selected_options ?? (field?.selected_option ? [field.selected_option] : undefined);
  const texts = options?.map(({ text, value = '' }) => text?.text ?? value) ?? [field?.value ?? ''];
  return texts.join(', ').trim();
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
