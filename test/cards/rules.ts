/** What every card must hold to, as one list of complaints. */
import type { Action, Card, Element, TextBlock } from '../../src/chat/card.ts';

const MAX_ACTIONS = 6;
const MAX_BYTES = 28 * 1024;

export function complaints(card: Card): string[] {
  const elements = allElements(card);
  return [
    ...count(card),
    ...texts(elements).flatMap(badText),
    ...ids(elements, card),
    ...errorPlaces(card.body),
    ...elements.flatMap(badTable),
    ...elements.flatMap(badFallback),
    ...elements.flatMap(badChart),
  ];
}

/** Every element, those inside containers, columns, cells and fallbacks too. */
export function allElements(card: Card): Element[] {
  return card.body.flatMap(within);
}

function within(element: Element): Element[] {
  switch (element.type) {
    case 'Container':
      return [element, ...element.items.flatMap(within)];
    case 'ColumnSet':
      return [element, ...element.columns.flatMap(({ items }) => items.flatMap(within))];
    case 'Table':
      return [element, ...element.rows.flatMap(({ cells }) => cells.flatMap(({ items }) => items))];
    case 'ProgressBar':
    case 'Badge':
    case 'Chart.VerticalBar.Grouped':
      return [element, element.fallback];
    default:
      return [element];
  }
}

function count(card: Card): string[] {
  const actions = card.actions?.length ?? 0;
  const bytes = Buffer.byteLength(JSON.stringify(card));
  return [
    ...(actions > MAX_ACTIONS ? [`${actions} actions`] : []),
    ...(bytes > MAX_BYTES ? [`${bytes} bytes`] : []),
    ...(card.actions ?? []).filter(({ title }) => title.trim() === '').map(() => 'a button without a title'),
    ...(card.actions ?? []).flatMap(badQuestion),
  ];
}

/** Source: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
function badQuestion(action: Action): string[] {
  if (action.type !== 'Action.Execute' || action.confirm === undefined) return [];
  const { title, text, yes } = action.confirm;
  const most = [
    [title, 100],
    [text, 300],
    [yes, 30],
  ] as const;
  return most
    .filter(([words, room]) => words.trim() === '' || words.length > room)
    .map(([words]) => `a question that is too long or empty: “${words}”`);
}

function texts(elements: readonly Element[]): TextBlock[] {
  return elements.filter((element) => element.type === 'TextBlock');
}

function badText({ text, wrap }: TextBlock): string[] {
  return [
    ...(text.trim() === '' ? ['an empty text'] : []),
    ...(wrap ? [] : [`does not wrap: ${text}`]),
    ...(/^\s|\s$| {2}/.test(text) ? [`spaces: “${text}”`] : []),
    ...(/\bplease\b|!/i.test(text) ? [`words: “${text}”`] : []),
    ...(/undefined|NaN|\bnull\b|\[object/.test(text) ? [`a value that is none: “${text}”`] : []),
  ];
}

function ids(elements: readonly Element[], card: Card): string[] {
  const found = elements.flatMap((element) => element.id ?? []);
  const inputs = elements.filter((element) => element.type.startsWith('Input.')).map(({ id = '' }) => id);
  const sent = (card.actions ?? []).flatMap((action) =>
    action.type === 'Action.Execute' && action.associatedInputs !== 'none' ? Object.keys(action.data) : [],
  );
  return [
    ...found.filter((id, index) => found.indexOf(id) !== index).map((id) => `id twice: ${id}`),
    ...inputs.filter((id) => !/^[a-z]+$/i.test(id)).map((id) => `id of an input: ${id}`),
    ...inputs.filter((id) => sent.includes(id)).map((id) => `an input and data of one name: ${id}`),
  ];
}

function errorPlaces(body: readonly Element[]): string[] {
  return body.flatMap(({ id }, index) =>
    id?.endsWith('.error') && body[index - 1]?.id !== id.slice(0, -'.error'.length) ? [`astray: ${id}`] : [],
  );
}

function badTable(element: Element): string[] {
  if (element.type !== 'Table') return [];
  const uneven = element.rows.filter(({ cells }) => cells.length !== element.columns.length);
  const empty = element.rows.filter(({ cells }) => cells.some(({ items }) => items.length === 0));
  return [
    ...uneven.map(() => 'a row with more or fewer cells than columns'),
    ...empty.map(() => 'an empty cell'),
    ...(element.rows.length < 2 ? ['a table without rows'] : []),
  ];
}

/** Each bar has its label, and no label is there twice: clients would put their bars one over the other. */
function badChart(element: Element): string[] {
  if (element.type !== 'Chart.VerticalBar.Grouped') return [];
  const labels = element.data.map(({ values }) => values.map(({ x }) => x));
  const [first = []] = labels;
  const numbers = element.data.flatMap(({ values }) => values.map(({ y }) => y));
  return [
    ...(first.length === 0 ? ['a chart without bars'] : []),
    ...(new Set(first).size < first.length ? ['a label twice'] : []),
    ...(labels.some((each) => each.join() !== first.join()) ? ['series with different labels'] : []),
    ...(numbers.every(Number.isFinite) ? [] : ['a bar without a number']),
    ...first.filter((label) => !element.fallback.text.includes(label)).map((label) => `unsaid: ${label}`),
  ];
}

function badFallback(element: Element): string[] {
  if (element.type !== 'ProgressBar') return [];
  return element.value < 0 || element.value > element.max
    ? [`progress ${element.value} of ${element.max}`]
    : [];
}
