import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import type { Paging } from '../../../cards/elements.ts';
import { type FindingRow, type FindingsList, findingsListCard } from '../../../cards/findings-list.ts';
import { type AnsweredRow, findingsListAnsweredCard } from '../../../cards/findings-list-answered.ts';
import { findingsListReadingCard } from '../../../cards/findings-list-reading.ts';
import { count, dateTime, list, number } from '../../../cards/format.ts';
import { tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import {
  type FindingAnswer,
  KINDS,
  type Kind,
  type Numbers,
  numberIn,
  readingTrack,
  textIn,
} from './rules.ts';
import type { FindingRecord, LeftOut } from './store.ts';

const KIND_TITLE: Readonly<Record<Kind, string>> = {
  quantity: 'Quantity',
  assignments: 'Users',
  'over-assigned': 'Over-assigned',
  units: 'Too many units of a user',
  status: 'Status',
  product: 'Product',
  missing: 'Missing at the vendor',
  unknown: 'Unknown to us',
  idle: 'Idle',
};
const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind);
export const kindTitle = (kind: string): string => (isKind(kind) ? KIND_TITLE[kind] : kind);

type About = { readonly kind: string; readonly numbers: Numbers; readonly product: string | null };

/** What a finding says, in one clause: `7 of 10 units of Office 365 E3 are idle` */
export function findingTitle({ kind, numbers, product }: About): string {
  const of = (name: string) => numberIn(numbers, name);
  const what = product ?? (textIn(numbers, 'sku') || 'a product');
  const units = (value: number) => `${count(value, 'unit')} of ${what}`;
  switch (kind) {
    case 'quantity':
      return `We have ${units(of('bought'))}, the vendor has ${number(of('quantity'))}`;
    case 'assignments':
      return `Who has ${what} differs: ${differences(numbers)}`;
    case 'over-assigned':
      return of('assigned') > of('quantity')
        ? `The vendor has assigned ${number(of('assigned'))} of ${units(of('quantity'))}`
        : `We have given away ${number(of('used'))} of ${units(of('bought'))}`;
    case 'units':
      return `${count(usersIn(numbers), 'user')} ${usersIn(numbers) === 1 ? 'has' : 'have'} more than ${units(of('most'))}`;
    case 'status':
      return `${what} is ${textIn(numbers, 'here')} with us, ${textIn(numbers, 'there')} at the vendor`;
    case 'product':
      return `${what} is ${textIn(numbers, 'there')} at the vendor, not ${textIn(numbers, 'sku')}`;
    case 'missing':
      return `The vendor does not know our ${units(of('bought'))}`;
    case 'unknown':
      return `The vendor has ${units(of('quantity'))} that are not in our books`;
    case 'idle':
      return `${number(of('idle'))} of ${units(of('quantity'))} are idle`;
    default:
      return `${kind}: ${what}`;
  }
}

const usersIn = ({ users }: Numbers): number => (Array.isArray(users) ? users.length : 0);

function differences(numbers: Numbers): string {
  const [here, there, other] = ['onlyHere', 'onlyThere', 'otherUnits'].map((name) => numberIn(numbers, name));
  return list([
    ...(here ? [`${count(here, 'user')} only with us`] : []),
    ...(there ? [`${count(there, 'user')} only at the vendor`] : []),
    ...(other ? [`${count(other, 'user')} with other units`] : []),
  ]);
}

/** `10023/2`, or the vendor's name for it. */
export const aboutOf = ({ service, subscription }: Pick<FindingRecord, 'service' | 'subscription'>): string =>
  service ?? subscription;

const rowOf = (one: FindingRecord): FindingRow => ({
  n: one.id,
  kind: kindTitle(one.kind),
  what: findingTitle(one),
  organization: one.organization ?? undefined,
  about: aboutOf(one),
  isNew: one.isNew,
});

export type Listed = Pick<
  FindingsList,
  'organization' | 'text' | 'fresh' | 'readAt' | 'reading' | 'failed' | 'page' | 'pages' | 'total'
> &
  LeftOut & {
    readonly kinds: readonly { readonly kind: string; readonly count: number }[];
    readonly found: readonly FindingRecord[];
  };

export function findingList({ kinds, found, leftOut, unanswered, ...of }: Listed): Reply {
  const inOrder = KINDS.flatMap((kind) => kinds.filter((one) => one.kind === kind));
  const data = {
    ...of,
    kinds: inOrder.map((one) => `${number(one.count)} ${kindTitle(one.kind).toLowerCase()}`),
    findings: found.map(rowOf),
    notCompared: notCompared({ leftOut, unanswered }),
    unanswered,
  };
  const page = data.pages > 1 ? [`Page ${number(data.page)} of ${number(data.pages)}.`] : [];
  const head =
    data.total === 0
      ? [data.text ? `No findings with “${data.text}”.` : nothing(data)]
      : [
          `${count(data.total, 'finding')}${data.text ? ` with “${data.text}”` : ''}: ${list(data.kinds)}.`,
          ...page,
        ];
  const read = data.readAt === undefined ? [] : [`The vendors were read on ${dateTime(data.readAt)}.`];
  const lines = data.findings.map(
    ({ n, what, organization, about }) => `${n} ${organization ?? 'Nobody’s'}, ${about}: ${what}`,
  );
  const text = [[...head, ...read, ...(data.reading ? ['They are being read just now.'] : [])].join(' ')];
  const left = data.notCompared === undefined ? [] : [data.notCompared];
  return tell([...text, ...left, ...data.failed, ...lines].join('\n'), findingsListCard(data));
}

function nothing({ readAt, notCompared }: Pick<FindingsList, 'readAt' | 'notCompared'>): string {
  if (readAt === undefined) return 'The vendors have not been read yet.';
  return notCompared === undefined
    ? 'Nothing disagrees: what the vendors have is what our books say.'
    : 'Nothing that was compared disagrees.';
}

/** Of subscriptions that the last reading left out. */
export function notCompared({ leftOut, unanswered }: LeftOut): string | undefined {
  if (leftOut === 0) return undefined;
  const verb = leftOut === 1 ? 'was changing and was' : 'were changing and were';
  const orders = list(unanswered.map(String));
  const [what, which] = unanswered.length === 1 ? ['order', 'it'] : ['orders', 'them'];
  const retry =
    unanswered.length === 0 ? '' : ` The vendor has not answered ${what} ${orders}: retry ${which}.`;
  return `${count(leftOut, 'subscription')} ${verb} not compared.${retry}`;
}

/** Of a finding that the last reading has not found. */
export const notFound = ({ leftOut }: Pick<FindingRecord, 'leftOut'>): string =>
  leftOut
    ? 'Its subscription was changing at the last reading, and was not compared.'
    : 'The last reading did not find it any more.';

type State = {
  readonly organization: string;
  readonly state: 'reading' | 'read';
  /** How many subscriptions were read so far. */
  readonly seen: number;
  readonly open: number;
  readonly fresh: number;
  readonly failed: readonly string[];
  /** Subscriptions that were changing and so not compared. */
  readonly leftOut?: number | undefined;
};

export function readingState({ organization, failed, ...of }: State, wish: number): Reply {
  const [title, detail] = [readingTitle(of), readingDetail(of, failed.length > 0)];
  const card = findingsListReadingCard({ organization, state: of.state, title, detail, failed });
  const stop = of.state === 'reading' ? '' : '.';
  return tell([`${title}${stop} ${detail}`, ...failed].join('\n'), card, { track: readingTrack(wish) });
}

/** `3 findings, 2 new` */
function readingTitle({ state, open, fresh }: Pick<State, 'state' | 'open' | 'fresh'>): string {
  if (state === 'reading') return 'Reading the vendors…';
  if (open === 0) return 'Nothing waits for an answer';
  return `${count(open, 'finding')}${fresh > 0 ? `, ${number(fresh)} new` : ''}`;
}

function readingDetail(
  { state, seen, open, leftOut = 0 }: Pick<State, 'state' | 'seen' | 'open' | 'leftOut'>,
  failed: boolean,
): string {
  if (state === 'reading')
    return `${seen === 0 ? '' : `${count(seen, 'subscription')} so far. `}This message changes when they are read.`;
  if (failed) return 'Not all vendors could be read; the findings of the reading before stay.';
  const left = notCompared({ leftOut, unanswered: [] });
  if (left !== undefined) return `The vendors are read. ${left}`;
  return open === 0
    ? 'The vendors are read: what they have is what our books say, but for what was answered.'
    : 'The vendors are read.';
}

const ANSWER: Readonly<Record<FindingAnswer, string>> = {
  accepted: 'Accepted',
  released: 'Released',
  ordered: 'Ordered',
  snoozed: 'Snoozed',
};

export type AnsweredList = Paging & {
  readonly organization: string;
  readonly text: string;
  readonly found: readonly (FindingRecord & { readonly mayOpen: boolean })[];
};

export function answeredList({ found, ...data }: AnsweredList): Reply {
  const answered = found.map(
    (one): AnsweredRow => ({
      ...rowOf(one),
      answer: ANSWER[one.answer ?? 'accepted'],
      by: one.answeredBy ?? 'Somebody',
      at: one.answeredAt?.toISOString(),
      until: one.answer === 'snoozed' ? one.snoozedUntil?.toISOString() : undefined,
      note: one.note ?? undefined,
      found: one.stillFound ? 'still' : one.leftOut ? 'left out' : 'no more',
      mayOpen: one.mayOpen,
    }),
  );
  const lines = answered.map(
    ({ n, what, organization, about, answer, by, until }) =>
      `${n} ${organization ?? 'Nobody’s'}, ${about}: ${what}. ${answer} by ${by}${until ? `, until ${dateTime(until)}` : ''}.`,
  );
  const total = data.total === 0 ? 'No finding was answered' : `${count(data.total, 'finding')} answered`;
  const searched = data.text === '' ? '' : `, with “${data.text}”`;
  return tell([`${total}${searched}.`, ...lines].join('\n'), findingsListAnsweredCard({ ...data, answered }));
}

const BACK = [
  { title: 'Answered', command: 'findings answered' },
  { title: 'Findings', command: 'findings' },
];

export function reopened(one: FindingRecord): Reply {
  const answer = `Finding ${one.id} waits for an answer again`;
  const detail = one.stillFound ? findingTitle(one) : `${findingTitle(one)}. ${notFound(one)}`;
  const buttons = [{ title: `Finding ${one.id}`, command: `finding ${one.id}` }, ...BACK];
  const organization = one.organization ?? undefined;
  return tell(`${answer}. ${detail}`, chatDoneCard({ organization, answer, detail, buttons }));
}

/** `discarded`: the number of the order that was to mend it. */
export const reopenedInHistory = (one: FindingRecord, discarded?: number): string => {
  const why = discarded === undefined ? '' : `, as order ${discarded} was discarded`;
  return `Opened finding ${one.id} again${why}: ${findingTitle(one)} (${aboutOf(one)})`;
};

export function notReopened(id: number): Reply {
  const problem = `Finding ${id} is not one that can be opened again.`;
  return tell(problem, chatRefusalCard({ problem, buttons: BACK }));
}
