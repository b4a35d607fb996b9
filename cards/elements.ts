/** The few shapes that every card is made of. Text is plain text: weight, size and colour carry the emphasis. */
import type {
  Action,
  Badge,
  Card,
  Color,
  ColumnSet,
  Container,
  Element,
  FactSet,
  Plan,
  ProgressBar,
  Spacing,
  TextBlock,
} from '../src/chat/card.ts';
import { number } from './format.ts';

const MAX_ACTIONS = 6;

type Parts = {
  /** Whose data the card shows. */
  readonly organization?: string | undefined;
  readonly title: string;
  readonly badge?: Badge | undefined;
  readonly body?: readonly (Element | readonly Element[] | undefined)[];
  readonly actions?: readonly (Action | undefined)[];
  readonly refresh?: Card['refresh'];
};

/** The frame of every card: whose it is, what it says, the rest, and what one does next. */
export function card({ organization, title, badge, body = [], actions = [], refresh }: Parts): Card {
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
    ...(refresh && { refresh }),
  };
}

type TextStyle = Partial<Omit<TextBlock, 'type' | 'text' | 'wrap'>>;

export function text(content: string, style: TextStyle = {}): TextBlock {
  return { type: 'TextBlock', text: content, wrap: true, ...style };
}

function eyebrow(organization: string): TextBlock {
  return text(organization, { size: 'small', isSubtle: true, weight: 'bolder' });
}

function heading(content: string): TextBlock {
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
export function lead(content: string): TextBlock {
  return text(content, { spacing: 'small' });
}

/** A word on the side. */
export function subtle(content: string, spacing: Spacing = 'small'): TextBlock {
  return text(content, { isSubtle: true, size: 'small', spacing });
}

/** A sentence that must not be overlooked: what is wrong, what to look at, what went well, or just what is so. */
export function callout(content: string, style: 'attention' | 'warning' | 'good' | 'emphasis'): Container {
  return { type: 'Container', style, spacing: 'medium', items: [text(content)] };
}

/** Facts that are not there are left out. */
export function facts(
  pairs: readonly (readonly [title: string, value: string | undefined])[],
): FactSet | undefined {
  const known = pairs.flatMap(([title, value]) => (value === undefined ? [] : [{ title, value }]));
  return known.length === 0 ? undefined : { type: 'FactSet', spacing: 'medium', facts: known };
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
  const part = max === 0 ? 0 : Math.min(1, value / max);
  const percent = Math.floor(part * 100);
  const filled = Math.floor(part * BAR_LENGTH);
  const bar = '▰'.repeat(filled) + '▱'.repeat(BAR_LENGTH - filled);
  const fallback = text(`${bar} ${percent} %`, { color });
  return { type: 'ProgressBar', value: percent, max: 100, color, spacing: 'medium', fallback };
}

/** Work under way: these elements tell how far it is, and where the platform draws such work itself, the plan does. */
export function planned(plan: Plan, items: readonly (Element | undefined)[]): Container {
  return {
    type: 'Container',
    spacing: 'medium',
    items: items.filter((item) => item !== undefined),
    plan,
  };
}

/** Where a list that does not fit one card stands. Pages count from 1. */
export type Paging = { readonly page: number; readonly pages: number; readonly total: number };

/** `Page 2 of 7`, where there is more than one. */
export function pageLine({ page, pages }: Paging): TextBlock | undefined {
  return pages > 1 ? subtle(`Page ${number(page)} of ${number(pages)}`) : undefined;
}
