/** Products that a vendor also knows under other article numbers. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { quoted } from '../src/chat/words.ts';
import { asking, commandButton, OPEN, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine, subtle } from './elements.ts';
import { choiceInput } from './fields.ts';
import { count, date } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type AliasRow = {
  /** The vendor's other article number. */
  readonly sku: string;
  readonly provider: string;
  readonly product: string;
  /** The article number that the product has. */
  readonly own?: string | undefined;
  readonly by: string;
  readonly at: string;
};

export type AliasesList = Paging & {
  readonly organization: string;
  readonly aliases: readonly AliasRow[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Article number', width: 3 },
  { title: 'Product', width: 4 },
  { title: 'Added', width: 3 },
];
const MOST_BUTTONS = 3;
const HOW = 'To add one, type: alias add <article number> = <product>';

export function aliasesListCard(data: AliasesList): Card {
  const { organization, aliases, total } = data;
  return card({
    organization,
    title: 'Other article numbers',
    body: [
      lead(
        total === 0
          ? 'No product has another article number at its vendor.'
          : `${count(total, 'article number')} that ${total === 1 ? 'means' : 'mean'} a product of ours.`,
      ),
      aliases.length > 0 ? table(COLUMNS, aliases.map(row)) : undefined,
      pageLine(data),
      subtle(HOW),
      aliases.length > MOST_BUTTONS ? chooser(aliases) : undefined,
    ],
    actions: [
      ...(aliases.length > MOST_BUTTONS ? [{ ...OPEN, title: 'Remove' }] : aliases.map(remove)),
      ...pageButtons(data, 'alias.page'),
    ],
  });
}

const removal = ({ sku }: AliasRow) => `alias remove ${quoted(sku)}`;
const remove = (one: AliasRow): Action =>
  asking(commandButton(`Remove ${one.sku}`, removal(one)), {
    title: 'Remove this name?',
    text: 'What the vendor calls by it is no product of ours any more.',
    yes: 'Remove it',
  });

const chooser = (aliases: readonly AliasRow[]): Element =>
  choiceInput({
    id: 'text',
    label: 'Article number',
    choices: aliases.map((one) => ({ title: `${one.sku} · ${one.product}`, value: removal(one) })),
    style: 'compact',
    placeholder: 'Choose an article number',
  });

function row({ sku, provider, product, own, by, at }: AliasRow): Cell[] {
  return [
    [sku, small(provider)],
    [product, ...(own ? [small(own)] : [])],
    [by, small(date(at))],
  ];
}

const office: AliasRow = {
  sku: 'CFQ7TTC0LF8R:0001',
  provider: 'ledger',
  product: 'Office 365 E3',
  own: 'O365-E3',
  by: 'Priya Raman',
  at: '2026-11-21T14:05:00Z',
};

export const samples: Record<string, Card> = {
  some: aliasesListCard({ organization: 'HamaraCloud', aliases: [office], page: 1, pages: 1, total: 1 }),
  none: aliasesListCard({ organization: 'HamaraCloud', aliases: [], page: 1, pages: 1, total: 0 }),
  page: aliasesListCard({
    organization: longest.organization,
    aliases: many(10, (n) => ({
      ...office,
      sku: `CFQ7TTC0LF8R:0001:WITH:A:VERY:LONG:ARTICLE:NUMBER:${n}`,
      product: longest.product,
      by: 'Maximiliane Oberhuber-Schwarzenbergerova',
    })),
    page: 2,
    pages: 4,
    total: 33,
  }),
};
