/** Everything that can be said, about everything there is. */
import { namesOf } from '../../../src/bot/index.ts';
import { features } from '../../../src/features.ts';
import type { Target } from './house.ts';

const commands = features.flatMap((feature) => feature.commands);

type Words = (target: Target) => readonly string[];

const order: Words = ({ orders }) => orders;
const service: Words = ({ orders: [first] }) => (first === undefined ? [] : [`${first}/1`]);
const name: Words = ({ customer }) => [quoted(customer)];
const user: Words = ({ user }) => [user];
const member: Words = ({ member }) => [member];
const job: Words = ({ job }) => (job === 0 ? [] : [String(job)]);
const change: Words = ({ change }) => (change === 0 ? [] : [String(change)]);
const key: Words = ({ key }) => (key === 0 ? [] : [String(key)]);
const finding: Words = ({ finding }) => (finding === 0 ? [] : [String(finding)]);
const found: Words = ({ customer, word, orders }) => [customer, word, ...orders.slice(0, 2)];

const quoted = (text: string) => (text.includes(' ') ? `"${text}"` : text);
/** Each of the words, in the place of `_`. */
const in_ =
  (text: string, words: Words): Words =>
  (target) =>
    words(target).map((word) => text.replaceAll('_', () => word));
const all =
  (...many: readonly Words[]): Words =>
  (target) =>
    many.flatMap((words) => words(target));

/** What may follow any command, for one that is not known here. */
const anything = all(order, service, name, user, member, job, change, key, found);
const nothing: Words = () => [];

/** What follows a command that names something. What somebody makes up themselves is neutral: it is shown to them again. */
const AFTER: Readonly<Record<string, Words>> = {
  home: nothing,
  previews: nothing,
  orders: all(in_('historical all _', found), in_('recent _', found), found),
  order,
  services: all(order, service, in_('_ zoe', service)),
  note: all(order, in_('_ Noted', order)),
  free: all(found, service),
  associate: all(service, in_('_ new@contoso.example 1', service)),
  release: (target) => service(target).flatMap((one) => [one, `${one} ${target.user}`]),
  move: (target) =>
    service(target).flatMap((one) => [
      `${target.user} ${one} 10024/1`,
      `${target.user} 10024/1 ${one}`,
      `alice@contoso.example ${one} 10024/1`,
      `alice@contoso.example 10023/1 ${one}`,
    ]),
  user,
  bulk: all(service, name, in_('release _', service), in_('packages _', name), in_('orders _', name)),
  jobs: nothing,
  job: all(job, in_('_ report', job), in_('_ retry', job), in_('_ problems', job), in_('_ undo', job)),
  catalog: found,
  prices: found,
  price: nothing,
  markup: all(name, service, in_('_ 12', name), in_('_ 12', service)),
  offerings: name,
  enable: all(in_('"Microsoft O365" _', name), in_('"Azure Pack" _', name)),
  disable: all(in_('"Microsoft O365" _', name), in_('Webex _', name)),
  'new order': nothing,
  basket: order,
  checkout: order,
  resume: all(order, service),
  discard: order,
  increase: all(service, in_('_ 1', service)),
  decrease: all(service, in_('_ 1', service)),
  suspend: service,
  'new machines': nothing,
  machines: nothing,
  retry: all(order, in_('_ neutral@nobody.example Nobody', order)),
  approvals: order,
  approve: order,
  refuse: all(order, in_('_ No', order)),
  withdraw: order,
  invoices: name,
  subscriptions: found,
  subscription: service,
  reconcile: all(
    in_('preview _', name),
    in_('now _', name),
    in_('2026-11 _', name),
    in_('2026-11 export _', name),
    in_('2026-11 export csv _', name),
  ),
  findings: all(found, service),
  'findings read': nothing,
  'findings answered': found,
  finding,
  alias: nothing,
  'alias add': nothing,
  'alias remove': nothing,
  use: all(name, in_('_ here', name)),
  organizations: found,
  organization: name,
  'new organization': all(name, in_('Neutral parent=_', name)),
  'change organization': all(name, in_('_ city=Nowhere', name), in_('_ name=Neutral', name)),
  sync: all(name, in_('_ "Azure Pack" neutral@nobody.example', name)),
  credentials: all(name, in_('_ neutral@nobody.example', name)),
  import: nothing,
  members: nothing,
  grant: all(
    in_('neutral@nobody.example customer _', name),
    in_('neutral@nobody.example reseller admin _', name),
    in_('_ customer Contoso', member),
    in_('fred@fabrikam.example customer _', name),
  ),
  revoke: member,
  keys: nothing,
  'key new': nothing,
  'key revoke': key,
  letters: nothing,
  letter: nothing,
  'change letter': nothing,
  'reset letter': nothing,
  history: order,
  undo: change,
  notify: nothing,
  watch: all(service, in_('_ below 5', service), in_('off _', service)),
  deliveries: nothing,
  doctor: nothing,
  help: nothing,
};

/** Words that name nothing in particular. */
const GENERAL: Readonly<Record<string, readonly string[]>> = {
  orders: ['historical all', 'historical all 00', 'historical all markup', 'draft'],
  free: ['office'],
  previews: ['off', 'on', 'off here', 'on here'],
  catalog: ['office', 'core'],
  prices: ['office', 'core'],
  price: ['O365-E3', 'O365-E3 18.22'],
  'new order': ['"Office 365 E3" 2'],
  'new machines': ['another'],
  machines: ['stockholm', 'add region Nowhere'],
  reconcile: ['preview', 'now', '2026-11'],
  findings: ['idle', 'sub-', 'smaragd', 'karmesin', 'zinnober'],
  'alias add': ['NEUTRAL = O365-E3'],
  'alias remove': ['NEUTRAL'],
  import: ['template'],
  'key new': ['neutral'],
  letter: ['welcome customer', 'admin credentials'],
  'change letter': ['welcome customer'],
  'reset letter': ['order failed'],
  notify: [
    'list',
    'here reconciliation',
    'here orders',
    'off orders',
    'quiet',
    'quiet weekends',
    'quiet off',
  ],
  watch: ['list', 'office below 5'],
  deliveries: ['waiting', 'sent', 'dead', 'revive', 'revive #nowhere'],
  help: commands.map(({ name }) => name),
};

/** Commands of which it is not said here what follows them: they get everything. */
export const unknownCommands = (): string[] =>
  commands.map(({ name }) => name).filter((name) => AFTER[name] === undefined);
/** What is said here of commands that are not there. */
export const goneCommands = (): string[] =>
  [...Object.keys(AFTER), ...Object.keys(GENERAL)].filter(
    (name) => !commands.some((command) => command.name === name),
  );

const wordsAfter = (command: string, targets: readonly Target[]): string[] => [
  ...new Set(targets.flatMap((target) => (AFTER[command] ?? anything)(target))),
];
const said = (name: string, more: string) => `${name} ${more}`.trim();

const DEMO_ORDERS = ['10023', '10025', '10026', '10027', '10028'];
const ORDER_COMMANDS = ['order', 'services', 'history', 'basket', 'retry'];

/** Every command by every name, with the words that can follow it about each target. */
export function commandsAbout(targets: readonly Target[]): string[] {
  return commands.flatMap((command) => {
    const { name } = command;
    const [, ...others] = namesOf(command);
    const demo = ORDER_COMMANDS.includes(name) ? DEMO_ORDERS : [];
    const words = ['', ...(GENERAL[name] ?? []), ...demo, ...wordsAfter(name, targets)];
    const [first = ''] = wordsAfter(name, targets.slice(2, 3));
    return [...words.map((more) => said(name, more)), ...others.map((other) => said(other, first))];
  });
}

/** Every command once, and once about each target. */
export const eachCommandAbout = (targets: readonly Target[]): string[] =>
  commands.flatMap(({ name }) =>
    [name, ...new Set(targets.flatMap((target) => (AFTER[name] ?? anything)(target).slice(0, 1)))].map(
      (more, index) => (index === 0 ? more : said(name, more)),
    ),
  );

/** Commands whose words name an order, with this one. */
export function commandsOn(number: string): string[] {
  const target: Target = {
    customer: number,
    customerId: 0,
    word: number,
    orders: [number],
    user: 'alice@contoso.example',
    member: 'chris@contoso.example',
    job: 0,
    change: 0,
    key: 0,
    finding: 0,
  };
  return commands.flatMap(({ name }) => {
    const words = (AFTER[name] ?? anything)(target).filter((more) => more.includes(number));
    return [...new Set(words)].map((more) => said(name, more));
  });
}
