import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, rows } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { PEOPLE } from '../../support/talk.ts';
import { addCustomer, organizationId } from '../orders/stock.ts';

onBothEngines('access', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());

  /** Somebody whom the platform vouches for by this address. */
  async function sayAs(email: string, text: string): Promise<Reply> {
    const replies: Reply[] = [];
    const person = { platform: 'test', id: email, name: email, email };
    const place = { platform: 'test', conversation: email, kind: 'personal', name: email } as const;
    await talk.receive(
      { kind: 'message', id: randomUUID(), person, place, text, attachments: [] },
      async (reply) => {
        replies.push(reply);
        return undefined;
      },
    );
    assert.equal(replies.length, 1);
    return replies[0] as Reply;
  }

  const members = (reply: Reply) => rows(reply).map(([person = '']) => person.split('\n')[1]);

  for (const [who, seen] of [
    ['priya', ['carla', 'chris', 'arjun', 'priya', 'nora']],
    ['nora', ['carla', 'chris', 'nora']],
    ['carla', ['carla', 'chris']],
  ] as const) {
    test(`${who} sees ${seen.length} members`, async () => {
      const reply = await talk.as(who).say('members');
      assert.deepEqual(
        members(reply),
        seen.map((one) => PEOPLE[one]),
      );
      assert.match(reply.text, new RegExp(`^.+: ${seen.length} members\n`));
    });
  }

  for (const who of ['arjun', 'chris'] as const) {
    for (const command of ['members', 'grant x@contoso.example customer', 'revoke chris@contoso.example']) {
      test(`${who} may not say ${command}`, async () => {
        assert.match((await talk.as(who).say(command)).text, /^Your role \(.+\) may not do that\./);
      });
    }
  }

  for (const [who, command, role, organization] of [
    ['priya', 'grant ann@new.example provider admin', 'provider admin', 'HamaraCloud'],
    ['priya', 'grant ben@new.example Account Manager hamara', 'account manager', 'HamaraCloud'],
    ['priya', 'grant cid@new.example reseller admin northwind', 'reseller admin', 'Northwind Partners'],
    ['priya', 'grant dot@new.example customer FABRIKAM', 'customer', 'Fabrikam'],
    ['priya', 'grant eve@new.example "customer admin" contoso', 'customer admin', 'Contoso'],
    ['nora', 'grant fay@new.example reseller admin', 'reseller admin', 'Northwind Partners'],
    ['nora', 'grant gus@new.example customer admin contoso', 'customer admin', 'Contoso'],
    ['carla', 'grant HAL@new.example customer', 'customer', 'Contoso'],
    ['carla', 'grant ian@new.example customer admin contoso', 'customer admin', 'Contoso'],
  ] as const) {
    test(`${who} can say ${command}`, async () => {
      const email = (command.split(' ')[1] ?? '').toLowerCase();
      assert.match((await sayAs(email, 'orders')).text, /^I don’t know you yet/);

      const reply = await talk.as(who).say(command);

      assert.match(reply.text, new RegExp(`^${email} .*\\b${role} .*${organization}`));
      assert.doesNotMatch((await sayAs(email, 'orders')).text, /^I don’t know you yet/);
      const revoked = await talk.as('priya').say(`revoke ${email}`);
      assert.match(revoked.text, new RegExp(`^${email} has no role in ${organization} any more`));
      assert.match((await sayAs(email, 'orders')).text, /^I don’t know you yet/);
    });
  }

  for (const [who, command, answer] of [
    ['nora', 'grant x@new.example provider admin', /does not let you give or take the role provider admin/],
    ['nora', 'grant x@new.example account manager', /does not let you give or take the role account manager/],
    ['carla', 'grant x@new.example reseller admin', /does not let you give or take the role reseller admin/],
    ['nora', 'grant x@new.example customer fabrikam', /There is no organization “fabrikam” that you can see/],
    [
      'carla',
      'grant x@new.example customer northwind',
      /There is no organization “northwind” that you can see/,
    ],
    [
      'priya',
      'grant x@new.example customer northwind',
      /Northwind Partners is a reseller; the role customer/,
    ],
    [
      'priya',
      'grant x@new.example king contoso',
      /“king contoso” is not a role\. The roles are: provider admin/,
    ],
    ['priya', 'grant x@new.example', /^Who gets which role\?/],
    ['priya', 'grant', /^Who gets which role\?/],
    ['priya', 'grant @Alice customer contoso', /“@Alice” is not an e-mail address/],
    ['priya', 'grant priya@hamaracloud.example customer contoso', /You can’t change your own role/],
    ['carla', 'revoke carla@contoso.example', /You can’t change your own role/],
    ['priya', 'revoke', /^Whose role\?/],
    ['priya', 'revoke nobody@new.example', /nobody@new\.example has no role that you can take/],
  ] as const) {
    test(`${who} is refused ${command}`, async () => {
      assert.match((await talk.as(who).say(command)).text, answer);
      assert.match((await sayAs('x@new.example', 'orders')).text, /^I don’t know you yet/);
    });
  }

  test('a refusal does not tell who has a role elsewhere', async () => {
    for (const [who, others] of [
      ['carla', [PEOPLE.priya, PEOPLE.arjun, PEOPLE.nora]],
      ['nora', [PEOPLE.priya, PEOPLE.arjun]],
    ] as const) {
      for (const email of others) {
        const known = await talk.as(who).say(`revoke ${email}`);
        const unknown = await talk.as(who).say('revoke nobody@new.example');
        assert.equal(
          JSON.stringify(known).replaceAll(email, '…'),
          JSON.stringify(unknown).replaceAll('nobody@new.example', '…'),
        );
      }
    }
  });

  test('who has a role elsewhere can’t be drawn into one’s own organization', async () => {
    const reply = await talk.as('carla').say(`grant ${PEOPLE.nora} customer`);
    assert.match(reply.text, /nora@northwind\.example can’t be given a role by you/);
    assert.match((await talk.as('nora').say('members')).text, /^Northwind Partners: 3 members/);
  });

  test('a role that is changed is another one at once', async () => {
    const carla = talk.as('carla');
    await carla.say('grant chris@contoso.example customer admin');
    assert.match((await talk.as('chris').say('note 10024 Mine')).text, /has the note/);
    await carla.say('grant chris@contoso.example customer');
    assert.match((await talk.as('chris').say('note 10024 Mine')).text, /may not do that/);
  });

  test('a role of another kind of organization asks of which', async () => {
    const question = await talk.as('priya').say('grant jo@new.example customer admin');
    assert.equal(question.text, 'Of which organization?');
    assert.deepEqual(buttons(question), ['Contoso', 'Fabrikam']);
    const done = await talk.as('priya').press(question, 'Fabrikam');
    assert.match(done.text, /^jo@new\.example .*customer admin .*Fabrikam/);
    await talk.as('priya').say('revoke jo@new.example');
  });

  test('who lost the role is a stranger, and what they made stays', async () => {
    await talk.as('carla').say('associate 10024/1 kim@contoso.example');
    await talk.as('nora').say('revoke carla@contoso.example');
    assert.match((await talk.as('carla').say('orders')).text, /^I don’t know you yet/);
    assert.match(
      (await talk.as('nora').say('history 10024')).text,
      /Carla Diaz: Associated kim@contoso\.example/,
    );
    assert.match((await talk.as('nora').say('undo')).text, /Your last change here can’t be undone/);
    await talk.as('nora').say('grant carla@contoso.example customer admin contoso');
    assert.match((await talk.as('carla').say('orders')).text, /^Contoso/);
  });

  test('each change of a role is in the history of the customer', async () => {
    await talk.as('nora').say('grant liv@new.example customer contoso');
    await talk.as('nora').say('revoke liv@new.example');
    const { text } = await talk.as('carla').say('history');
    assert.match(
      text,
      /Nora Lindgren: Took the role customer of Contoso from liv@new\.example\n.*Nora Lindgren: Made liv@new\.example customer of Contoso/,
    );
  });

  test('a part of several names is asked back; what does not fit the role is not offered', async () => {
    await addCustomer(talk.db, 'Contoso Labs', 'HamaraCloud');
    const reseller = {
      kind: 'reseller',
      name: 'Contoso Resale',
      parent_id: await organizationId(talk.db, 'HamaraCloud'),
    } as const;
    await talk.db.insertInto('organizations').values(reseller).execute();
    const question = await talk.as('priya').say('grant mo@new.example customer contos');
    assert.deepEqual(buttons(question), ['Contoso', 'Contoso Labs']);
    const done = await talk.as('priya').press(question, 'Contoso Labs');
    assert.match(done.text, /^mo@new\.example .*customer .*Contoso Labs/);
  });

  test('many members are listed by pages', async () => {
    const organization_id = await organizationId(talk.db, 'Contoso');
    const people = Array.from({ length: 25 }, (_, index) => `p${index}@new.example`);
    await talk.db
      .insertInto('members')
      .values(people.map((email) => ({ organization_id, role: 'customer', name: email, email })))
      .execute();
    const carla = talk.as('carla');
    const first = await carla.say('members');
    const second = await carla.press(first, 'Next page');
    const third = await carla.press(second, 'Next page');
    const all = [first, second, third].flatMap(members);
    assert.equal(new Set(all).size, 27);
    assert.match(first.text, /^Contoso: 27 members/);
  });
});
