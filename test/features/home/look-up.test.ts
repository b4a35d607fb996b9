/** What people look up to show it to others. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { openLookUp, openTraffic, register } from '../../../src/bot/index.ts';
import { TOPICS } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import { features } from '../../../src/features.ts';
import { complaints } from '../../cards/rules.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, PEOPLE, settings } from '../../support/talk.ts';
import { conversationOf } from '../secrecy/furnish.ts';
import { type House, openHouse } from '../secrecy/house.ts';
import { secretsOf } from '../secrecy/secrets.ts';
import { lookingUp } from './looking-up.ts';

const group: Place = { platform: 'test', conversation: 'group:1', kind: 'group', name: '' };

onBothEngines('looking something up for a message', (engine) => {
  let talk: CalmTalk;
  let looking: ReturnType<typeof lookingUp>;
  let place: Place;
  let conversations = 0;
  before(async () => {
    talk = await openCalmTalk(engine);
    looking = lookingUp(talk);
  });
  after(() => talk.close());
  beforeEach(() => {
    place = channel(`shown ${++conversations}`);
  });
  const find = async (
    ...[who, topic, words, page]: [
      keyof typeof PEOPLE,
      (typeof TOPICS)[number],
      string,
      { skip: number; most: number }?,
    ]
  ) => {
    const found = await looking.find(who, place, topic, words, page);
    assert.ok(typeof found !== 'string');
    return found;
  };

  test('finds an order by its number, with all that may be said of it to others', async () => {
    const [order, ...more] = await find('nora', 'orders', '10023');

    assert.deepEqual(more, []);
    assert.equal(order?.title, 'HAMARACLOUD10023 · Contoso');
    assert.equal(order?.detail, 'Completed, 10 of 17 units free.');
    assert.doesNotMatch(JSON.stringify(order?.card), /Only you|previews off|€|markup/i);
  });

  test('finds services by product, and users by name, each with what they come to', async () => {
    const services = await find('nora', 'services', 'webex');
    assert.match(services[0]?.title ?? '', /^Webex Suite · 10023\/3$/);
    assert.match(
      services[0]?.detail ?? '',
      /^Contoso: 0 of 2 free, 2 units associated\. Fully implemented\.$/,
    );

    const [alice] = await find('nora', 'users', 'alice');
    assert.match(alice?.title ?? '', /alice@contoso\.example$/);
    assert.match(alice?.detail ?? '', /^Contoso: Has \d+ units? of \d+ services?\.$/);
  });

  test('without a word finds what is new, page by page, nothing twice', async () => {
    for (const topic of TOPICS) {
      const all = await find('priya', topic, '');
      const first = await find('priya', topic, '', { skip: 0, most: 2 });
      const second = await find('priya', topic, '', { skip: 2, most: 2 });
      assert.deepEqual(
        [...first, ...second].map(({ title }) => title),
        all.slice(0, 4).map(({ title }) => title),
        topic,
      );
      assert.deepEqual(await find('priya', topic, '', { skip: 5_000, most: 2 }), []);
      for (const { card } of all) assert.deepEqual(complaints(card), []);
    }
  });

  test('finds in the channel of a customer only what is theirs, and in one of others nothing', async () => {
    await talk.as('priya', place).say('use fabrikam here');

    for (const topic of TOPICS) {
      const theirs = await find('priya', topic, '');
      assert.doesNotMatch(JSON.stringify(theirs), /Contoso/i, topic);
      assert.deepEqual(await find('nora', topic, ''), [], topic);
    }
    assert.deepEqual(await find('priya', 'orders', '10023'), []);
  });

  test('is nothing for a stranger', async () => {
    assert.equal(await looking.find('stranger', group, 'orders', ''), 'stranger');
  });

  test('a fault is not told as if there were nothing, and is logged', async () => {
    const faults: [unknown, string][] = [];
    const away = new Error('away');
    const find = openLookUp({
      db: talk.db,
      settings,
      registry: { ...register(features), lookUp: () => () => Promise.reject(away) },
      traffic: openTraffic(0),
      clock: () => new Date(),
      observe: () => undefined,
      logFault: (fault, _, what) => void faults.push([fault, what]),
    });
    const nora = { platform: 'test', id: 'nora', name: 'nora', email: PEOPLE.nora };
    const wanted = { person: nora, place, topic: 'orders', words: '', skip: 0, most: 25 } as const;
    assert.equal(await find(wanted), 'failed');
    assert.deepEqual(faults, [[away, 'look up orders']]);
  });

  test('takes odd words and numbers as they come', async () => {
    for (const words of ['%', "'; drop table orders", '\u0000', '10023/', '@', 'x'.repeat(5_000)]) {
      for (const topic of TOPICS) await find('priya', topic, words, { skip: Number.NaN, most: -3 });
    }
    assert.ok((await find('priya', 'orders', '', { skip: 0, most: 1e9 })).length <= 25);
  });

  test('a link is shown where all may see the order anyway, and nowhere else', async () => {
    const url = 'https://qm.example/api/v1/orders/HAMARACLOUD10023';
    assert.equal(await looking.ofLink('nora', place, url), undefined);
    assert.equal(await looking.ofLink('nora', group, url), undefined);
    await talk.as('nora', place).say('use contoso here');
    assert.match((await looking.ofLink('nora', place, url))?.title ?? '', /10023/);
    assert.match((await looking.ofLink('chris', place, url))?.title ?? '', /10023/);
    assert.equal(await looking.ofLink('stranger', place, url), undefined);
    assert.equal(await looking.ofLink('priya', place, url.replace('10023', '10025')), undefined);
    assert.equal(await looking.ofLink('nora', place, url.replace('qm.', 'evil.')), undefined);
    const alone: Place = { platform: 'test', conversation: 'personal:nora', kind: 'personal', name: '' };
    assert.ok(await looking.ofLink('nora', alone, url));
    assert.equal(await looking.ofLink('nora', alone, url.replace('10023', '10025')), undefined);
  });

  test('a link is not shown where nobody wants that', async () => {
    await talk.as('nora', place).say('use contoso here');
    await talk.as('nora', place).say('previews off here');
    assert.equal(await looking.ofLink('nora', place, 'https://qm.example/api/v1/orders/10023'), undefined);
  });
});

describe('what is shown to others tells no secrets', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.talk.close());

  const bound = (name: 'Contoso' | 'Fabrikam'): Place => ({
    platform: 'test',
    conversation: conversationOf(name),
    kind: 'channel',
    name: '#bound',
  });
  const PLACES = {
    channel: channel('licences'),
    'channel of Contoso': bound('Contoso'),
    'channel of Fabrikam': bound('Fabrikam'),
  } as const;

  for (const who of ['priya', 'arjun', 'nora', 'carla', 'chris'] as const) {
    for (const kind of ['channel', 'channel of Contoso', 'channel of Fabrikam'] as const) {
      test(`by ${who} in a ${kind}`, async () => {
        const looking = lookingUp(house.talk);
        const words = house.targets.flatMap(({ orders, user, word }) => [...orders, user, word]);
        for (const topic of TOPICS) {
          for (const typed of ['', ...words]) {
            const found = await looking.find(who, PLACES[kind], topic, typed);
            const read = JSON.stringify(found);
            for (const secret of secretsOf(who, kind, house.prices)) assert.doesNotMatch(read, secret);
            if (kind === 'channel of Contoso') assert.doesNotMatch(read, /Fabrikam|Tailspin/);
            if (kind === 'channel of Fabrikam') assert.doesNotMatch(read, /Contoso|Tailspin/);
          }
        }
      });
    }
  }
});
