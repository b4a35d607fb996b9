/** What each role reads on its home, with something of everybody's to be secret about. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { channel } from '../../support/talk.ts';
import { type House, openHouse } from '../secrecy/house.ts';
import { secretsOf } from '../secrecy/secrets.ts';

const PLACES = { personal: undefined, channel: channel('licences') } as const;

describe('home and what a message names', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.talk.close());

  for (const who of ['priya', 'arjun', 'nora', 'carla', 'chris'] as const) {
    for (const kind of ['personal', 'channel'] as const) {
      test(`tell ${who} nothing that is not for them in a ${kind} place`, async () => {
        const somebody = house.talk.as(who, PLACES[kind]);
        const named = house.targets.flatMap(({ orders }) => orders);
        const replies = [
          await somebody.say('home'),
          await somebody.submit('home.named', { text: named.map((n) => `HAMARACLOUD${n}`).join(' ') }),
        ];
        for (const reply of replies) {
          assert.equal(reply.audience, 'asker');
          for (const secret of secretsOf(who, kind, house.prices)) {
            assert.doesNotMatch(JSON.stringify(reply), secret);
          }
        }
      });
    }
  }
});
