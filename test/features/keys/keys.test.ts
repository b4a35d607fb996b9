import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { holderOf } from '../../../src/features/keys/holder.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Talk } from '../../support/talk.ts';
import { buttons, cardText } from '../bulk/support.ts';

const KEY = /qm_[\w-]{43}/;
const keyIn = (text: string): string => KEY.exec(text)?.[0] ?? '';

onBothEngines('keys', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  const holder = (key: string) => holderOf(talk.db, `Bearer ${key}`, new Date());

  /** Every text of every table. */
  async function everything(): Promise<string> {
    const { rows: tables } = await sql<{ schema: string; name: string }>`
      select table_schema as schema, table_name as name from information_schema.tables
      where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`.execute(talk.db);
    const texts = [];
    for (const { schema, name } of tables) {
      const { rows } = await sql<{ text: string }>`
        select coalesce(string_agg(t::text, ' '), '') as text from ${sql.table(`${schema}.${name}`)} t`.execute(
        talk.db,
      );
      texts.push(rows[0]?.text ?? '');
    }
    return texts.join('\n');
  }

  test('a key is shown once, to who asked, and works until it is revoked', async () => {
    const priya = talk.as('priya');
    const made = await priya.say('key new billing');
    const key = keyIn(made.text);
    assert.match(key, KEY);
    assert.equal(made.audience, 'asker');
    assert.ok(cardText(made).includes(key));
    assert.deepEqual((await holder(key))?.organization.name, 'HamaraCloud');

    const list = await priya.say('keys');
    assert.match(list.text, /billing/);
    assert.doesNotMatch(list.text + cardText(list), KEY);
    const [, id] = /(\d+): billing/.exec(list.text) ?? [];
    const ask = await priya.say(`key revoke ${id}`);
    assert.notEqual(await holder(key), undefined);
    const done = await priya.press(ask, 'Revoke');
    assert.match(done.text, /works no more/);
    assert.equal(await holder(key), undefined);
    assert.match((await priya.say(`key revoke ${id}`)).text, /was revoked/);
  });

  test('nothing of a key is in the database, also where the request is repeated', async () => {
    const priya = talk.as('priya');
    const form = await priya.say('key new', [], 'ask-1');
    const once = randomUUID();
    const made = await priya.submit('key.new', { name: 'crm', once }, 'press-1');
    const key = keyIn(made.text);
    const again = await priya.submit('key.new', { name: 'crm', once }, 'press-2');
    assert.match(form.text, /key/);
    assert.match(again.text, /was shown once and is not kept/);
    assert.doesNotMatch(JSON.stringify(again), KEY);
    const stored = await everything();
    assert.ok(stored.includes('crm'), 'the search sees what is stored');
    assert.ok(!stored.includes(key));
    assert.ok(!stored.includes(key.slice(8, 30)), 'not even a part of it');
  });

  test('a form without a name, or with one that is there, comes back with the reason', async () => {
    const priya = talk.as('priya');
    await priya.say('key new twice');
    const form = await priya.say('key new');
    const taken = await priya.press(form, 'Make the key', { name: 'Twice' });
    assert.match(cardText(taken), /There is a key “Twice” already/);
    assert.ok(JSON.stringify(taken.card).includes('"value":"Twice"'));
    const empty = await priya.press(await priya.say('key new'), 'Make the key', { name: '  ' });
    assert.match(empty.text, /Write a name/);
    const long = await priya.say(`key new ${'x'.repeat(51)}`);
    assert.match(long.text, /Up to 50 letters/);
  });

  test('a reseller’s key stands for the reseller, and its admin sees no others', async () => {
    const nora = talk.as('nora');
    const key = keyIn((await nora.say('key new northwind shop')).text);
    assert.equal((await holder(key))?.organization.name, 'Northwind Partners');
    const list = await nora.say('keys');
    assert.match(list.text, /northwind shop/);
    assert.doesNotMatch(list.text, /billing|crm/);
    const [, others] = /(\d+): crm/.exec((await talk.as('priya').say('keys')).text) ?? [];
    assert.match((await nora.say(`key revoke ${others}`)).text, /no key/);
    assert.match(
      (await nora.submit('key.revoke', { key: Number(others), once: randomUUID() })).text,
      /no key/,
    );
    assert.match((await talk.as('priya').say('keys')).text, /northwind shop/);
  });

  test('nobody else may make, list or revoke one', async () => {
    for (const who of ['arjun', 'carla', 'chris'] as const) {
      for (const command of ['keys', 'key new mine', 'key revoke 1'])
        assert.match((await talk.as(who).say(command)).text, /may not do that/, `${who}: ${command}`);
      assert.match(
        (await talk.as(who).submit('key.new', { name: 'mine', once: randomUUID() })).text,
        /may not/,
      );
    }
    assert.doesNotMatch((await talk.as('stranger').say('keys')).text, /billing/);
  });

  test('in a channel only who asked sees it', async () => {
    const made = await talk.as('priya', channel('ops')).say('key new from the channel');
    assert.equal(made.audience, 'asker');
    assert.deepEqual(buttons(made), ['Keys', made.card?.actions?.[1]?.title]);
  });

  test('what could be no key is none', async () => {
    for (const header of [
      undefined,
      '',
      'Bearer',
      'Bearer qm_short',
      'Basic cTpt',
      `Bearer qm_${'a'.repeat(43)}`,
    ])
      assert.equal(await holderOf(talk.db, header, new Date()), undefined);
  });
});
