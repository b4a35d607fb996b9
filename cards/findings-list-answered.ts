/** What was answered to findings, by whom and until when. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { actionButton, commandButton, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine } from './elements.ts';
import { choiceInput } from './fields.ts';
import { count, date, dateTime } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type AnsweredRow = {
  readonly n: number;
  readonly what: string;
  readonly organization?: string | undefined;
  readonly about: string;
  /** `Accepted`, `Released`, … */
  readonly answer: string;
  readonly by: string;
  readonly at?: string | undefined;
  /** Of what was snoozed. */
  readonly until?: string | undefined;
  /** What came of it, in a few words. */
  readonly note?: string | undefined;
  /** Whether the last reading found it; it leaves out what is changing. */
  readonly found: 'still' | 'no more' | 'left out';
  readonly mayOpen: boolean;
};

export type FindingsListAnswered = Paging & {
  readonly organization: string;
  readonly text?: string | undefined;
  readonly answered: readonly AnsweredRow[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Finding', width: 5 },
  { title: 'Answer', width: 3 },
];
const MOST_BUTTONS = 2;

export function findingsListAnsweredCard(data: FindingsListAnswered): Card {
  const { organization, text = '', answered } = data;
  const open = answered.filter(({ mayOpen }) => mayOpen);
  return card({
    organization,
    title: 'Answered findings',
    body: [
      lead(answer(data)),
      answered.length > 0 ? table(COLUMNS, answered.map(row)) : undefined,
      pageLine(data),
      open.length > MOST_BUTTONS ? chooser(open) : undefined,
    ],
    actions: [
      ...(open.length > MOST_BUTTONS ? [OPEN_CHOSEN] : open.map(openOne)),
      ...pageButtons(data, 'findings.answered', { text }),
      commandButton('Findings', 'findings'),
    ],
  });
}

const answer = ({ total, text }: FindingsListAnswered): string =>
  `${total === 0 ? 'No finding was answered' : `${count(total, 'finding')} answered`}${text ? `, with “${text}”` : ''}.`;

const openOne = ({ n }: AnsweredRow): Action =>
  actionButton(`Open ${n} again`, 'findings.reopen', { finding: n });
const OPEN_CHOSEN: Action = {
  type: 'Action.Execute',
  title: 'Open again',
  verb: 'findings.reopen',
  data: {},
  associatedInputs: 'auto',
};

const chooser = (open: readonly AnsweredRow[]): Element =>
  choiceInput({
    id: 'finding',
    label: 'Open again',
    choices: open.map(({ n, what, organization, about }) => ({
      title: [n, organization, about, what].filter((part) => part !== undefined).join(' · '),
      value: String(n),
    })),
    style: 'compact',
    placeholder: 'Choose a finding',
    ...(open[0] && { value: String(open[0].n) }),
  });

const FOUND = { still: [], 'no more': ['not found any more'], 'left out': ['changing'] } as const;

function row({ n, what, organization, about, by, at, note, found, ...of }: AnsweredRow): Cell[] {
  const answered = of.until === undefined ? of.answer : `${of.answer} until ${date(of.until)}`;
  const where = [String(n), organization ?? 'nobody’s', about, ...FOUND[found]];
  return [
    [what, small(where.join(' · '))],
    [answered, small([by, ...(at ? [dateTime(at)] : [])].join(', ')), ...(note ? [small(note)] : [])],
  ];
}

const accepted: AnsweredRow = {
  n: 12,
  what: '7 of 10 units of Office 365 E3 are idle',
  organization: 'Contoso',
  about: '10023/2',
  answer: 'Accepted',
  by: 'Nora Lindgren',
  at: '2026-11-21T14:05:00Z',
  found: 'still',
  mayOpen: true,
};
const snoozed: AnsweredRow = {
  ...accepted,
  n: 13,
  what: 'The vendor has 4 × O365-E5 that is not in our books',
  organization: undefined,
  about: 'sub-5d1e08',
  answer: 'Snoozed',
  until: '2026-11-28T14:05:00Z',
};
const released: AnsweredRow = {
  ...accepted,
  n: 11,
  answer: 'Released',
  note: 'Order 10041',
  found: 'no more',
  mayOpen: false,
};

export const samples: Record<string, Card> = {
  some: findingsListAnsweredCard({
    organization: 'HamaraCloud',
    answered: [snoozed, accepted, released],
    page: 1,
    pages: 1,
    total: 3,
  }),
  none: findingsListAnsweredCard({
    organization: 'HamaraCloud',
    text: 'zoom',
    answered: [],
    page: 1,
    pages: 1,
    total: 0,
  }),
  page: findingsListAnsweredCard({
    organization: longest.organization,
    answered: many(10, (n) => ({
      ...snoozed,
      n: 1_000_000 + n,
      what: `100,000 of 100,000 units of ${longest.product} are idle`,
      organization: longest.organization,
      about: longest.service,
      by: 'Maximiliane Oberhuber-Schwarzenbergerova',
    })),
    page: 2,
    pages: 4,
    total: 33,
  }),
};
