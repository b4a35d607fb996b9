import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { channel, type Speaker } from '../../support/talk.ts';
import { type House, MARKUP_ONLY, openHouse } from './house.ts';
import { commandsOn } from './said.ts';
import { nameless } from './secrets.ts';

describe('what somebody may not see', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.talk.close());

  /** Of an order that is not there. */
  const NOWHERE = '99999';
  async function assertUnknown(person: Speaker, order: string): Promise<void> {
    await person.say('use contoso');
    for (const text of commandsOn(order)) {
      const hidden = await person.say(text);
      const missing = await person.say(text.replaceAll(order, NOWHERE));
      assert.equal(nameless(hidden, order), nameless(missing, NOWHERE), text);
    }
  }

  for (const who of ['carla', 'chris', 'nora'] as const) {
    test(`is to ${who} just like an order that there is not`, async () => {
      for (const order of ['10025', '10028', '20002']) await assertUnknown(house.talk.as(who), order);
    });
  }

  for (const who of ['carla', 'chris'] as const) {
    test(`is to ${who} just like an order that there is not, where it only changes the markup`, async () => {
      for (const order of [...MARKUP_ONLY, '20001']) await assertUnknown(house.talk.as(who), order);
    });
  }

  for (const who of ['priya', 'arjun', 'nora'] as const) {
    test(`is in a channel to ${who} just like an order that there is not`, async () => {
      for (const order of MARKUP_ONLY) await assertUnknown(house.talk.as(who, channel('licences')), order);
    });
  }
});
