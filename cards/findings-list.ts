/** What vendors have that does not agree with our books. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { actionButton, commandButton, OPEN, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { callout, card, lead, type Paging, pageLine, subtle } from './elements.ts';
import { choiceInput } from './fields.ts';
import { count, dateTime, list } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type FindingRow = {
  /** Its number: `finding 12` shows it. */
  readonly n: number;
  /** `Idle` */
  readonly kind: string;
  /** `7 of 10 units of Office 365 E3 are idle` */
  readonly what: string;
  readonly organization?: string | undefined;
  /** `10023/2`, or the vendor's name for it. */
  readonly about: string;
  readonly isNew: boolean;
};

export type FindingsList = Paging & {
  readonly organization: string;
  /** What was asked for, as it was typed. */
  readonly text?: string | undefined;
  /** How many the last reading found and the one before did not; of all of them. */
  readonly fresh: number;
  /** `3 idle`, the kinds in their order. */
  readonly kinds: readonly string[];
  readonly findings: readonly FindingRow[];
  /** When the vendors were read last, the one that was read longest ago. */
  readonly readAt?: string | undefined;
  /** A reading is under way. */
  readonly reading: boolean;
  /** What was not compared, and why, in a sentence. */
  readonly notCompared?: string | undefined;
  /** Orders to be tried once more, before what they change can be compared. */
  readonly unanswered: readonly number[];
  /** Why a vendor was not read. */
  readonly failed: readonly string[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Finding', width: 5 },
  { title: 'Where', width: 3 },
];
const MOST_BUTTONS = 3;

export function findingsListCard(data: FindingsList): Card {
  const { organization, text = '', findings, failed, notCompared, unanswered } = data;
  return card({
    organization,
    title: 'Findings',
    body: [
      lead(answer(data)),
      notCompared === undefined ? undefined : callout(notCompared, 'warning'),
      failed.length > 0 ? callout(failed.join('\n'), 'warning') : undefined,
      findings.length > 0 ? table(COLUMNS, findings.map(row)) : undefined,
      pageLine(data),
      subtle(whenRead(data)),
      findings.length > MOST_BUTTONS ? chooser(findings) : undefined,
    ],
    actions: [
      ...(findings.length > MOST_BUTTONS ? [OPEN] : findings.map(open)),
      ...pageButtons(data, 'findings.page', { text }),
      text !== '' && findings.length === 0 ? commandButton('All findings', 'findings') : undefined,
      data.reading
        ? undefined
        : actionButton(data.readAt ? 'Read again' : 'Read the vendors', 'findings.read', {}),
      commandButton('Answered', 'findings answered'),
      ...unanswered.slice(0, 1).map((order) => commandButton(`Retry ${order}`, `retry ${order}`)),
    ],
  });
}

function answer({ total, text, fresh, kinds, readAt, notCompared }: FindingsList): string {
  const asked = text ? ` with “${text}”` : '';
  if (total > 0) {
    const news = fresh > 0 ? `, ${fresh} new` : '';
    return `${count(total, 'finding')}${asked}${asked ? '' : news}: ${list(kinds)}.`;
  }
  if (readAt === undefined) return 'The vendors have not been read yet.';
  if (text) return `No findings${asked}.`;
  return notCompared === undefined
    ? 'Nothing disagrees: what the vendors have is what our books say.'
    : 'Nothing that was compared disagrees.';
}

function whenRead({ readAt, reading }: FindingsList): string {
  const last = readAt === undefined ? [] : [`The vendors were read on ${dateTime(readAt)}.`];
  return [...last, reading ? 'They are being read just now.' : 'They are read every night.'].join(' ');
}

const open = ({ n }: FindingRow): Action => commandButton(`Finding ${n}`, `finding ${n}`);

const chooser = (findings: readonly FindingRow[]): Element =>
  choiceInput({
    id: 'text',
    label: 'Finding',
    choices: findings.map(({ n, what, organization, about }) => ({
      title: [n, organization, about, what].filter((part) => part !== undefined).join(' · '),
      value: `finding ${n}`,
    })),
    style: 'compact',
    placeholder: 'Choose a finding',
    ...(findings[0] && { value: `finding ${findings[0].n}` }),
  });

function row({ n, kind, what, organization, about, isNew }: FindingRow): Cell[] {
  return [
    [what, small([`${n}`, kind, ...(isNew ? ['new'] : [])].join(' · '))],
    [organization ?? 'Nobody’s', small(about)],
  ];
}

const idle: FindingRow = {
  n: 12,
  kind: 'Idle',
  what: '7 of 10 units of Office 365 E3 are idle',
  organization: 'Contoso',
  about: '10023/2',
  isNew: true,
};
const quantity: FindingRow = {
  n: 11,
  kind: 'Quantity',
  what: 'We have 10 units of Webex Suite, the vendor has 12',
  organization: 'Contoso',
  about: '10023/3',
  isNew: false,
};
const unknown: FindingRow = {
  n: 13,
  kind: 'Unknown to us',
  what: 'The vendor has 4 × O365-E5 that is not in our books',
  about: 'sub-5d1e08',
  isNew: true,
};
const demo = {
  organization: 'HamaraCloud',
  readAt: '2026-11-21T03:00:12Z',
  reading: false,
  unanswered: [],
  failed: [],
  page: 1,
  pages: 1,
};

export const samples: Record<string, Card> = {
  some: findingsListCard({
    ...demo,
    fresh: 2,
    kinds: ['1 quantity', '1 unknown to us', '1 idle'],
    findings: [quantity, unknown, idle],
    total: 3,
  }),
  none: findingsListCard({ ...demo, fresh: 0, kinds: [], findings: [], total: 0 }),
  changing: findingsListCard({
    ...demo,
    notCompared:
      '2 subscriptions were changing and were not compared. The vendor has not answered order 10029: retry it.',
    unanswered: [10029],
    fresh: 0,
    kinds: [],
    findings: [],
    total: 0,
  }),
  searched: findingsListCard({ ...demo, text: 'zoom', fresh: 0, kinds: [], findings: [], total: 0 }),
  unread: findingsListCard({ ...demo, readAt: undefined, fresh: 0, kinds: [], findings: [], total: 0 }),
  failed: findingsListCard({
    ...demo,
    reading: true,
    failed: [
      'The vendor “ledger” can’t be read. It could not be reached. Its findings are those of the reading before.',
    ],
    fresh: 0,
    kinds: ['1 quantity'],
    findings: [quantity],
    total: 1,
  }),
  page: findingsListCard({
    ...demo,
    organization: longest.organization,
    fresh: 100_000,
    kinds: ['99,990 idle'],
    findings: many(10, (n) => ({
      ...idle,
      n: 1_000_000 + n,
      what: `100,000 of 100,000 units of ${longest.product} are idle`,
      organization: longest.organization,
      about: longest.service,
    })),
    page: 2,
    pages: 10_000,
    total: 99_990,
  }),
};
