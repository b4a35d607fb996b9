import type { Card, Element } from '../../../chat/card.ts';
import { buttonBlocks } from './buttons.ts';
import type { Block } from './charts.ts';
import { partsOf } from './elements.ts';
import { fit } from './fit.ts';
import { longValues } from './inputs.ts';
import { cardText, type RestFile, textFile } from './rest.ts';
import { type Room, rooms } from './room.ts';

export type Shown = {
  readonly blocks: Block[];
  /** What the blocks have no place for, and say to be in these files. */
  readonly rest: readonly RestFile[];
};

/** A card as Slack's blocks, within Slack's limits. Throws `Unshowable` where a button carries too much. */
export function toBlocks(card: Card, room: Room = rooms.message): Shown {
  const actions = buttonBlocks(card.actions ?? [], longValues(card.body));
  // A link that Slack takes no button for is a text among the others.
  const links = actions.filter(({ type }) => type !== 'actions');
  const buttons = actions.filter(({ type }) => type === 'actions');
  const parts = [...card.body.flatMap(partsOf), ...links.map((block) => ({ block }))];
  const { blocks, files, textFile: name } = fit(parts, buttons, room, titleOf(card));
  if (room.overflow !== 'file') return { blocks, rest: [] };
  return { blocks, rest: name === undefined ? files : [textFile(name, cardText(card)), ...files] };
}

const titleOf = ({ body }: Card): string => body.map(headingIn).find((heading) => heading !== '') ?? '';

function headingIn(element: Element): string {
  if (element.type === 'TextBlock') return element.style === 'heading' ? element.text : '';
  if (element.type !== 'ColumnSet') return '';
  const items = element.columns.flatMap((column) => column.items);
  return items.map(headingIn).find((heading) => heading !== '') ?? '';
}
