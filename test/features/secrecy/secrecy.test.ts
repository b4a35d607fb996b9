import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { channel } from '../../support/talk.ts';
import { type House, openHouse } from './house.ts';
import { commandsAbout, pressesAbout } from './said.ts';
import { CUSTOMER_DATA, secretsOf, withoutEcho } from './secrets.ts';

const PEOPLE = ['priya', 'arjun', 'nora', 'carla', 'chris'] as const;
const PLACES = { personal: undefined, channel: channel('licences') };
type Kind = keyof typeof PLACES;

/** What may be for everybody in a channel although it names a customer: a job's progress. */
const PROGRESS = /^(job \d|bulk\.)/;

/** Fails where an answer says what this person may not read there. */
function assertSecrecy(
  reply: Reply,
  read: string,
  told: { secrets: readonly RegExp[]; kind: Kind; what: string },
) {
  const open = told.kind === 'channel' && reply.audience === 'everyone' && !PROGRESS.test(told.what);
  for (const secret of open ? [...told.secrets, CUSTOMER_DATA] : told.secrets) {
    const found = secret.exec(read);
    assert.equal(
      found?.[0],
      undefined,
      `${told.what}

${read}`,
    );
  }
}

for (const who of PEOPLE) {
  describe(`${who} reads nothing that is not for them`, () => {
    let house: House;
    before(async () => {
      house = await openHouse();
    });
    after(() => house.talk.close());

    for (const kind of Object.keys(PLACES) as Kind[]) {
      const secrets = secretsOf(who, kind);
      // Of those who may see everything one is enough: each request is at least answered without a fault.
      if (secrets.length === 0 && who !== 'priya') continue;

      test(`whatever they say in a ${kind} place`, async () => {
        const person = house.talk.as(who, PLACES[kind]);
        await person.say('use contoso');
        for (const text of commandsAbout(house.targets)) {
          const reply = await person.say(text);
          assertSecrecy(reply, withoutEcho(reply, [text]), { secrets, kind, what: text });
          if (text.startsWith('use ')) await person.say('use contoso');
        }
      });

      test(`whatever they press in a ${kind} place`, async () => {
        const person = house.talk.as(who, PLACES[kind]);
        for (const { verb, values } of pressesAbout(house.targets)) {
          const reply = await person.submit(verb, values);
          const read = withoutEcho(reply, Object.values(values).map(String));
          assertSecrecy(reply, read, { secrets, kind, what: `${verb} ${JSON.stringify(values)}` });
        }
      });
    }
  });
}

test('a stranger gets one and the same sentence for everything', async (t) => {
  const house = await openHouse();
  t.after(() => house.talk.close());
  for (const place of Object.values(PLACES)) {
    const stranger = house.talk.as('stranger', place);
    const first = await stranger.say('hello');
    assert.match(first.text, /^I don’t know you yet[^.]*\.$/);
    assert.equal(first.card, undefined);
    for (const text of commandsAbout(house.targets)) assert.deepEqual(await stranger.say(text), first, text);
    for (const { verb, values } of pressesAbout(house.targets)) {
      assert.deepEqual(await stranger.submit(verb, values), first, verb);
    }
    assert.deepEqual(await stranger.submit('say', { text: 'orders' }), first);
  }
});
