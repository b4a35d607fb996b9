/** Who did what, when: the latest first. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine } from './elements.ts';
import { count, date, time } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';
import { type Undo, undoButton } from './undo.ts';

export type HistoryList = Paging & {
  readonly organization: string;
  /** `order 10023`, `this conversation` */
  readonly of: string;
  /** What was asked: `10023`, or nothing. */
  readonly query: string;
  readonly entries: readonly HistoryEntry[];
};

export type HistoryEntry = {
  /** As `undo` takes it. */
  readonly n: number;
  readonly at: string;
  /** A person, or a job by its name. */
  readonly who: string;
  readonly what: string;
  /** Where it can be undone now by who reads this. */
  readonly undo?: Undo | undefined;
  readonly undone?: boolean | undefined;
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'No.', width: 1.3 },
  { title: 'When', width: 2.4 },
  { title: 'What', width: 6 },
];
const MOST_UNDOS = 3;

export function historyListCard(data: HistoryList): Card {
  const { organization, of, query, entries } = data;
  const undoable = entries.filter(({ undo }) => undo).slice(0, MOST_UNDOS);
  return card({
    organization,
    title: `History of ${of}`,
    body: [
      lead(
        data.total === 0
          ? 'Nothing has been changed yet.'
          : `${count(data.total, 'change')}, the latest first.`,
      ),
      entries.length > 0 ? table(COLUMNS, entries.map(row)) : undefined,
      pageLine(data),
    ],
    actions: [
      ...undoable.map(({ n, undo }) => undoButton(undo, `Undo ${n}`)),
      ...pageButtons(data, 'history.page', { query }),
      /^\d+$/.test(query) ? commandButton('Order', `order ${query}`) : undefined,
    ],
  });
}

function row({ n, at, who, what, undone }: HistoryEntry): Cell[] {
  const by = small(undone ? `${who} · undone since` : who);
  return [String(n), [date(at), small(time(at))], [undone ? { text: what, isSubtle: true } : what, by]];
}

const associated: HistoryEntry = {
  n: 41,
  at: '2026-11-21T14:05:00Z',
  who: 'Alice Ahlberg',
  what: 'Gave 2 units of 10023/1 to dave@contoso.example',
  undo: { id: '41', until: '2026-11-21T14:15:00Z' },
};

export const samples: Record<string, Card> = {
  order: historyListCard({
    organization: 'Contoso',
    of: 'order 10023',
    query: '10023',
    entries: [
      associated,
      {
        n: 40,
        at: '2026-11-21T13:58:00Z',
        who: 'Alice Ahlberg',
        what: 'Put a note on the order',
        undone: true,
      },
      {
        n: 12,
        at: '2026-10-25T06:00:00Z',
        who: 'Reconciliation October 2026',
        what: 'Changed the quantity of 10023/2 from 6 to 5',
      },
      { n: 3, at: '2026-03-11T09:30:00Z', who: 'Nora Lindgren', what: 'Created the order' },
    ],
    page: 1,
    pages: 1,
    total: 4,
  }),
  empty: historyListCard({
    organization: 'Contoso',
    of: 'this conversation',
    query: '',
    entries: [],
    page: 1,
    pages: 1,
    total: 0,
  }),
  page: historyListCard({
    organization: longest.organization,
    of: `order ${longest.short}`,
    query: longest.short,
    entries: many(15, (index) => ({
      ...associated,
      n: 12_000 - index,
      who: 'Maximiliane Oberhuber-Schwarzenbergerova',
      what: `Moved 100 units of ${longest.product} from ${longest.user} to ${longest.service}`,
      undo: index < 6 ? associated.undo : undefined,
    })),
    page: 2,
    pages: 800,
    total: 12_000,
  }),
};
