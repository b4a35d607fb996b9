/** What is offered while somebody types: who sees what, what fits, and how soon. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DATASETS } from '../../src/chat/card.ts';
import { onBothEngines } from '../support/database.ts';
import { channel, openTalk, type Talk } from '../support/talk.ts';

const values = (choices: readonly { value: string }[]) => choices.map(({ value }) => value);
const titles = (choices: readonly { title: string }[]) => choices.map(({ title }) => title);

onBothEngines('search as you type', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  test('users: by how any word of the name or the address begins, those of the address first', async () => {
    const carla = talk.as('carla');
    await talk.db
      .updateTable('users')
      .set({ first_name: 'Bea', last_name: 'Cárdenas' })
      .where('email', 'like', 'alice%')
      .execute();

    assert.deepEqual(values(await carla.search('users', '')), [
      'alice@contoso.example',
      'bob@contoso.example',
      'carol@contoso.example',
    ]);
    assert.deepEqual(titles(await carla.search('users', 'b')), [
      'bob@contoso.example',
      'alice@contoso.example · Bea Cárdenas',
    ]);
    assert.deepEqual(values(await carla.search('users', 'CÁRD be')), ['alice@contoso.example']);
    assert.deepEqual(values(await carla.search('users', 'alice@con')), ['alice@contoso.example']);
    assert.deepEqual(values(await carla.search('users', '@contoso', 2)).length, 2);
    assert.deepEqual(await carla.search('users', 'nobody'), []);
    assert.deepEqual(await carla.search('users', "o'%_\\:*&|!("), []);
    await talk.db
      .updateTable('users')
      .set({ first_name: null, last_name: null })
      .where('email', 'like', 'alice%')
      .execute();
  });

  test('an address that nobody has yet can be chosen, one that somebody has is not offered twice', async () => {
    const carla = talk.as('carla');
    assert.deepEqual(await carla.search('users', 'Dave@Contoso.example'), [
      { title: 'dave@contoso.example · not a user yet', value: 'dave@contoso.example' },
    ]);
    assert.deepEqual(values(await carla.search('users', 'bob@contoso.example')), ['bob@contoso.example']);
  });

  test('where only users make sense that there are, no other address is offered', async () => {
    const carla = talk.as('carla');
    assert.deepEqual(values(await carla.search('known-users', 'bob')), ['bob@contoso.example']);
    assert.deepEqual(await carla.search('known-users', 'dave@contoso.example'), []);
    for (const form of ['release', 'move', 'user'])
      assert.match(JSON.stringify((await carla.say(form)).card), /"dataset":"known-users"/, form);
    assert.match(JSON.stringify((await carla.say('associate')).card), /"dataset":"users"/);
  });

  test('a user can be chosen by a short key too, by those who see them alone', async () => {
    const long = `${'long'.repeat(15)}@${'a'.repeat(40)}.contoso.example`;
    const { id: contoso } = await talk.db
      .selectFrom('organizations')
      .select('id')
      .where('name', '=', 'Contoso')
      .executeTakeFirstOrThrow();
    await talk.db.insertInto('users').values({ organization_id: contoso, email: long }).execute();
    const carla = talk.as('carla');
    const [found] = await carla.search('known-users', 'longlong');
    assert.equal(found?.value, long);
    const { key = '' } = found;
    assert.ok(key.length > 0 && key.length <= 20, key);

    const form = await carla.say('associate 10023/1');
    const given = await carla.press(form, 'Associate', { service: '10023/1', user: key, units: '1' });
    assert.match(given.text, new RegExp(long));
    const looked = await carla.press(await carla.say('user'), 'Show', { user: key });
    assert.match(looked.text, new RegExp(long));
    const move = { user: key, from: '10023/1', to: '10024/1' };
    assert.match((await carla.press(await carla.say('move'), 'Move', move)).text, new RegExp(long));
    const release = { service: '10024/1', user: key };
    assert.match((await carla.press(await carla.say('release'), 'Release', release)).text, new RegExp(long));

    const priya = talk.as('priya', channel('fabrikam key'));
    await priya.say('use Fabrikam');
    const theirs = await priya.press(await priya.say('user'), 'Show', { user: key });
    assert.doesNotMatch(theirs.text, new RegExp(long));
    await talk.db.deleteFrom('users').where('email', '=', long).execute();
  });

  test('services: by number, position, product and both, with what the form needs to know', async () => {
    const carla = talk.as('carla');
    assert.deepEqual(titles(await carla.search('services', '10023/')), [
      '10023/1 · UniversalMessaging Small Business Edition (1GB) · 7 of 10 free',
      '10023/2 · Office 365 E3 · 3 of 5 free',
      '10023/3 · Webex Suite · 0 of 2 free',
    ]);
    assert.deepEqual(values(await carla.search('services', 'hamaracloud10023/2')), ['10023/2']);
    assert.deepEqual(values(await carla.search('services', '10023 webex')), ['10023/3']);
    assert.deepEqual(values(await carla.search('services', 'universal')), ['10024/1', '10023/1']);
    assert.deepEqual(titles(await carla.search('free-services', '')), [
      '10024/1 · UniversalMessaging Small Business Edition (1GB) · 2,000 free',
      '10023/1 · UniversalMessaging Small Business Edition (1GB) · 7 free',
      '10023/2 · Office 365 E3 · 3 free',
    ]);
    assert.deepEqual(titles(await carla.search('used-services', '1002')), [
      '10023/1 · UniversalMessaging Small Business Edition (1GB) · 3 associated',
      '10023/2 · Office 365 E3 · 2 associated',
      '10023/3 · Webex Suite · 2 associated',
    ]);
    assert.deepEqual(await carla.search('free-services', 'webex'), []);
    assert.deepEqual(await carla.search('services', '10023/x'), []);
    assert.deepEqual(await carla.search('services', '10025'), [], 'of somebody else’s order');
  });

  test('services of one user: only those of which they have units, and only what one may see', async () => {
    const carla = talk.as('carla');
    const of = (user: string) => carla.search('used-services', '', 20, { user });
    const all = values(await carla.search('used-services', ''));
    for (const user of ['alice@contoso.example', 'bob@contoso.example', 'carol@contoso.example']) {
      const rows = await talk.db
        .selectFrom('associations as a')
        .innerJoin('users as u', 'u.id', 'a.user_id')
        .innerJoin('services as s', 's.id', 'a.service_id')
        .innerJoin('orders as o', 'o.id', 's.order_id')
        .select(['o.number', 's.position'])
        .where('u.email', '=', user)
        .execute();
      const theirs = rows.map(({ number, position }) => `${number}/${position}`).toSorted();
      assert.ok(theirs.length > 0 && theirs.every((service) => all.includes(service)), user);
      assert.deepEqual(values(await of(user)).toSorted(), theirs, user);
    }
    const [one] = await carla.search('used-services', 'webex', 20, { user: ' Alice@Contoso.example ' });
    assert.equal(
      one?.value,
      values(await of('alice@contoso.example')).find((value) => value === '10023/3'),
    );
    assert.deepEqual(await of('nobody@contoso.example'), []);
    assert.deepEqual(values(await of('half typed')), all, 'what names nobody narrows nothing');
    assert.deepEqual(
      await talk.as('stranger').search('services', '', 20, { user: 'alice@contoso.example' }),
      [],
    );
  });

  test('orders: the number first, then what is in them; several customers are named', async () => {
    const [carla, priya] = [talk.as('carla'), talk.as('priya')];
    assert.deepEqual(values(await carla.search('orders', '')), ['10027', '10024', '10023']);
    assert.equal((await carla.search('orders', '10023'))[0]?.value, '10023');
    assert.deepEqual(values(await carla.search('orders', 'hamaracloud10024')), ['10024']);
    assert.deepEqual(values(await carla.search('orders', 'webex')), ['10023']);
    assert.deepEqual(values(await carla.search('orders', 'draft')), ['10027']);
    const failed = await priya.search('orders', '10025');
    assert.match(failed[0]?.title ?? '', /^10025 · Provisioning failed · .+ · Fabrikam$/);
  });

  test('nobody is offered what is not theirs to see', async () => {
    const everything = async (who: Parameters<Talk['as']>[0], at?: Parameters<Talk['as']>[1]) => {
      const of = talk.as(who, at);
      const asked = DATASETS.flatMap((dataset) =>
        ['', '1', 'a', 'office'].map((words) => of.search(dataset, words, 100)),
      );
      return values((await Promise.all(asked)).flat());
    };
    assert.deepEqual(await everything('stranger'), []);
    for (const who of ['carla', 'chris', 'nora'] as const) {
      const seen = await everything(who);
      assert.ok(
        seen.includes('10023') && seen.includes('10023/1') && seen.includes('alice@contoso.example'),
        who,
      );
      assert.ok(!seen.some((value) => /1002[58]|fabrikam/.test(value)), who);
    }
    assert.ok((await everything('priya')).includes('10026'));
    assert.ok((await everything('nora')).includes('10026'));
    for (const seen of [
      await everything('carla'),
      await everything('chris'),
      await everything('priya', channel('all')),
    ])
      assert.ok(!seen.includes('10026'), 'an order that changes the markup alone');
  });

  test('where a customer is chosen or the channel is theirs, it is theirs that are found', async () => {
    const ops = channel('fabrikam');
    const priya = talk.as('priya', ops);
    await priya.say('use Fabrikam');
    assert.deepEqual(values(await priya.search('orders', '10023')), []);
    assert.ok(values(await priya.search('orders', '')).includes('10025'));
    const fabrikam = await talk.db
      .selectFrom('organizations')
      .select('id')
      .where('name', '=', 'Fabrikam')
      .executeTakeFirstOrThrow();
    const { platform, conversation } = channel('theirs');
    await talk.db
      .insertInto('bound_channels')
      .values({ platform, conversation, organization_id: fabrikam.id, bound_by: 'Priya' })
      .execute();
    assert.deepEqual(await talk.as('carla', channel('theirs')).search('services', ''), []);
    assert.deepEqual(values(await talk.as('priya', channel('theirs')).search('orders', '10023')), []);
  });
});
