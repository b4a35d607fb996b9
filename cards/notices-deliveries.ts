/** What was sent by itself, what waits, and what could not be delivered. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { actionButton, commandButton, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, type Paging, pageLine, section, subtle } from './elements.ts';
import { count, dateTime, number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type DeliveryState = 'waiting' | 'sent' | 'dead';
/** What a post waits for, other than its turn. */
export type Waits =
  | { readonly for: 'reach' }
  | { readonly for: 'the end of quiet hours' | 'the platform'; readonly until: string };
export type DeliveryRow = {
  /** `#licences`, `carla@contoso.example` */
  readonly to: string;
  /** `Teams`, `Slack`, `Mail` */
  readonly platform: string;
  /** `orders`, `letters` */
  readonly kind: string;
  /** The first line; of a letter with a password, that it was one. */
  readonly what: string;
  readonly state: DeliveryState;
  /** When it was sent, or else since when it waits. */
  readonly at: string;
  readonly attempts: number;
  readonly waits?: Waits | undefined;
  readonly error?: string | undefined;
};

/** A place to which nothing gets through. */
export type UnreachableRow = {
  readonly name: string;
  readonly platform: string;
  readonly since: string;
  readonly why: string;
  /** How many posts are kept for it. */
  readonly waiting: number;
  /** As the button that tries again says it. */
  readonly to: { readonly platform: string; readonly conversation: string };
};

export type NoticesDeliveries = Paging & {
  readonly organization: string;
  readonly show: 'all' | DeliveryState;
  readonly counts: Readonly<Record<DeliveryState, number>>;
  /** Those given up last first. */
  readonly unreachable: readonly UnreachableRow[];
  readonly deliveries: readonly DeliveryRow[];
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'To', width: 3 },
  { title: 'What', width: 4 },
  { title: 'State', width: 3.5 },
];
const SHOWS = [
  { show: 'all', title: 'All' },
  { show: 'waiting', title: 'Waiting' },
  { show: 'dead', title: 'Not delivered' },
  { show: 'sent', title: 'Sent' },
] as const;
const STATE = {
  waiting: { text: 'Waiting', color: 'warning', weight: 'bolder' },
  sent: { text: 'Sent', color: 'good', weight: 'bolder' },
  dead: { text: 'Not delivered', color: 'attention', weight: 'bolder' },
} as const;
const UNREACHABLE: readonly TableColumn[] = [
  { title: 'Out of reach', width: 3 },
  { title: 'Why', width: 4 },
  { title: 'Kept', width: 1.5 },
];
const MOST_PLACES = 5;
const MOST_REVIVALS = 2;

export function noticesDeliveriesCard(data: NoticesDeliveries): Card {
  const { organization, counts, deliveries } = data;
  return card({
    organization,
    title: 'Deliveries',
    body: [
      lead(
        `${number(counts.sent)} sent, ${number(counts.waiting)} waiting, ${number(counts.dead)} not delivered.`,
      ),
      ...unreachable(data),
      deliveries.length > 0 ? table(COLUMNS, deliveries.map(row)) : undefined,
      pageLine(data),
    ],
    actions: [
      ...pageButtons(data, 'deliveries.page', { show: data.show }),
      ...revivals(data),
      ...filters(data),
    ],
  });
}

function unreachable({ unreachable: places, deliveries }: NoticesDeliveries): (Element | undefined)[] {
  if (places.length === 0) return [];
  const more = places.length - MOST_PLACES;
  return [
    table(
      UNREACHABLE,
      places
        .slice(0, MOST_PLACES)
        .map(({ name, platform, since, why, waiting }) => [
          [{ text: name, weight: 'bolder', color: 'attention' }, small(platform)],
          [why, small(`since ${dateTime(since)}`)],
          number(waiting),
        ]),
    ),
    more > 0 ? subtle(`And ${count(more, 'more place')}.`) : undefined,
    subtle(
      'Each is tried again once somebody talks to the bot from there, or says: deliveries revive and its name. What is older than a day is not sent then.',
    ),
    deliveries.length > 0 ? section('Posts') : undefined,
  ];
}

/** Where there are pages to turn as well, there is room for one. */
const revivals = ({ unreachable: places, pages }: NoticesDeliveries): Action[] =>
  places
    .slice(0, pages > 1 ? 1 : MOST_REVIVALS)
    .map(({ name, to }) => actionButton(`Try ${name} again`, 'deliveries.revive', to));

const filters = ({ show }: NoticesDeliveries): Action[] =>
  SHOWS.filter((one) => one.show !== show).map((one) =>
    commandButton(one.title, one.show === 'all' ? 'deliveries' : `deliveries ${one.show}`),
  );

function row({ to, platform, kind, what, state, at, attempts, waits, error }: DeliveryRow): Cell[] {
  const tries = state === 'waiting' && attempts > 0 ? [small(count(attempts, 'try', 'tries'))] : [];
  const until = waits === undefined ? [] : [small(untilWhen(waits))];
  return [
    [to, small(platform)],
    [what, small(kind)],
    [STATE[state], small(dateTime(at)), ...until, ...tries, ...(error ? [small(error)] : [])],
  ];
}

function untilWhen(waits: Waits): string {
  if (waits.for === 'reach') return 'Until the place can be reached';
  const until = dateTime(waits.until);
  return waits.for === 'the platform' ? `Until ${until}, as the platform asks` : `Quiet hours until ${until}`;
}

const sent: DeliveryRow = {
  to: '#licences',
  platform: 'Slack',
  kind: 'jobs',
  what: 'Job 7 (Contoso): 976 done, 12 failed, 12 skipped of 1,000 rows.',
  state: 'sent',
  at: '2026-11-21T14:05:00Z',
  attempts: 1,
};
const letter: DeliveryRow = {
  to: 'alice@contoso.example',
  platform: 'Mail',
  kind: 'letters',
  what: 'A letter that is not kept',
  state: 'dead',
  at: '2026-11-21T14:05:00Z',
  attempts: 1,
  error: 'No such mailbox',
};

export const samples: Record<string, Card> = {
  some: noticesDeliveriesCard({
    organization: 'HamaraCloud',
    show: 'all',
    counts: { sent: 41, waiting: 2, dead: 1 },
    unreachable: [],
    deliveries: [
      letter,
      {
        ...sent,
        state: 'waiting',
        attempts: 3,
        waits: { for: 'the platform', until: '2026-11-21T14:05:30Z' },
        error: 'Too many requests.',
      },
      {
        ...sent,
        state: 'waiting',
        attempts: 0,
        waits: { for: 'the end of quiet hours', until: '2026-11-22T07:00:00Z' },
      },
      sent,
    ],
    page: 1,
    pages: 1,
    total: 4,
  }),
  unreachable: noticesDeliveriesCard({
    organization: 'HamaraCloud',
    show: 'waiting',
    counts: { sent: 41, waiting: 3, dead: 0 },
    unreachable: [
      {
        name: '#licences',
        platform: 'Slack',
        since: '2026-11-21T14:05:00Z',
        why: 'An API error occurred: is_archived',
        waiting: 3,
        to: { platform: 'elsewhere', conversation: 'T1:C1' },
      },
    ],
    deliveries: many(3, () => ({ ...sent, state: 'waiting', attempts: 0, waits: { for: 'reach' } })),
    page: 1,
    pages: 1,
    total: 3,
  }),
  none: noticesDeliveriesCard({
    organization: 'HamaraCloud',
    show: 'dead',
    counts: { sent: 0, waiting: 0, dead: 0 },
    unreachable: [],
    deliveries: [],
    page: 1,
    pages: 1,
    total: 0,
  }),
  long: noticesDeliveriesCard({
    organization: longest.organization,
    show: 'waiting',
    counts: { sent: 123_456, waiting: 10, dead: 2000 },
    unreachable: many(9, (index) => ({
      name: longest.user,
      platform: 'Teams',
      since: '2026-11-21T14:05:00Z',
      why: '404 BotNotInConversationRoster The bot is not part of the conversation roster.',
      waiting: index * 1000,
      to: { platform: 'elsewhere', conversation: `19:${index}@thread.tacv2` },
    })),
    deliveries: many(10, (index) => ({
      ...sent,
      to: longest.user,
      what: `Order ${longest.number} of ${longest.organization} waits for approval`,
      state: index % 2 === 0 ? 'waiting' : 'dead',
      attempts: index,
      waits: index % 2 === 0 ? { for: 'reach' } : undefined,
      error: 'The channel was archived, or the bot was removed from it by an admin of the workspace',
    })),
    page: 2,
    pages: 7,
    total: 68,
  }),
};
