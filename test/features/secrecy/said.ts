/** Everything that can be said and pressed, about everything there is. */
import { namesOf } from '../../../src/bot/index.ts';
import { features } from '../../../src/features.ts';
import type { Target } from './house.ts';

const commands = features.flatMap((feature) => feature.commands);
const verbs = features.flatMap((feature) => (feature.buttons ?? []).map(({ verb }) => verb));

/** Words that follow a command and name nothing in particular. */
const GENERAL = [
  '',
  'historical all',
  'historical all 00',
  'historical all markup',
  'office',
  'preview',
  '2026-11',
  'list',
  'here reconciliation',
];

const aboutOne = ({ customer, order, user, job, change }: Target) => [
  customer,
  order,
  `${order}/1`,
  `${order}/1 ${user}`,
  `${order}/1 new@contoso.example 1`,
  `${user} ${order}/1 10024/1`,
  `${user} 10024/1 ${order}/1`,
  user,
  `fred@fabrikam.example customer ${customer}`,
  `historical all ${order}`,
  String(job),
  `${job} report`,
  String(change),
];

const DEMO_ORDERS = ['10023', '10024', '10025', '10026', '10027', '10028'];

/** Every command by every name, with words about all targets and each order of the demo data. */
export function commandsAbout(targets: readonly Target[]): string[] {
  const words = [...GENERAL, ...DEMO_ORDERS, ...targets.flatMap(aboutOne)];
  return commands.flatMap((command) =>
    namesOf(command).flatMap((name, index) =>
      (index === 0 ? words : words.slice(0, GENERAL.length)).map((more) => `${name} ${more}`.trim()),
    ),
  );
}

/** Every command with the words that name this one order. */
export function commandsOn(order: string): string[] {
  const words = [
    order,
    `HAMARACLOUD${order}`,
    `${order}/1`,
    `${order}/1 new@contoso.example 1`,
    `${order}/1 alice@contoso.example`,
    `alice@contoso.example ${order}/1 10024/1`,
    `alice@contoso.example 10023/1 ${order}/1`,
    `historical all ${order}`,
  ];
  return commands.flatMap(({ name }) => words.map((more) => `${name} ${more}`));
}

export type Press = { readonly verb: string; readonly values: Readonly<Record<string, unknown>> };

/** Every button, filled in with every name of each target. */
export function pressesAbout(targets: readonly Target[]): Press[] {
  return targets.flatMap((target) =>
    verbs.flatMap((verb) => valuesAbout(target).map((values) => ({ verb, values }))),
  );
}

function valuesAbout({ customerId, order, user, job, change }: Target): Press['values'][] {
  const service = `${order}/1`;
  const common = { order, service, user, users: user, units: '1', note: 'Noted', job, id: change, page: 1 };
  const list = { view: 'historical', filter: 'all', plan: 'none' };
  return [
    {
      ...common,
      ...list,
      from: service,
      to: '10024/1',
      choice: `${customerId} orders`,
      query: order,
      text: order,
    },
    { ...common, ...list, from: '10024/1', to: service, choice: `${job} ${service}`, query: '', text: '' },
  ];
}
