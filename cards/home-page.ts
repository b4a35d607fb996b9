/** What somebody begins the day with: what needs them, what they have, what goes on, and the way to the rest. */
import type { Action, Card, ColumnSet, Element } from '../src/chat/card.ts';
import { actionButton, type Command, commandButton, OPEN, openingOf } from './buttons.ts';
import { longest, many } from './demo.ts';
import { card, lead, progressBar, section, subtle, text } from './elements.ts';
import { choiceInput } from './fields.ts';
import { count, number } from './format.ts';
import { type OrderStatus, orderBadge } from './status.ts';
import { freeOf } from './units.ts';

export type Need = {
  /** `2 orders wait for your approval` */
  readonly says: string;
  /** Which these are, or what came of it. */
  readonly detail?: string | undefined;
  /** Something failed. */
  readonly urgent: boolean;
  readonly command: string;
  readonly button: string;
};

export type HomePage = {
  readonly organization: string;
  readonly needs: readonly Need[];
  /** Of customers, or of the services of one. */
  readonly free: {
    readonly of: 'customers' | 'services';
    readonly rows: readonly {
      readonly name: string;
      readonly units: number;
      readonly free: number;
      readonly command: string;
    }[];
    readonly more: number;
  };
  readonly jobs: readonly {
    readonly job: number;
    /** Whose it is, and which file. */
    readonly what: string;
    readonly total: number;
    readonly done: number;
    readonly failed: number;
  }[];
  readonly orders: readonly {
    /** `HAMARACLOUD10023` */
    readonly number: string;
    /** `10023` */
    readonly short: string;
    /** Whose it is, where that is not always the same. */
    readonly customer?: string | undefined;
    readonly items: readonly string[];
    readonly status: OrderStatus;
    readonly waits: boolean;
    /** Of one that is not placed: `begun by Nora Lindgren` */
    readonly begun?: string | undefined;
  }[];
  /** The most common commands of this person, four at most; what is done for one customer asks for whom. */
  readonly common: readonly (Command & { readonly forOne?: boolean })[];
};

/** The card has room for six buttons; what else can be opened is in a list. */
const MOST_ACTIONS = 6;

export function homePageCard(data: HomePage): Card {
  const openable = choicesOf(data);
  return card({
    organization: data.organization,
    title: titleOf(data.needs),
    body: [
      ...data.needs.map((need, index) => needed(need, index === 0)),
      ...(data.jobs.length > 0 ? [section('Running now'), ...data.jobs.flatMap(running)] : []),
      ...freeUnits(data.free),
      ...(data.orders.length > 0 ? [section('Latest orders'), ...data.orders.map(ordered)] : []),
      openable.length > 0
        ? choiceInput({
            id: 'text',
            label: 'Go to',
            choices: openable,
            style: 'compact',
            placeholder: 'An order, a job, a customer',
          })
        : undefined,
    ],
    actions: [...(openable.length > 0 ? [OPEN] : []), ...commonOf(data)].slice(0, MOST_ACTIONS),
  });
}

const titleOf = (needs: readonly Need[]): string =>
  needs.length === 0 ? 'Nothing waits for you' : `${count(needs.length, 'thing')} for you`;

function needed({ says, detail, urgent }: Need, isFirst: boolean): Element {
  return {
    type: 'Container',
    style: urgent ? 'attention' : 'warning',
    spacing: isFirst ? 'medium' : 'small',
    items: [
      text(says, { weight: 'bolder' }),
      ...(detail === undefined ? [] : [text(detail, { size: 'small', isSubtle: true, spacing: 'none' })]),
    ],
  };
}

function running({ job, what, total, done, failed }: HomePage['jobs'][number]): Element[] {
  const seen = done + failed;
  const wrong = failed > 0 ? `, ${number(failed)} failed` : '';
  return [
    lead(`Job ${job}: ${what}`),
    { ...progressBar(seen, total, failed > 0 ? 'warning' : 'accent'), spacing: 'small' },
    subtle(`${number(seen)} of ${count(total, 'row')}${wrong}`),
  ];
}

function freeUnits({ of, rows, more }: HomePage['free']): (Element | undefined)[] {
  if (rows.length === 0) return [];
  return [
    section(of === 'customers' ? 'Free units of your customers' : 'Free units'),
    ...rows.map(freeRow),
    more > 0
      ? subtle(`… and ${count(more, of === 'customers' ? 'more customer' : 'more service')}`)
      : undefined,
  ];
}

/** Names are long, and a narrow card breaks them. */
const freeRow = (row: HomePage['free']['rows'][number]): ColumnSet => ({
  type: 'ColumnSet',
  spacing: 'small',
  columns: [
    { type: 'Column', width: 'stretch', items: [text(row.name)] },
    { type: 'Column', width: 'auto', items: [text(freeOf(row), { weight: 'bolder' })] },
  ],
});

function ordered({ number: name, customer, items, begun, ...of }: HomePage['orders'][number]): ColumnSet {
  const about = [customer, ...items, begun].filter((one) => one !== undefined).join(' · ');
  return {
    type: 'ColumnSet',
    spacing: 'small',
    columns: [
      {
        type: 'Column',
        width: 'stretch',
        verticalContentAlignment: 'center',
        items: [
          // So that a phone has room for it beside the status.
          text(name, { weight: 'bolder', size: 'small' }),
          ...(about === '' ? [] : [text(about, { size: 'small', isSubtle: true, spacing: 'none' })]),
        ],
      },
      { type: 'Column', width: 'auto', verticalContentAlignment: 'center', items: [orderBadge(of)] },
    ],
  };
}

function choicesOf({ needs, jobs, orders, free }: HomePage) {
  const all = [
    ...needs.map(({ button, command }) => ({ title: button, value: command })),
    ...jobs.map(({ job }) => ({ title: `Job ${job}`, value: `job ${job}` })),
    ...orders.map(({ number: name, short }) => ({ title: name, value: `order ${short}` })),
    ...free.rows.map(({ name, command }) => ({ title: name, value: command })),
  ];
  return all.filter(({ value }, index) => all.findIndex((one) => one.value === value) === index);
}

/** What needs somebody first has a button of its own. */
function commonOf({ needs: [first], common }: HomePage): Action[] {
  const buttons = common.map(({ title, command, forOne }) =>
    forOne === true
      ? { ...actionButton(title, 'home.begin', { text: command }), ...openingOf(command) }
      : commandButton(title, command),
  );
  if (first === undefined) return buttons;
  return [{ ...commandButton(first.button, first.command), style: 'positive' }, ...buttons];
}

const ORDERS: HomePage['orders'] = [
  {
    number: 'HAMARACLOUD10029',
    short: '10029',
    customer: 'Contoso',
    items: ['5 × Office 365 E3'],
    status: 'Started',
    waits: true,
    begun: 'begun by Nora Lindgren, Northwind Partners',
  },
  {
    number: 'HAMARACLOUD10023',
    short: '10023',
    customer: 'Contoso',
    items: ['10 × UniversalMessaging Small Business Edition (1GB)'],
    status: 'Completed',
    waits: false,
  },
];
const COMMON: HomePage['common'] = [
  { title: 'Associate users', command: 'associate', forOne: true },
  { title: 'New order', command: 'new order', forOne: true },
  { title: 'Bulk', command: 'bulk', forOne: true },
  { title: 'Find an order', command: 'order' },
];
const some: HomePage = {
  organization: 'HamaraCloud',
  needs: [
    {
      says: '2 orders wait for your approval',
      detail: '10029 of Contoso, 10030 of Fabrikam',
      urgent: false,
      command: 'approvals',
      button: 'Approvals',
    },
    { says: 'Order 10025 of Fabrikam failed', urgent: true, command: 'order 10025', button: 'Order 10025' },
    {
      says: '12 of 988 rows of job 7 failed',
      detail: 'november.xlsx',
      urgent: true,
      command: 'job 7',
      button: 'Job 7',
    },
    { says: '4 findings wait for an answer', urgent: false, command: 'findings', button: 'Findings' },
  ],
  free: {
    of: 'customers',
    rows: [
      { name: 'Contoso', units: 2017, free: 2010, command: 'use Contoso' },
      { name: 'Fabrikam', units: 40, free: 12, command: 'use Fabrikam' },
    ],
    more: 3,
  },
  jobs: [{ job: 9, what: 'Contoso, december.xlsx', total: 988, done: 500, failed: 0 }],
  orders: ORDERS,
  common: COMMON,
};

export const samples: Record<string, Card> = {
  some: homePageCard(some),
  quiet: homePageCard({ ...some, needs: [], jobs: [] }),
  reader: homePageCard({
    ...some,
    organization: 'Contoso',
    needs: [],
    jobs: [],
    free: {
      of: 'services',
      rows: [
        { name: 'Office 365 E3 (10023/2)', units: 5, free: 3, command: 'service 10023/2' },
        { name: 'Webex Suite (10023/3)', units: 10, free: 2, command: 'service 10023/3' },
      ],
      more: 0,
    },
    orders: ORDERS.slice(1).map((order) => ({ ...order, customer: undefined })),
    common: [
      { title: 'Orders', command: 'orders' },
      { title: 'Free units', command: 'free' },
      { title: 'Find an order', command: 'order' },
      { title: 'Help', command: 'help' },
    ],
  }),
  empty: homePageCard({
    organization: 'Northwind Partners',
    needs: [],
    free: { of: 'customers', rows: [], more: 0 },
    jobs: [],
    orders: [],
    common: COMMON,
  }),
  long: homePageCard({
    organization: longest.organization,
    needs: some.needs.map((need) => ({
      ...need,
      detail: `1000000001 of ${longest.organization}, 1000000002 of ${longest.organization}`,
    })),
    free: {
      of: 'customers',
      rows: many(5, (index) => ({
        name: `${longest.organization} ${index}`,
        units: 1_000_000,
        free: 999_999,
        command: `use "${longest.organization} ${index}"`,
      })),
      more: 9_995,
    },
    jobs: many(3, (index) => ({
      job: 123_456 + index,
      what: `${longest.organization}, ${'fernmeldegesellschaft-'.repeat(3)}${index}.xls`,
      total: 100_000,
      done: 50_000,
      failed: index,
    })),
    orders: many(5, (index) => ({
      number: `HAMARACLOUD${1_000_000_000 + index}`,
      short: String(1_000_000_000 + index),
      customer: longest.organization,
      items: [`25 × ${longest.product}`, '5 × Office 365 E3'],
      status: 'Completed with errors' as const,
      waits: false,
    })),
    common: COMMON,
  }),
};
