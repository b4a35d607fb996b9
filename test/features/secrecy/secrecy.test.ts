import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Place } from '../../../src/chat/place.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { voice } from '../../../src/features/help/index.ts';
import { channel, type Post } from '../../support/talk.ts';
import { textsOfDatabase } from '../accounts/support.ts';
import { conversationOf } from './furnish.ts';
import { type House, openHouse, type Target } from './house.ts';
import { type Press, pressesAbout, readSold, verbs } from './pressed.ts';
import { commandsAbout, eachCommandAbout, goneCommands, unknownCommands } from './said.ts';
import { closedIn, secretsOf, type Where, withoutEcho } from './secrets.ts';
import { fingerprint, unknownTables } from './untouched.ts';
import type { WORDS } from './words.ts';

const PEOPLE = ['priya', 'arjun', 'nora', 'carla', 'chris'] as const;
type Somebody = (typeof PEOPLE)[number];
const PLACES = { personal: undefined, channel: channel('licences') };
/** Channels that belong to a customer: its answers are for everybody there. */
const boundTo = (name: keyof typeof WORDS): Place => ({
  platform: 'test',
  conversation: conversationOf(name),
  kind: 'channel',
  name: '#bound',
});
const BOUND = { 'channel of Contoso': boundTo('Contoso'), 'channel of Fabrikam': boundTo('Fabrikam') };

/** Of which organizations nothing may change, whatever this person does. */
const FOREIGN: Readonly<Record<Somebody, readonly (keyof typeof WORDS)[]>> = {
  priya: [],
  arjun: [],
  nora: ['HamaraCloud', 'Fabrikam'],
  carla: ['HamaraCloud', 'Northwind Partners', 'Tailspin', 'Fabrikam'],
  chris: ['HamaraCloud', 'Northwind Partners', 'Tailspin', 'Fabrikam', 'Contoso'],
};

/**
 * What may be for everybody in a channel although it names a customer: a job's progress, and a request for approval
 * on the card that everybody there sees.
 */
const PROGRESS = /^(job \d|bulk\.|approvals\.(approve|refuse) .*"shared":true)/;

/** A key of another program, as it is shown once. */
const KEY = /qm_[\w-]{43}/g;

type Told = { readonly secrets: readonly RegExp[]; readonly kind: Where; readonly what: string };

/** What an answer says that this person may not read there, with what stands around it. */
function leaksIn(reply: Reply, read: string, { secrets, kind, what }: Told): string[] {
  const open = reply.audience === 'everyone' && !PROGRESS.test(what);
  const closed = open ? closedIn(kind) : undefined;
  return (closed === undefined ? secrets : [...secrets, closed]).flatMap((secret) => {
    const found = secret.exec(read);
    if (found === null) return [];
    const around = read.slice(Math.max(0, found.index - 100), found.index + 100);
    return [`${what}: ${found[0]}, in ${around}`];
  });
}

test('it is known what follows each command, and to whom the rows of each table belong', async (t) => {
  assert.deepEqual(unknownCommands(), []);
  assert.deepEqual(goneCommands(), []);
  const house = await openHouse();
  t.after(() => house.talk.close());
  assert.deepEqual(await unknownTables(house.talk.db), []);
});

for (const who of PEOPLE) {
  describe(`${who} reads nothing that is not for them`, () => {
    let house: House;
    let presses: Press[];
    let rowsBefore: Readonly<Record<string, string>>;
    let posted: number;
    const keys = new Set<string>();
    const rememberKeys = (reply: Reply) => {
      for (const [key] of JSON.stringify(reply).matchAll(KEY)) keys.add(key);
    };
    const rowsNow = () => fingerprint(house.talk.db, whose(house.targets, who));
    before(async () => {
      house = await openHouse();
      presses = pressesAbout(house.targets, await readSold(house.talk.db));
      rowsBefore = await rowsNow();
      posted = house.talk.posts.length;
    });
    after(() => house.talk.close());

    for (const kind of Object.keys(PLACES) as (keyof typeof PLACES)[]) {
      // Of those who may see everything one is enough: each request is at least answered without a fault.
      if (kind === 'personal' && who === 'arjun') continue;
      test(`whatever they press in a ${kind} place`, async () => {
        const person = house.talk.as(who, PLACES[kind]);
        const secrets = secretsOf(who, kind, house.prices);
        const understood = new Set<string>();
        const leaks: string[] = [];
        await person.say('use contoso');
        for (const { verb, values } of presses) {
          const reply = await person.submit(verb, values);
          if (reply.text !== voice.outdated().text) understood.add(verb);
          rememberKeys(reply);
          const read = withoutEcho(reply, Object.values(values).map(String));
          leaks.push(...leaksIn(reply, read, { secrets, kind, what: `${verb} ${JSON.stringify(values)}` }));
        }
        assert.deepEqual(leaks, []);
        // A verb whose values never fit was not tried at all.
        if (who === 'priya')
          assert.deepEqual(
            verbs.filter((verb) => !understood.has(verb)),
            [],
          );
      });

      test(`whatever they say in a ${kind} place`, async () => {
        const person = house.talk.as(who, PLACES[kind]);
        const secrets = secretsOf(who, kind, house.prices);
        const leaks: string[] = [];
        await person.say('use contoso');
        for (const text of commandsAbout(house.targets)) {
          const reply = await person.say(text);
          rememberKeys(reply);
          leaks.push(...leaksIn(reply, withoutEcho(reply, [text]), { secrets, kind, what: text }));
          // The channel belongs to nobody again, and the person looks at Contoso.
          if (/^use .* here$/.test(text)) await person.say('use nobody here');
          if (text.startsWith('use ')) await person.say('use contoso');
        }
        assert.deepEqual(leaks, []);
      });
    }

    test('whatever they say in a channel of a customer', async () => {
      const leaks: string[] = [];
      for (const kind of Object.keys(BOUND) as (keyof typeof BOUND)[]) {
        const person = house.talk.as(who, BOUND[kind]);
        const secrets = secretsOf(who, kind, house.prices);
        for (const text of eachCommandAbout(house.targets)) {
          if (/^(use|notify) /.test(text)) continue;
          const reply = await person.say(text);
          const what = `${text} (${kind})`;
          leaks.push(...leaksIn(reply, withoutEcho(reply, [text]), { secrets, kind, what }));
        }
      }
      assert.deepEqual(leaks, []);
    });

    test('whatever was posted to them', () => {
      const isTheirs = ({ place }: Post) => place.conversation === `personal:${who}`;
      const told = {
        secrets: secretsOf(who, 'personal', house.prices),
        kind: 'personal',
        what: 'a post',
      } as const;
      const leaks = house.talk.posts
        .slice(posted)
        .filter(isTheirs)
        .flatMap(({ reply }) => leaksIn(reply, JSON.stringify(reply), told));
      assert.deepEqual(leaks, []);
    });

    test('and no key that they were shown is kept', async () => {
      const keepers: readonly Somebody[] = ['priya', 'nora'];
      assert.equal(keys.size > 0, keepers.includes(who));
      const kept = keys.size === 0 ? [] : await textsOfDatabase(house.talk.db);
      for (const key of keys)
        assert.deepEqual(
          kept.filter((text) => text.includes(key)),
          [],
        );
    });

    test('and nothing of others has changed', async () => {
      if (who !== 'priya') assert.deepEqual(await rowsNow(), rowsBefore);
      const { ids } = whose(house.targets, who);
      const views = house.talk.db.selectFrom('customer_views').select('organization_id');
      const chosen = await views.where('person', '=', who).execute();
      const own = house.targets.find(({ customer }) => customer === 'Contoso')?.customerId;
      assert.deepEqual(
        chosen.filter(({ organization_id: id }) => id !== own && ids.includes(id)),
        [],
      );
    });
  });
}

function whose(targets: readonly Target[], who: Somebody) {
  const foreign = targets.filter(({ customer }) => FOREIGN[who].some((name) => name === customer));
  return {
    ids: [...new Set(foreign.map(({ customerId }) => customerId))],
    words: [...new Set(foreign.map(({ word }) => word))],
  };
}

test('a stranger gets one and the same sentence for everything', async (t) => {
  const house = await openHouse();
  t.after(() => house.talk.close());
  const presses = pressesAbout(house.targets, await readSold(house.talk.db));
  for (const place of Object.values(PLACES)) {
    const stranger = house.talk.as('stranger', place);
    const first = await stranger.say('hello');
    assert.match(first.text, /^I don’t know you yet[^.]*\.$/);
    assert.equal(first.card, undefined);
    for (const text of commandsAbout(house.targets)) assert.deepEqual(await stranger.say(text), first, text);
    for (const { verb, values } of presses) {
      assert.deepEqual(await stranger.submit(verb, values), first, verb);
    }
    assert.deepEqual(await stranger.submit('say', { text: 'orders' }), first);
  }
});
