/** What a person sees of a reply: its texts, inputs, errors and buttons. */
import type { Choice, Element, Input, TableCell } from '../../src/chat/card.ts';
import type { Reply } from '../../src/chat/reply.ts';

/** Everything that is written on the card, one text a line. */
export const shown = (reply: Reply): string => elements(reply).flatMap(textsOf).join('\n');

export const buttons = (reply: Reply): string[] => reply.card?.actions?.map(({ title }) => title) ?? [];

/** The rows of the tables, without their headers: the texts of each cell. */
export function rows(reply: Reply): string[][] {
  const tables = elements(reply).filter((element) => element.type === 'Table');
  return tables.flatMap((table) => table.rows.slice(1).map(({ cells }) => cells.map(textOfCell)));
}

/** What stands in an input, as the form came back. */
export function typed(reply: Reply, id: string): string | undefined {
  const value = inputs(reply).find((input) => input.id === id)?.value;
  return value === undefined ? undefined : String(value);
}

/** The text right below an input that says what is wrong with it. */
export function errorAt(reply: Reply, id: string): string | undefined {
  const all = elements(reply);
  const below = all[all.findIndex((element) => element.id === id) + 1];
  return below?.type === 'TextBlock' && below.id === `${id}.error` ? below.text : undefined;
}

export function choices(reply: Reply, id: string): Choice[] {
  const input = inputs(reply).find((one) => one.id === id);
  return input?.type === 'Input.ChoiceSet' ? [...input.choices] : [];
}

/** The ids of the inputs; none where the reply is no form. */
export const fields = (reply: Reply): string[] => inputs(reply).map(({ id }) => id);

export const inputs = (reply: Reply): Input[] =>
  elements(reply).filter((element): element is Input => element.type.startsWith('Input.'));

const elements = (reply: Reply): Element[] => (reply.card?.body ?? []).flatMap(inside);

function inside(element: Element): Element[] {
  if (element.type === 'Container') return element.items.flatMap(inside);
  if (element.type === 'ColumnSet') return element.columns.flatMap(({ items }) => items);
  return [element];
}

function textsOf(element: Element): string[] {
  switch (element.type) {
    case 'TextBlock':
    case 'Badge':
      return [element.text];
    case 'FactSet':
      return element.facts.map(({ title, value }) => `${title}: ${value}`);
    case 'Table':
      return element.rows.flatMap(({ cells }) => cells.map(textOfCell));
    default:
      return [];
  }
}

const textOfCell = ({ items }: TableCell): string => items.map(({ text }) => text).join('\n');

/** All that a reply says and sends, without the random mark that makes a form count once. */
export const written = (reply: unknown): string =>
  JSON.stringify(reply, (key, value) => (key === 'once' ? undefined : value));
