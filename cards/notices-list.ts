/** What a conversation hears by itself, and where else notices go. */
import type { Card, Element } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, section, subtle } from './elements.ts';
import { list, number } from './format.ts';
import { type Heard, heardIn, watchesOf } from './heard.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type NoticesList = {
  readonly organization?: string | undefined;
  /** `#licences`, `this conversation` */
  readonly here: string;
  readonly topics: readonly (Heard & {
    /** `When a job ends` */
    readonly when: string;
  })[];
  /** `from 20:00 to 07:00, Europe/Berlin`; nothing where it is never quiet here. */
  readonly quiet?: string | undefined;
  /** Other places, for those who may see them. */
  readonly elsewhere: readonly {
    readonly place: string;
    /** `Teams`, `Slack` */
    readonly platform: string;
    readonly topics: readonly string[];
    /** Nothing gets through any more. */
    readonly dead: boolean;
  }[];
};

const MOST_PLACES = 10;
const TOPICS: readonly TableColumn[] = [
  { title: 'Notice', width: 2 },
  { title: 'Posted', width: 4 },
  { title: 'Here', width: 1 },
];
const PLACES: readonly TableColumn[] = [
  { title: 'Place', width: 4 },
  { title: 'Notices', width: 4 },
];

export function noticesListCard({ organization, here, topics, quiet, elsewhere }: NoticesList): Card {
  const heard = topics.filter((topic) => topic.heard);
  const posted = heardIn(topics);
  const silent = topics.filter((topic) => !topic.heard).slice(0, 4);
  return card({
    organization,
    title: `Notices in ${here}`,
    body: [
      lead(posted.length === 0 ? 'None are posted here.' : `Posted here: ${list(posted)}.`),
      table(TOPICS, topics.map(topicRow)),
      subtle(
        quiet === undefined
          ? 'No quiet hours: notices are posted at any time of the day.'
          : `Quiet ${quiet}: what comes meanwhile is posted afterwards.`,
      ),
      ...places(elsewhere),
    ],
    actions: [
      ...silent.map(({ topic }) => commandButton(`Post ${topic} here`, `notify here ${topic}`)),
      heard.length > 0 ? commandButton('Stop all here', 'notify off') : undefined,
      commandButton(quiet === undefined ? 'Quiet hours' : 'Change quiet hours', 'notify quiet'),
    ],
  });
}

function topicRow({ topic, when, heard, watches = 0 }: NoticesList['topics'][number]): Cell[] {
  if (heard) return [topic, when, [{ text: 'Yes', weight: 'bolder', color: 'good' }]];
  return [topic, when, watches > 0 ? watchesOf(watches) : 'No'];
}

function places(all: NoticesList['elsewhere']): (Element | undefined)[] {
  if (all.length === 0) return [];
  const hidden = all.length - MOST_PLACES;
  return [
    section('Elsewhere'),
    table(PLACES, all.slice(0, MOST_PLACES).map(placeRow)),
    hidden > 0 ? subtle(`And ${number(hidden)} more.`) : undefined,
  ];
}

function placeRow({ place, platform, topics, dead }: NoticesList['elsewhere'][number]): Cell[] {
  const state = dead
    ? ({ text: `${platform} · out of reach`, size: 'small', color: 'attention' } as const)
    : small(platform);
  return [[place, state], topics.join(', ')];
}

const topics = [
  { topic: 'jobs', when: 'When a bulk job ends: done, cancelled, broken off or taken back', heard: true },
  { topic: 'orders', when: 'When an order waits for approval, is placed, completed, or fails', heard: false },
  { topic: 'reconciliation', when: 'When quantities were reconciled, and two days before', heard: false },
  {
    topic: 'low-units',
    when: 'When the free units of a service that somebody watches fall below the number they gave',
    heard: true,
  },
];

export const samples: Record<string, Card> = {
  some: noticesListCard({
    organization: 'Contoso',
    here: '#licences',
    topics,
    quiet: 'from 20:00 to 07:00 and on weekends, Europe/Berlin',
    elsewhere: [
      { place: '#billing', platform: 'Slack', topics: ['reconciliation'], dead: false },
      { place: 'Operations', platform: 'Teams', topics: ['jobs', 'orders'], dead: true },
    ],
  }),
  watches: noticesListCard({
    organization: 'Contoso',
    here: '#licences',
    topics: topics.map((topic) => ({ ...topic, heard: false, watches: topic.topic === 'low-units' ? 2 : 0 })),
    elsewhere: [],
  }),
  none: noticesListCard({
    here: 'this conversation',
    topics: topics.map((topic) => ({ ...topic, heard: false })),
    elsewhere: [],
  }),
  long: noticesListCard({
    organization: longest.organization,
    here: `#${'fernmeldewesen-'.repeat(5)}licences`,
    topics: topics.map((topic) => ({ ...topic, heard: true })),
    elsewhere: many(14, (index) => ({
      place: `#${'fernmeldewesen-'.repeat(5)}${index}`,
      platform: 'Teams',
      topics: topics.map(({ topic }) => topic),
      dead: index % 5 === 0,
    })),
  }),
};
