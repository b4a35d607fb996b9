/** Who may say and press what, written down once more from the roles that the product has. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ROLES, type Role } from '../../../src/bot/index.ts';
import { features } from '../../../src/features.ts';
import { openTalk, PEOPLE, type Talk } from '../../support/talk.ts';

/** Whose each letter is: provider admin, account manager, reseller admin, customer admin, customer. */
const LETTERS = 'PARCc';
const rolesOf = (letters: string): Role[] => ROLES.filter((_, at) => letters.includes(LETTERS[at] ?? ''));

/** Everybody reads what is theirs. */
const READ = 'PARCc';
/** Who changes orders, users and associations: not the customer who only reads. */
const CHANGE = 'PARC';
/** Who sells sees markup, and what they pay themselves. */
const SELL = 'PAR';
/** Who gives others a role. An account manager orders for customers and gives no roles. */
const GRANT = 'PRC';
/** Who may have another program act for their organization. */
const KEEP = 'PR';
/** What is the provider's own. */
const OPERATE = 'PA';
const PROVIDER = 'P';

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  [READ]: [
    ...['orders', 'order', 'services', 'free', 'user', 'subscriptions', 'subscription', 'history', 'help'],
    'invoices',
    ...['home', 'previews'],
    ...['catalog', 'offerings', 'use', 'organizations', 'organization', 'credentials'],
  ],
  [CHANGE]: [
    ...['note', 'associate', 'release', 'move', 'bulk', 'jobs', 'job', 'undo', 'notify', 'watch', 'retry'],
    ...['new order', 'basket', 'checkout', 'resume', 'discard', 'increase', 'decrease', 'suspend'],
    ...['new machines', 'approvals', 'withdraw', 'change organization'],
  ],
  [SELL]: [
    ...['findings', 'findings read', 'findings answered', 'finding'],
    ...[
      'prices',
      'markup',
      'enable',
      'disable',
      'approve',
      'refuse',
      'reconcile',
      'new organization',
      'sync',
    ],
  ],
  [GRANT]: ['members', 'grant', 'revoke'],
  [KEEP]: ['keys', 'key new', 'key revoke'],
  [OPERATE]: [...['alias', 'alias add', 'alias remove'], 'letters', 'letter', 'deliveries'],
  [PROVIDER]: ['price', 'machines', 'import', 'change letter', 'reset letter', 'doctor'],
};

const BUTTONS: Readonly<Record<string, readonly string[]>> = {
  [READ]: [
    ...[
      'orders.page',
      'orders.find',
      'orders.links',
      'services.page',
      'service.page',
      'free.page',
      'users.find',
      'users.page',
      'subscriptions.page',
    ],
    'invoices.page',
    ...['home.named'],
    ...['history.page', 'catalog.page', 'catalog.search', 'organizations.use', 'organizations.page'],
  ],
  [CHANGE]: [
    ...['home.begin'],
    ...['note', 'associate', 'release', 'move', 'undo', 'jobs.page', 'approvals.page', 'execution.retry'],
    ...['bulk.service', 'bulk.customer', 'bulk.option', 'bulk.run', 'bulk.cancel', 'bulk.missing'],
    ...['ordering.choose', 'ordering.back', 'ordering.product', 'ordering.addons', 'ordering.add'],
    ...['ordering.change', 'ordering.open', 'ordering.quantities', 'ordering.quantities.save'],
    ...['ordering.save', 'ordering.remove', 'ordering.checkout', 'ordering.place', 'ordering.associate'],
    ...['machines.step', 'machines.region', 'machines.sizes', 'machines.change', 'machines.which'],
    ...['machines.row', 'machines.remove', 'machines.extra', 'machines.purpose', 'machines.ownUse'],
    ...['machines.resale', 'machines.customer', 'accounts.credentials'],
    ...['organizations.change', 'organizations.more', 'watches.set', 'watches.page'],
  ],
  [SELL]: [
    ...[
      'catalog.enable',
      'catalog.markup',
      'catalog.markup.confirm',
      'approvals.approve',
      'approvals.refuse',
    ],
    ...['findings.page', 'findings.answered', 'findings.reopen', 'findings.read'],
    ...['findings.answer', 'findings.snooze', 'findings.show'],
    ...['reconciliation.run', 'organizations.create'],
    ...['accounts.page', 'accounts.open', 'accounts.save', 'accounts.back', 'accounts.sync'],
  ],
  [GRANT]: ['access.grant', 'access.revoke', 'members.page'],
  [KEEP]: ['key.new', 'key.revoke', 'keys.page'],
  [OPERATE]: ['alias.page', 'deliveries.page', 'deliveries.revive'],
  [PROVIDER]: [
    ...['catalog.price', 'letters.save', 'letters.preview', 'letters.reset'],
    ...['machines.offered', 'machines.offer', 'machines.item', 'machines.saveOffer', 'machines.removeOffer'],
  ],
};

type Table = Readonly<Record<string, readonly Role[]>>;

const sorted = (table: readonly (readonly [string, readonly Role[]])[]): Table =>
  Object.fromEntries([...table].sort(([a], [b]) => (a < b ? -1 : 1)));
const written = (table: typeof COMMANDS): Table =>
  sorted(Object.entries(table).flatMap(([who, names]) => names.map((name) => [name, rolesOf(who)] as const)));
const inOrderOfRoles = (roles: readonly Role[]) => ROLES.filter((role) => roles.includes(role));

test('each command is for the roles that it is written for', () => {
  const commands = features.flatMap((feature) => feature.commands);
  assert.deepEqual(
    sorted(commands.map(({ name, roles }) => [name, inOrderOfRoles(roles)])),
    written(COMMANDS),
  );
});

test('each button is for the roles that it is written for', () => {
  const buttons = features.flatMap((feature) => feature.buttons ?? []);
  assert.deepEqual(sorted(buttons.map(({ verb, roles }) => [verb, inOrderOfRoles(roles)])), written(BUTTONS));
});

describe('who has another role', () => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk('PGlite');
  });
  after(() => talk.close());

  /** In the order of their roles. */
  const people = Object.keys(PEOPLE) as (keyof typeof PEOPLE)[];
  for (const [at, who] of people.entries()) {
    test(`is told so: ${who}`, async () => {
      const role = ROLES[at] ?? 'customer';
      const forbidden = `Your role (${role}) may not do that.`;
      const notFor = (table: typeof COMMANDS) =>
        Object.entries(written(table)).filter(([, roles]) => !roles.includes(role));
      for (const [name] of notFor(COMMANDS))
        assert.equal((await talk.as(who).say(name)).text, forbidden, name);
      for (const [verb] of notFor(BUTTONS))
        assert.equal((await talk.as(who).submit(verb, {})).text, forbidden, verb);
      for (const name of ['orders', 'help'])
        assert.notEqual((await talk.as(who).say(name)).text, forbidden, name);
    });
  }
});
