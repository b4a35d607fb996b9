/** One finding: what disagrees, both sides of it, why that can be, and what one can do now. */
import type { Action, Badge, Card, Choice, Element } from '../src/chat/card.ts';
import { actionButton, type Command, commandButton } from './buttons.ts';
import { longest, many } from './demo.ts';
import { badge, callout, card, facts, lead, section, subtle, text } from './elements.ts';
import { choiceInput } from './fields.ts';
import { count, number } from './format.ts';
import { small, type TableColumn, table } from './table.ts';

export type FindingsOne = {
  /** Nobody’s where it is not known whose it is. */
  readonly organization?: string | undefined;
  readonly finding: number;
  /** `Idle` */
  readonly kind: string;
  readonly state: 'open' | 'snoozed' | 'answered' | 'gone';
  /** What disagrees, in a sentence. */
  readonly what: string;
  /** What was done about it, by whom and when; or that it is no more. */
  readonly answered?: string | undefined;
  /** Why what was pressed was not done. */
  readonly refused?: string | undefined;
  /** Both sides; nothing where a side has none. */
  readonly sides: readonly (readonly [title: string, here: string | undefined, there: string | undefined])[];
  /** Who differs, with the units here and there where they are told. */
  readonly users: readonly { readonly user: string; readonly here?: number; readonly there?: number }[];
  readonly moreUsers: number;
  readonly facts: readonly (readonly [title: string, value: string | undefined])[];
  /** Why that can be. */
  readonly why: string;
  /** What each of the buttons does, and why others are not there. */
  readonly advice: readonly string[];
  readonly proposals: readonly {
    readonly title: string;
    readonly how: string;
    readonly style?: 'positive' | 'destructive';
  }[];
  /** Where there are several services that it can be. */
  readonly services: readonly Choice[];
  /** Until when it can be put off. */
  readonly untils: readonly Choice[];
  readonly mayReopen: boolean;
  /** Where one goes on. */
  readonly leads: readonly Command[];
};

const BADGES: Readonly<Record<FindingsOne['state'], Badge>> = {
  open: badge('Open', 'warning'),
  snoozed: badge('Snoozed', 'informative'),
  answered: badge('Answered', 'good'),
  gone: badge('No longer found', 'informative'),
};
const MOST_USERS = 10;
const SIDES: readonly TableColumn[] = [
  { title: 'What', width: 3 },
  { title: 'Here', width: 2 },
  { title: 'At the vendor', width: 2 },
];
const USERS: readonly TableColumn[] = [
  { title: 'User', width: 5 },
  { title: 'Here', width: 1, align: 'right' },
  { title: 'There', width: 1, align: 'right' },
];

export function findingsOneCard(data: FindingsOne): Card {
  const { finding, kind, what, answered, refused, sides, why, advice } = data;
  return card({
    organization: data.organization ?? 'Nobody’s',
    title: `Finding ${finding} · ${kind}`,
    badge: BADGES[data.state],
    body: [
      refused === undefined ? undefined : callout(refused, 'attention'),
      lead(`${what}.`),
      answered === undefined ? undefined : callout(answered, 'emphasis'),
      sides.length > 0
        ? table(
            SIDES,
            sides.map(([title, here = '', there = '']) => [[small(title)], here, there]),
          )
        : undefined,
      ...users(data),
      facts(data.facts),
      section('Why that can be'),
      text(why, { spacing: 'small' }),
      ...(advice.length > 0
        ? [section('What you can do'), ...advice.map((one) => text(one, { spacing: 'small' }))]
        : []),
      ...inputs(data),
    ],
    actions: actions(data),
  });
}

function users({ users: all, moreUsers }: FindingsOne): (Element | undefined)[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, MOST_USERS);
  const more = all.length - shown.length + moreUsers;
  const others = more > 0 ? subtle(`and ${count(more, 'user')} more`) : undefined;
  if (shown.every(({ here, there }) => here === undefined && there === undefined))
    return [text(shown.map(({ user }) => user).join('\n'), { spacing: 'medium' }), others];
  return [
    table(
      USERS,
      shown.map(({ user, here = 0, there = 0 }) => [user, number(here), number(there)]),
    ),
    others,
  ];
}

function inputs({ services, untils }: FindingsOne): Element[] {
  return [
    ...(services.length > 1
      ? [
          choiceInput({
            id: 'service',
            label: 'It is this service',
            choices: services,
            style: 'compact',
            ...(services[0] && { value: services[0].value }),
          }),
        ]
      : []),
    ...(untils.length > 0
      ? [
          choiceInput({
            id: 'until',
            label: 'Ask again',
            choices: untils,
            style: 'compact',
            ...(untils[0] && { value: untils[0].value }),
          }),
        ]
      : []),
  ];
}

/** Three of what one can do, to put it off, and where one goes on. */
function actions({
  finding,
  proposals,
  services,
  untils,
  mayReopen,
  leads,
}: FindingsOne): (Action | undefined)[] {
  const data = { finding };
  return [
    ...proposals.map(({ title, how, style }): Action => {
      const service = how === 'map' && services.length === 1 ? { service: services[0]?.value ?? '' } : {};
      const button = actionButton(title, 'findings.answer', { ...data, how, ...service }, style);
      return how === 'map' && services.length > 1 ? { ...button, associatedInputs: 'auto' } : button;
    }),
    untils.length > 0
      ? { ...actionButton('Snooze', 'findings.snooze', data), associatedInputs: 'auto' }
      : undefined,
    mayReopen ? actionButton('Open again', 'findings.reopen', data) : undefined,
    ...leads.map(({ title, command }) => commandButton(title, command)),
  ];
}

const untils: readonly Choice[] = [
  { title: 'In a day', value: 'day' },
  { title: 'In a week', value: 'week' },
  { title: 'At the next run', value: 'run' },
];

const quantity: FindingsOne = {
  organization: 'Contoso',
  finding: 11,
  kind: 'Quantity',
  state: 'open',
  what: 'We have 10 units of Webex Suite, the vendor has 12',
  sides: [
    ['Units', '10', '12'],
    ['With users', '3', '3'],
  ],
  users: [],
  moreUsers: 0,
  facts: [
    ['Subscription', '10023/3'],
    ['At the vendor', 'sub-contoso-10023-3'],
    ['Since', '21 Nov 2026, 12:00 UTC'],
    ['It is worth', '+€49.80 a month'],
  ],
  why: 'Somebody has changed the quantity at the vendor, or the vendor has answered an order differently.',
  advice: [
    'Set to 12 here: our books take what the vendor has.',
    'Give 2 back: sets it to 12 first, and begins an order that gives 2 back.',
  ],
  proposals: [
    { title: 'Set to 12 here', how: 'adopt', style: 'positive' },
    { title: 'Give 2 back', how: 'order' },
    { title: 'Leave it so', how: 'leave' },
  ],
  services: [],
  untils,
  mayReopen: false,
  leads: [{ title: 'Findings', command: 'findings' }],
};

export const samples: Record<string, Card> = {
  quantity: findingsOneCard(quantity),
  users: findingsOneCard({
    ...quantity,
    kind: 'Users',
    what: 'Who has Webex Suite differs: 1 user only with us, 1 user only at the vendor',
    users: [
      { user: 'bob@contoso.example', here: 1, there: 0 },
      { user: 'zoe@contoso.example', here: 0, there: 2 },
    ],
    advice: ['Take it over: what the vendor has counts.', 'Tell the vendor: our books count.'],
    proposals: [
      { title: 'Take it over', how: 'takeover', style: 'positive' },
      { title: 'Tell the vendor', how: 'tell' },
      { title: 'Leave it so', how: 'leave' },
    ],
  }),
  unknown: findingsOneCard({
    ...quantity,
    organization: undefined,
    kind: 'Unknown to us',
    what: 'The vendor has 4 units of O365-E5 that are not in our books',
    sides: [['Units', undefined, '4']],
    services: [
      { title: '10023/2 · Office 365 E3 · 5 units', value: '10023/2' },
      { title: '10024/1 · Office 365 E5 · 4 units', value: '10024/1' },
    ],
    proposals: [
      { title: 'It is this service', how: 'map', style: 'positive' },
      { title: 'Not ours', how: 'leave' },
    ],
  }),
  answered: findingsOneCard({
    ...quantity,
    state: 'answered',
    answered: 'Arjun set it to 12 units here, on 21 Nov 2026, 12:05 UTC.',
    advice: [],
    proposals: [],
    untils: [],
    mayReopen: true,
  }),
  refused: findingsOneCard({
    ...quantity,
    refused: 'It is not as it was when you looked. Nothing was changed.',
  }),
  most: findingsOneCard({
    ...quantity,
    organization: longest.organization,
    finding: 1_000_000,
    users: many(50, (index) => ({ user: `${index}.${longest.user}`, here: 100_000, there: 99_999 })),
    moreUsers: 99_950,
    proposals: many(3, (index) => ({ title: `Proposal ${index} of a long name`, how: 'adopt' })),
    leads: many(2, (index) => ({ title: `Lead ${index}`, command: 'findings' })),
    services: many(20, (index) => ({
      title: `${longest.service} · ${longest.product}`,
      value: `10023/${index}`,
    })),
  }),
};
