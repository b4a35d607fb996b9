import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { UNNAMED } from '../../../src/chat/card.ts';
import { ensureFirstAdmins } from '../../../src/features/access/first-admins.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, errorAt, fields, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { PEOPLE } from '../../support/talk.ts';

onBothEngines('roles, given and taken by form', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());
  const roleOf = async (email: string) =>
    (await talk.db.selectFrom('members').select('role').where('email', '=', email).executeTakeFirst())?.role;

  for (const [who, asked, roles] of [
    ['priya', ['person', 'role', 'in'], 5],
    ['nora', ['person', 'role', 'in'], 3],
    ['carla', ['person', 'role'], 2],
  ] as const) {
    test(`${who} may give ${roles} roles`, async () => {
      const members = await talk.as(who).say('members');
      const form = await talk.as(who).press(members, 'Give a role');
      assert.deepEqual(fields(form), asked);
      assert.equal(choices(form, 'role').length, roles);
    });
  }

  test('the form gives a role', async () => {
    const nora = talk.as('nora');
    const form = await nora.say('grant');
    const done = await nora.press(form, 'Give the role', {
      person: 'Zoe@Contoso.example',
      role: 'customer admin',
      in: 'cont',
    });
    assert.match(done.text, /^zoe@contoso\.example has the role customer admin in Contoso now/);
    assert.equal(done.position, 'instead');
    assert.equal(await roleOf('zoe@contoso.example'), 'customer admin');
  });

  test('who chose somebody whose address is not told is asked to write it', async () => {
    for (const [say, title] of [
      ['grant', 'Give the role'],
      ['revoke', 'Take the role away'],
    ] as const) {
      const form = await talk.as('nora').say(say);
      const back = await talk.as('nora').press(form, title, { person: UNNAMED, role: 'customer' });
      assert.match(errorAt(back, 'person') ?? '', /not told the e-mail address .*Write it\.$/s);
      assert.equal(typed(back, 'person'), undefined);
    }
  });

  for (const [field, values, sentence] of [
    ['person', { person: 'zoe', role: 'customer' }, /“zoe” is not an e-mail address/],
    ['person', { person: PEOPLE.nora, role: 'customer' }, /can’t change your own role/],
    ['person', { person: PEOPLE.priya, role: 'customer' }, /can’t be given a role by you/],
    ['role', { person: 'yan@contoso.example' }, /^Choose a role\.$/],
    ['role', { person: 'yan@contoso.example', role: 'provider admin' }, /does not let you give/],
    ['in', { person: 'yan@contoso.example', role: 'customer', in: 'fabrikam' }, /no organization “fabrikam”/],
    ['in', { person: 'yan@contoso.example', role: 'customer', in: 'northwind' }, /is a reseller; the role/],
  ] as const) {
    test(`${field} ${JSON.stringify(values)} comes back with its sentence`, async () => {
      const nora = talk.as('nora');
      const again = await nora.press(await nora.say('grant'), 'Give the role', values);
      assert.match(errorAt(again, field) ?? '', sentence);
      assert.equal(typed(again, 'person'), values.person);
      assert.equal(await roleOf('yan@contoso.example'), undefined);
    });
  }

  test('all that is wrong is said at once, each beside its field', async () => {
    const nora = talk.as('nora');
    const values = { person: 'yan', role: '', in: 'fabrikam' };
    const again = await nora.press(await nora.say('grant'), 'Give the role', values);
    assert.deepEqual(
      ['person', 'role', 'in'].map((field) => errorAt(again, field)),
      [
        '“yan” is not an e-mail address. Mention the person, or write the e-mail address.',
        'Choose a role.',
        'There is no organization “fabrikam” that you can see. Write part of its name.',
      ],
    );
    assert.equal(typed(again, 'in'), 'fabrikam');
    const other = { person: '', role: 'account manager', in: '' };
    const third = await nora.press(again, 'Give the role', other);
    assert.equal(errorAt(third, 'person'), 'Mention the person, or write the e-mail address.');
    assert.match(errorAt(third, 'role') ?? '', /does not let you give/);
    assert.equal(errorAt(third, 'in'), undefined);
  });

  test('a role that was given is taken away again by undo, or made the former one', async () => {
    const carla = talk.as('carla');
    await carla.say('grant wei@contoso.example customer');
    await carla.say('grant wei@contoso.example customer admin');
    assert.equal(
      (await carla.say('undo')).text,
      'Undone: Made wei@contoso.example customer admin of Contoso.',
    );
    assert.equal(await roleOf('wei@contoso.example'), 'customer');
    const [entry] = await talk.db
      .selectFrom('history')
      .select('id')
      .where('summary', '=', 'Made wei@contoso.example customer of Contoso')
      .execute();
    assert.match((await talk.as('chris').say(`undo ${entry?.id}`)).text, /may not do that/);
    assert.match((await talk.as('arjun').say(`undo ${entry?.id}`)).text, /Only who did it, or an admin/);
    await carla.say(`undo ${entry?.id}`);
    assert.equal(await roleOf('wei@contoso.example'), undefined);

    await carla.say('grant wei@contoso.example customer');
    await talk.as('nora').say('grant wei@contoso.example reseller admin');
    assert.match((await carla.say('undo')).text, /The role of wei@contoso\.example has changed since/);
    assert.equal(await roleOf('wei@contoso.example'), 'reseller admin');
    // She moved to another organization, and lost notices on the way.
    assert.match((await talk.as('nora').say('undo')).text, /can’t be undone/);
    await talk.as('nora').say('revoke wei@contoso.example');
  });

  test('the form takes a role away', async () => {
    const carla = talk.as('carla');
    await carla.say('grant xia@contoso.example customer');
    const form = await carla.press(await carla.say('members'), 'Take a role away');
    const again = await carla.press(form, 'Take the role away', { person: 'nobody@contoso.example' });
    assert.match(errorAt(again, 'person') ?? '', /has no role that you can take/);
    const done = await carla.press(again, 'Take the role away', { person: 'xia@contoso.example' });
    assert.match(done.text, /^xia@contoso\.example has no role in Contoso any more/);
    assert.equal(await roleOf('xia@contoso.example'), undefined);
    assert.deepEqual(buttons(done), ['Members', 'Give it back']);
    await carla.press(done, 'Give it back');
    assert.equal(await roleOf('xia@contoso.example'), 'customer');
    await carla.say('revoke xia@contoso.example');
  });

  test('an admin of the configuration who was revoked stays so after the next start', async () => {
    const first = ['ada@hamaracloud.example', 'bob@hamaracloud.example'];
    await ensureFirstAdmins(talk.db, first);
    assert.equal(await roleOf('ada@hamaracloud.example'), 'provider admin');
    await talk.as('priya').say('revoke ada@hamaracloud.example');
    await ensureFirstAdmins(talk.db, first);
    assert.equal(await roleOf('ada@hamaracloud.example'), undefined);
    assert.equal(await roleOf('bob@hamaracloud.example'), 'provider admin');

    await talk.as('priya').say('grant ada@hamaracloud.example provider admin');
    assert.equal(await roleOf('ada@hamaracloud.example'), 'provider admin');
    await talk.db.deleteFrom('members').where('email', '=', 'ada@hamaracloud.example').execute();
    await ensureFirstAdmins(talk.db, first);
    assert.equal(await roleOf('ada@hamaracloud.example'), 'provider admin');
    for (const email of first) await talk.as('priya').say(`revoke ${email}`);
  });

  test('nobody takes the last provider admin’s role, nor gives them another one', async () => {
    const { receive } = talk;
    const person = { platform: 'test', id: 'here', name: 'Local', local: true } as const;
    const place = { platform: 'test', conversation: 'here', kind: 'personal', name: 'here' } as const;
    const say = async (text: string) => {
      const texts: string[] = [];
      const request = { kind: 'message', id: randomUUID(), person, place, text, attachments: [] } as const;
      await receive(request, async (reply) => {
        texts.push(reply.text);
        return undefined;
      });
      return texts.join();
    };
    assert.match(
      await say(`revoke ${PEOPLE.priya}`),
      /priya@hamaracloud\.example is the last provider admin/,
    );
    assert.match(await say(`grant ${PEOPLE.priya} account manager`), /is the last provider admin/);
    assert.equal(await roleOf(PEOPLE.priya), 'provider admin');
    await say('grant cyd@hamaracloud.example provider admin');
    assert.match(await say(`revoke ${PEOPLE.priya}`), /has no role in HamaraCloud any more/);
    await say(`grant ${PEOPLE.priya} provider admin`);
  });

  test('where all who were named are revoked and nobody is left, the start lets them in again', async () => {
    await talk.db.insertInto('revoked_admins').values({ email: 'eve@hamaracloud.example' }).execute();
    await ensureFirstAdmins(talk.db, ['eve@hamaracloud.example']);
    assert.equal(await roleOf('eve@hamaracloud.example'), undefined);
    await talk.db.deleteFrom('members').where('role', '=', 'provider admin').execute();
    await ensureFirstAdmins(talk.db, ['eve@hamaracloud.example']);
    assert.equal(await roleOf('eve@hamaracloud.example'), 'provider admin');
  });
});
