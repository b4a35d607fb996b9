import type { ContextBlock, KnownBlock, SectionBlock } from '@slack/types';
import type {
  Badge,
  Chart,
  Column,
  ColumnSet,
  Container,
  Element,
  FactSet,
  Input,
  Plan,
  ProgressBar,
  TextBlock,
} from '../../../chat/card.ts';
import { inputBlock } from './inputs.ts';
import { limits } from './limits.ts';
import { type Grid, gridOf } from './tables.ts';
import { isBlank, plainText, type Run, sections, split, textObject } from './text.ts';

/** A part of a message, in the order of the card; a table, a chart or a plan is drawn when it is known what room is left. */
export type Part =
  | { readonly block: KnownBlock }
  | { readonly grid: Grid }
  | { readonly chart: Chart }
  | { readonly plan: Plan; readonly bar: string | undefined; readonly instead: readonly Part[] };

export function partsOf(element: Element): Part[] {
  const parts = bodyOf(element);
  const hasRule = 'separator' in element && element.separator === true && parts.length > 0;
  return hasRule ? [{ block: { type: 'divider' } }, ...parts] : parts;
}

function bodyOf(element: Element): Part[] {
  switch (element.type) {
    case 'TextBlock':
      return asParts(textBlocks(element));
    case 'FactSet':
      return asParts(factSections(element));
    case 'Table':
      return element.rows.length === 0 ? [] : [{ grid: gridOf(element) }];
    case 'Container':
      return containerParts(element);
    case 'ColumnSet':
      return asParts(columnSections(element));
    case 'ProgressBar':
      return asParts(sections(progressText(element)));
    case 'Badge':
      return isBlank(element.text)
        ? []
        : asParts([{ type: 'section', text: textObject(badgeRuns(element)) }]);
    case 'Chart.VerticalBar.Grouped':
      return [{ chart: element }];
    case 'Input.Text':
    case 'Input.Number':
    case 'Input.ChoiceSet':
    case 'Input.Toggle':
      return asParts(inputBlocks(element));
  }
}

const asParts = (blocks: readonly KnownBlock[]): Part[] => blocks.map((block) => ({ block }));

const textMarks = { attention: '❗', warning: '⚠️', good: '✅' } as const;
const badgeMarks = {
  default: '⚪',
  subtle: '⚪',
  informative: '🔵',
  accent: '🔵',
  good: '🟢',
  warning: '🟠',
  attention: '🔴',
} as const;

function textBlocks(element: TextBlock): KnownBlock[] {
  if (isBlank(element.text)) return [];
  const text = markedText(element);
  if (isHeading(element) && text.length <= limits.headerText && !text.includes('\n')) {
    return [{ type: 'header', text: plainText(text, limits.headerText) }];
  }
  return element.isSubtle ? contexts(text) : sections(text, isHeading(element) || isBold(element));
}

const isHeading = ({ style, size }: TextBlock): boolean =>
  style === 'heading' || size === 'large' || size === 'extraLarge';
const isBold = ({ weight, style }: TextBlock): boolean => weight === 'bolder' || style === 'columnHeader';

const contexts = (text: string): ContextBlock[] =>
  split(text, limits.sectionText).map((piece) => ({ type: 'context', elements: [plainText(piece)] }));

/** Slack has no colors for text: what a color tells is told by a mark. */
function markedText({ text, color }: TextBlock): string {
  return color === 'attention' || color === 'warning' || color === 'good'
    ? `${textMarks[color]} ${text}`
    : text;
}

function containerParts(container: Container): Part[] {
  const instead = containerItems(container).flatMap(partsOf);
  const { plan, items } = container;
  if (plan === undefined) return instead;
  const bar = items.find((item) => item.type === 'ProgressBar');
  return [{ plan, bar: bar && progressText(bar), instead }];
}

function containerItems({ style, items }: Container): readonly Element[] {
  if (style !== 'attention' && style !== 'warning' && style !== 'good') return items;
  const [first, ...rest] = items;
  if (first === undefined) return [];
  if (first.type === 'TextBlock') return [{ ...first, color: style }, ...rest];
  return [{ type: 'TextBlock', text: textMarks[style], wrap: true }, ...items];
}

function factSections({ facts }: FactSet): KnownBlock[] {
  const shown = facts.filter(({ title, value }) => !isBlank(title) || !isBlank(value));
  if (shown.some(({ title, value }) => title.length + value.length > limits.fieldText - 10)) {
    return shown.flatMap(({ title, value }) => sections(`${title}\n${value}`));
  }
  return fieldSections(
    shown.map(({ title, value }) => [{ text: title, bold: true }, { text: `\n${value}` }]),
  );
}

/** Short columns read as one line, others as fields side by side. */
function columnSections({ columns }: ColumnSet): KnownBlock[] {
  const cells = columns.map(columnRuns).filter((runs) => !isBlank(textOf(runs)));
  if (cells.length === 0) return [];
  const line = cells.flatMap((runs, index) => (index === 0 ? runs : [{ text: ' · ' }, ...runs]));
  if (textOf(line).length <= 80 && !textOf(line).includes('\n'))
    return [{ type: 'section', text: textObject(line) }];
  if (cells.some((runs) => textOf(runs).length > limits.fieldText)) {
    return cells.flatMap((runs) => sections(textOf(runs)));
  }
  return fieldSections(cells);
}

const textOf = (runs: readonly Run[]): string => runs.map((run) => run.text).join('');

const columnRuns = ({ items }: Column): Run[] =>
  items
    .filter((item) => !isBlank(item.text))
    .flatMap((item, index) => [
      ...(index === 0 ? [] : [{ text: '\n' }]),
      ...(item.type === 'Badge'
        ? badgeRuns(item)
        : [{ text: markedText(item), bold: isBold(item) || isHeading(item) }]),
    ]);

function fieldSections(fields: readonly (readonly Run[])[]): SectionBlock[] {
  const count = Math.ceil(fields.length / limits.fields);
  return Array.from({ length: count }, (_, index) => ({
    type: 'section',
    fields: fields
      .slice(index * limits.fields, (index + 1) * limits.fields)
      .map((runs) => textObject(runs, limits.fieldText)),
  }));
}

const badgeRuns = ({ text, style }: Badge): Run[] => [
  { text: `${badgeMarks[style]} ` },
  { text: text.trim(), bold: true },
];

function progressText({ value, max }: ProgressBar): string {
  const share = max > 0 ? Math.min(Math.max(value / max, 0), 1) : 0;
  const filled = Math.floor(share * 10);
  return `${'▓'.repeat(filled)}${'░'.repeat(10 - filled)} ${Math.floor(share * 100)} %`;
}

function inputBlocks(input: Input): KnownBlock[] {
  const block = inputBlock(input);
  return block === undefined ? sections(`${input.label}: there is nothing to choose from.`) : [block];
}
