/** Cards that are drawn anew before the eyes of one person: whoever asks, about whatever there is. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Role } from '../../../src/bot/index.ts';
import type { Card, Execute } from '../../../src/chat/card.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { features } from '../../../src/features.ts';
import { channel } from '../../support/talk.ts';
import { type House, openHouse, type Target } from './house.ts';
import { secretsOf, withoutEcho } from './secrets.ts';

const PEOPLE = ['priya', 'arjun', 'nora', 'carla', 'chris'] as const;
const PLACES = { personal: undefined, channel: channel('licences') };

type Values = Execute['data'];
type Asked = (target: Target, requests: ReadonlyMap<string, string>) => readonly Values[];

/** Who may look, and what can be asked. */
const LOOKS: Readonly<Record<string, { readonly roles: number; readonly about: Asked }>> = {
  'approvals.look': {
    roles: 4,
    about: ({ orders }, requests) =>
      orders.flatMap((order) =>
        [true, false].map((shared) => ({ order, asked: requests.get(order) ?? '', shared })),
      ),
  },
  'bulk.look': { roles: 4, about: ({ job }) => [{ job }] },
  'execution.look': { roles: 5, about: ({ orders }) => orders.map((order) => ({ order })) },
};
const looks = features.flatMap((feature) => feature.looks ?? []);

test('it is known what each look tells, and to whom', () => {
  assert.deepEqual(
    Object.fromEntries(looks.map(({ verb, roles }) => [verb, new Set<Role>(roles).size])),
    Object.fromEntries(Object.entries(LOOKS).map(([verb, { roles }]) => [verb, roles])),
  );
  assert.equal(
    looks.find(({ roles }) => roles.length < 5 && roles.includes('customer')),
    undefined,
  );
});

const cardWith = (verb: string, data: Values): Reply => {
  const card: Card = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [],
    refresh: { verb, data },
  };
  return { text: '', audience: 'everyone', position: 'below', card };
};

describe('whatever they look at', () => {
  let house: House;
  let requests: ReadonlyMap<string, string>;
  before(async () => {
    house = await openHouse();
    const rows = await house.talk.db
      .selectFrom('approvals as a')
      .innerJoin('orders as o', 'o.id', 'a.order_id')
      .select(['o.number', 'a.requested_at'])
      .execute();
    // Somebody runs every sheet that there is.
    const accepted_at = house.talk.ctx().now;
    await house.talk.db.updateTable('jobs').set({ state: 'running', accepted_at }).execute();
    requests = new Map(rows.map(({ number, requested_at }) => [String(number), requested_at.toISOString()]));
  });
  after(() => house.talk.close());

  const asked = () =>
    house.targets.flatMap((target) =>
      Object.entries(LOOKS).flatMap(([verb, { about }]) =>
        about(target, requests).map((values) => ({ verb, values })),
      ),
    );

  for (const who of PEOPLE) {
    for (const kind of Object.keys(PLACES) as (keyof typeof PLACES)[]) {
      test(`${who} sees nothing in a ${kind} place that is not for them`, async () => {
        const secrets = secretsOf(who, kind, house.prices);
        const told = new Set<string>();
        for (const { verb, values } of asked()) {
          const reply = await house.talk.as(who, PLACES[kind]).look(cardWith(verb, values));
          if (reply === undefined) continue;
          told.add(verb);
          const read = withoutEcho(reply, Object.values(values).map(String));
          const found = secrets.filter((secret) => secret.test(read)).map((secret) => secret.exec(read)?.[0]);
          assert.deepEqual(found, [], `${verb} ${JSON.stringify(values)}`);
        }
        // A look that never told anything was not tried at all.
        if (who === 'priya') assert.deepEqual([...told].toSorted(), Object.keys(LOOKS));
      });
    }
  }
});
