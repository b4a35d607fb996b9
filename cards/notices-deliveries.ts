/** What was sent by itself, what waits, and what could not be delivered. */
import type { Action, Card, Element } from '../src/chat/card.ts';
import { commandButton, pageButtons } from './buttons.ts';
import { longest, many } from './demo.ts';
import { callout, card, lead, type Paging, pageLine } from './elements.ts';
import { count, dateTime, list, number } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type DeliveryState = 'waiting' | 'sent' | 'dead';
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
  readonly error?: string | undefined;
};

export type NoticesDeliveries = Paging & {
  readonly organization: string;
  readonly show: 'all' | DeliveryState;
  readonly counts: Readonly<Record<DeliveryState, number>>;
  /** Places to which the last post could not be delivered. */
  readonly unreachable: readonly string[];
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
const MOST_PLACES = 5;

export function noticesDeliveriesCard(data: NoticesDeliveries): Card {
  const { organization, counts, deliveries } = data;
  return card({
    organization,
    title: 'Deliveries',
    body: [
      lead(
        `${number(counts.sent)} sent, ${number(counts.waiting)} waiting, ${number(counts.dead)} not delivered.`,
      ),
      unreachable(data),
      deliveries.length > 0 ? table(COLUMNS, deliveries.map(row)) : undefined,
      pageLine(data),
    ],
    actions: [...pageButtons(data, 'deliveries.page', { show: data.show }), ...filters(data)],
  });
}

function unreachable({ unreachable: places }: NoticesDeliveries): Element | undefined {
  if (places.length === 0) return undefined;
  const more = places.length - MOST_PLACES;
  const shown = [...places.slice(0, MOST_PLACES), ...(more > 0 ? [`${number(more)} more`] : [])];
  return callout(`Nothing gets through to ${list(shown)}.`, 'attention');
}

const filters = ({ show }: NoticesDeliveries): Action[] =>
  SHOWS.filter((one) => one.show !== show).map((one) =>
    commandButton(one.title, one.show === 'all' ? 'deliveries' : `deliveries ${one.show}`),
  );

function row({ to, platform, kind, what, state, at, attempts, error }: DeliveryRow): Cell[] {
  const tries = state === 'waiting' && attempts > 0 ? [small(count(attempts, 'try', 'tries'))] : [];
  return [
    [to, small(platform)],
    [what, small(kind)],
    [STATE[state], small(dateTime(at)), ...tries, ...(error ? [small(error)] : [])],
  ];
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
    counts: { sent: 41, waiting: 1, dead: 1 },
    unreachable: ['alice@contoso.example'],
    deliveries: [letter, { ...sent, state: 'waiting', attempts: 3, error: 'Too many requests.' }, sent],
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
    unreachable: many(9, () => longest.user),
    deliveries: many(10, (index) => ({
      ...sent,
      to: longest.user,
      what: `Order ${longest.number} of ${longest.organization} waits for approval`,
      state: index % 2 === 0 ? 'waiting' : 'dead',
      attempts: index,
      error: 'The channel was archived, or the bot was removed from it by an admin of the workspace',
    })),
    page: 2,
    pages: 7,
    total: 68,
  }),
};
