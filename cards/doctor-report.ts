/** What is wrong with the installation, and what was looked at and found right. */
import type { Action, Card, Container, Element } from '../src/chat/card.ts';
import { type Command, commandButton } from './buttons.ts';
import { longest, many } from './demo.ts';
import { badge, card, facts, lead, section, subtle, text } from './elements.ts';
import { count, dateTime, number } from './format.ts';

export type DoctorFinding = {
  /** `Database`, `Slack: Permissions` */
  readonly about: string;
  /** `note`: it can't be known, or is as somebody chose it. */
  readonly state: 'good' | 'attention' | 'note';
  readonly says: string;
  readonly remedy?: string | undefined;
  /** Where there is more to see. */
  readonly see?: Command | undefined;
};

export type DoctorReport = {
  readonly organization: string;
  readonly at: string;
  readonly findings: readonly DoctorFinding[];
};

/** More would not fit; the first are told of, the rest once these are mended. */
const MOST_TROUBLES = 8;
const MOST_LINKS = 4;

export function doctorReportCard({ organization, at, findings }: DoctorReport): Card {
  const troubles = findings.filter(({ state }) => state === 'attention');
  const right = findings.filter(({ state }) => state === 'good');
  const notes = findings.filter(({ state }) => state === 'note');
  const things = count(troubles.length + right.length, 'thing');
  return card({
    organization,
    title: 'Doctor',
    badge:
      troubles.length === 0 ? badge('All good', 'good') : badge(`${troubles.length} to mend`, 'attention'),
    body: [
      lead(
        troubles.length === 0
          ? `Nothing is wrong in ${things} that I looked at.`
          : `${number(troubles.length)} of ${things} that I looked at ${troubles.length === 1 ? 'needs' : 'need'} somebody.`,
      ),
      ...troubles.slice(0, MOST_TROUBLES).map(trouble),
      troubles.length > MOST_TROUBLES
        ? subtle(`And ${number(troubles.length - MOST_TROUBLES)} more.`)
        : undefined,
      ...(notes.length > 0 ? [section('Good to know'), facts(notes.map(saying))] : []),
      ...rest(right, troubles.length + notes.length > 0),
      subtle(`Looked at ${dateTime(at)}`),
    ],
    actions: [commandButton('Look again', 'doctor'), ...links(findings)],
  });
}

const trouble = ({ about, says, remedy }: DoctorFinding): Container => ({
  type: 'Container',
  style: 'attention',
  spacing: 'medium',
  items: [
    text(about, { weight: 'bolder' }),
    text(says, { spacing: 'none' }),
    ...(remedy === undefined ? [] : [text(remedy, { spacing: 'small', isSubtle: true })]),
  ],
});

const rest = (right: readonly DoctorFinding[], isRest: boolean): (Element | undefined)[] => [
  isRest && right.length > 0 ? section('In order') : undefined,
  facts(right.map(saying)),
];

const saying = ({ about, says }: DoctorFinding): [string, string] => [about, says];

function links(findings: readonly DoctorFinding[]): Action[] {
  const all = findings.flatMap(({ see }) => (see === undefined ? [] : [see]));
  const once = new Map(all.map((one) => [one.command, one]));
  return [...once.values()].slice(0, MOST_LINKS).map(({ title, command }) => commandButton(title, command));
}

const good: readonly DoctorFinding[] = [
  {
    about: 'Database',
    state: 'good',
    says: 'PostgreSQL 17.6 answers in 2 ms and takes 48 MB; all 28 migrations are done.',
  },
  { about: 'Clock', state: 'good', says: 'Ours and that of the database are less than a second apart.' },
  {
    about: 'Schedule',
    state: 'good',
    says: 'The next reconciliation is due 25 Nov 2026, 06:00 UTC (0 6 25 * *, UTC).',
  },
  {
    about: 'Notices',
    state: 'good',
    says: 'None waits longer than it should, and every place can be reached.',
  },
  { about: 'Background work', state: 'good', says: 'Nothing waits, and nothing failed in the last day.' },
  { about: 'Slack: Token', state: 'good', says: 'The bot is @quartermaster in HamaraCloud.' },
];
const scopes: DoctorFinding = {
  about: 'Slack: Permissions',
  state: 'attention',
  says: 'Not given: files:write.',
  remedy: 'Put manifest/slack/manifest.json into the app and install it again.',
};
const note: DoctorFinding = {
  about: 'Slack: Posts after a crash',
  state: 'note',
  says: 'Without channels:history, groups:history the bot can’t look in every conversation whether one is there already: it may be there twice.',
};
const dead: DoctorFinding = {
  about: 'Places out of reach',
  state: 'attention',
  says: 'Nothing gets through to #licences (Slack). 3 posts are kept for it.',
  remedy: 'Invite the bot there and say: deliveries revive #licences. Or stop its notices.',
  see: { title: 'Deliveries', command: 'deliveries' },
};

export const samples: Record<string, Card> = {
  good: doctorReportCard({ organization: 'HamaraCloud', at: '2026-11-21T14:05:00Z', findings: good }),
  troubles: doctorReportCard({
    organization: 'HamaraCloud',
    at: '2026-11-21T14:05:00Z',
    findings: [scopes, dead, note, ...good],
  }),
  long: doctorReportCard({
    organization: longest.organization,
    at: '2026-11-21T14:05:00Z',
    findings: [
      ...many(11, (index) => ({
        ...dead,
        about: `Places out of reach ${index}`,
        says: `Nothing gets through to ${longest.user} and 1,200 more. 123,456 posts are kept for them.`,
        see: { title: `Deliveries to ${longest.user}`, command: `deliveries dead ${index}` },
      })),
      note,
      ...good,
      ...good,
    ],
  }),
};
