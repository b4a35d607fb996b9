/** The few shapes that every card is made of. Text is plain text: weight, size and colour carry the emphasis. */
import type {
  Action,
  Badge,
  Card,
  Color,
  ColumnSet,
  Container,
  Element,
  Execute,
  FactSet,
  Input,
  InputChoiceSet,
  InputText,
  OpenUrl,
  ProgressBar,
  Spacing,
  Table,
  TextBlock,
} from '../src/chat/card.ts';
import { number } from './format.ts';

/** What a cell or a fact shows where there is nothing. */
export const NOTHING = '–';
const MAX_ACTIONS = 6;

/** A button that types a command for the person. */
export type Command = { readonly title: string; readonly command: string };

type Parts = {
  /** Whose data the card shows. */
  readonly organization?: string | undefined;
  readonly title: string;
  readonly badge?: Badge | undefined;
  readonly body?: readonly (Element | readonly Element[] | undefined)[];
  readonly actions?: readonly (Action | undefined)[];
};

/** The frame of every card: whose it is, what it says, the rest, and what one does next. */
export function card({ organization, title, badge, body = [], actions = [] }: Parts): Card {
  const shown = actions.filter((action) => action !== undefined).slice(0, MAX_ACTIONS);
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [
      ...(organization === undefined ? [] : [eyebrow(organization)]),
      badge === undefined ? heading(title) : headed(title, badge),
      ...body.flat().filter((element) => element !== undefined),
    ],
    ...(shown.length > 0 && { actions: shown }),
  };
}

type TextStyle = Partial<Omit<TextBlock, 'type' | 'text' | 'wrap'>>;

export function text(content: string, style: TextStyle = {}): TextBlock {
  return { type: 'TextBlock', text: content, wrap: true, ...style };
}

function eyebrow(organization: string): TextBlock {
  return text(organization, { size: 'small', isSubtle: true, weight: 'bolder' });
}

export function heading(content: string): TextBlock {
  return text(content, { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' });
}

function headed(title: string, badge: Badge): ColumnSet {
  return {
    type: 'ColumnSet',
    spacing: 'none',
    columns: [
      { type: 'Column', width: 'stretch', verticalContentAlignment: 'center', items: [heading(title)] },
      { type: 'Column', width: 'auto', verticalContentAlignment: 'center', items: [badge] },
    ],
  };
}

/** A smaller heading over a part of a card. */
export function section(content: string): TextBlock {
  return text(content, { size: 'medium', weight: 'bolder', style: 'heading', spacing: 'large' });
}

/** The sentence under the heading. */
export function lead(content: string, color?: Color): TextBlock {
  return text(content, { spacing: 'small', ...(color && { color }) });
}

/** A word on the side. */
export function subtle(content: string, spacing: Spacing = 'small'): TextBlock {
  return text(content, { isSubtle: true, size: 'small', spacing });
}

/** A sentence that must not be overlooked. */
export function callout(content: string, style: 'attention' | 'warning' | 'good'): Container {
  return { type: 'Container', style, spacing: 'medium', items: [text(content)] };
}

/** Facts that are not there are left out. */
export function facts(
  pairs: readonly (readonly [title: string, value: string | undefined])[],
): FactSet | undefined {
  const known = pairs.flatMap(([title, value]) => (value === undefined ? [] : [{ title, value }]));
  return known.length === 0 ? undefined : { type: 'FactSet', spacing: 'medium', facts: known };
}

export type CellText = { readonly text: string } & Pick<TextBlock, 'color' | 'weight' | 'isSubtle' | 'size'>;
/** One cell: a text, or lines one below the other. An empty text shows a dash. */
export type Cell = string | readonly (string | CellText)[];
export type TableColumn = {
  readonly title: string;
  /** Width in relation to the other columns. */
  readonly width: number;
  readonly align?: 'right';
};

export function table(columns: readonly TableColumn[], rows: readonly (readonly Cell[])[]): Table {
  const row = (cells: readonly Cell[]) => ({
    type: 'TableRow' as const,
    cells: cells.map((cell, index) => ({
      type: 'TableCell' as const,
      items: cellTexts(cell, columns[index]?.align),
    })),
  });
  const header = columns.map(({ title }): Cell => [{ text: title, size: 'small', weight: 'bolder' }]);
  return {
    type: 'Table',
    spacing: 'medium',
    columns: columns.map(({ width, align }) => ({
      width,
      ...(align && { horizontalCellContentAlignment: align }),
    })),
    rows: [header, ...rows].map(row),
    firstRowAsHeader: true,
    showGridLines: true,
    gridStyle: 'default',
  };
}

function cellTexts(cell: Cell, align: 'right' | undefined): TextBlock[] {
  const lines = typeof cell === 'string' ? [cell] : cell;
  return lines
    .map((line) => (typeof line === 'string' ? { text: line } : line))
    .map(({ text: content, ...style }, index) =>
      text(content === '' ? NOTHING : content, {
        ...style,
        ...(align && { horizontalAlignment: align }),
        ...(index > 0 && { spacing: 'none' }),
      }),
    );
}

/** An input with its error, where it has one. What was typed stays in the input. */
export function field(input: Input, error?: string | readonly string[]): Element[] {
  const lines = typeof error === 'string' ? [error] : (error ?? []);
  if (lines.length === 0) return [input];
  const style = { id: `${input.id}.error`, color: 'attention', size: 'small', spacing: 'small' } as const;
  return [input, text(lines.join('\n'), style)];
}

type Field<T extends Input> = Omit<T, 'type' | 'spacing'>;

export function textInput(input: Field<InputText>): InputText {
  return { type: 'Input.Text', spacing: 'medium', ...input };
}

export function choiceInput(input: Field<InputChoiceSet>): InputChoiceSet {
  return { type: 'Input.ChoiceSet', spacing: 'medium', ...input };
}

export function commandButton(title: string, command: string): Execute {
  return actionButton(title, 'say', { text: command });
}

/** A button that does one thing and takes no inputs along. */
export function actionButton(
  title: string,
  verb: string,
  data: Execute['data'],
  style?: 'positive' | 'destructive',
): Execute {
  return { type: 'Action.Execute', title, verb, data, associatedInputs: 'none', ...(style && { style }) };
}

/** The button that hands in a form. `once` makes two presses one. */
export function submitButton(
  title: string,
  verb: string,
  data: Execute['data'] & { readonly once: string },
): Execute {
  return { type: 'Action.Execute', title, verb, data, associatedInputs: 'auto', style: 'positive' };
}

export function linkButton({ title, url }: { readonly title: string; readonly url: string }): OpenUrl {
  return { type: 'Action.OpenUrl', title, url };
}

type BadgeStyle = Exclude<Badge['style'], 'default' | 'subtle'>;
const BADGE_COLOR = {
  informative: 'default',
  accent: 'accent',
  good: 'good',
  attention: 'attention',
  warning: 'warning',
} as const satisfies Record<BadgeStyle, Color>;

export function badge(content: string, style: BadgeStyle): Badge {
  const fallback = text(content, { weight: 'bolder', color: BADGE_COLOR[style] });
  return { type: 'Badge', text: content, style, fallback };
}

const BAR_LENGTH = 20;

export function progressBar(
  value: number,
  max: number,
  color: NonNullable<ProgressBar['color']>,
): ProgressBar {
  const part = max === 0 ? 1 : Math.min(1, value / max);
  const filled = Math.floor(part * BAR_LENGTH);
  const bar = '▰'.repeat(filled) + '▱'.repeat(BAR_LENGTH - filled);
  const fallback = text(`${bar} ${Math.floor(part * 100)} %`, { color });
  return { type: 'ProgressBar', value: Math.min(value, max), max, color, spacing: 'medium', fallback };
}

/** Where a list that does not fit one card stands. Pages count from 1. */
export type Paging = { readonly page: number; readonly pages: number; readonly total: number };

/** Buttons to the pages before and after; `data` says what is being paged. */
export function pageButtons({ page, pages }: Paging, verb: string, data: Execute['data'] = {}): Execute[] {
  return [
    ...(page > 1 ? [actionButton('Previous page', verb, { ...data, page: page - 1 })] : []),
    ...(page < pages ? [actionButton('Next page', verb, { ...data, page: page + 1 })] : []),
  ];
}

/** `Page 2 of 7`, where there is more than one. */
export function pageLine({ page, pages }: Paging): TextBlock | undefined {
  return pages > 1 ? subtle(`Page ${number(page)} of ${number(pages)}`) : undefined;
}
