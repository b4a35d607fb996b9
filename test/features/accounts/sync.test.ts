import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { checkSync } from '../../../src/features/accounts/rules.ts';
import { buttons, choices, errorAt, fields, rows, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Speaker, type Talk, type Vendor } from '../../support/talk.ts';
import { allDelivered, passwordIn, postbox, textsOfDatabase } from './support.ts';

onBothEngines('synchronizing accounts', (engine) => {
  const vendor: Vendor = { seconds: 0, fail: undefined };
  let talk: Talk;
  let arjun: Speaker;
  before(async () => {
    talk = await openTalk(engine, undefined, vendor, postbox);
    arjun = talk.as('arjun');
  });
  after(() => talk.close());
  const letters = () => talk.posts.filter(({ place }) => place.platform === 'mail');
  const letterTo = (email: string) =>
    talk.waitForPost(({ place }) => place.platform === 'mail' && place.conversation === email);
  const told = (who: string, text: RegExp, since = 0) =>
    talk.waitForPost(
      (post) =>
        post.place.conversation === `personal:${who}` &&
        text.test(post.reply.text) &&
        talk.posts.indexOf(post) >= since,
    );

  test('shows who has an account and who has none', async () => {
    const list = await arjun.say('sync');
    assert.deepEqual(rows(list), [
      ['Northwind Partners\nAzure Pack · Reseller', 'Not synchronized'],
      ['Contoso\nAzure Pack · User', 'Not synchronized'],
    ]);
    const form = await arjun.press(list, 'Sync options', {
      account: choices(list, 'account')[0]?.value ?? '',
    });
    assert.match(shown(form), /^Northwind Partners$/m);
    assert.deepEqual(fields(form), ['parent', 'userName', 'role']);
  });

  test('waits for a mail server: the password of a new account would be lost', async () => {
    const mute = await openTalk(engine);
    const priya = mute.as('priya');
    const values = { parent: '', userName: 'nora@northwind.example', role: 'Reseller' };
    const account = choices(await priya.say('sync'), 'account')[0]?.value ?? '';
    for (const reply of [
      await priya.say('sync northwind'),
      await priya.say('sync northwind nora@northwind.example'),
      await priya.submit('accounts.save', { account, ...values }),
      await priya.submit('accounts.sync', { account, ...values }),
    ]) {
      assert.match(shown(reply), /The password would be lost: no mail server is set/);
    }
    const made = await mute.db.selectFrom('accounts').select('state').execute();
    assert.deepEqual(made, []);
    await mute.close();
  });

  test('of a customer waits for that of its reseller', async () => {
    const reply = await arjun.say('sync contoso');
    assert.match(reply.text, /Northwind Partners is not synchronized with Azure Pack yet/);
    assert.deepEqual(buttons(reply), ['Synchronize Northwind Partners', 'All accounts']);
    assert.deepEqual(fields(await arjun.press(reply, 'Synchronize Northwind Partners')), [
      'parent',
      'userName',
      'role',
    ]);
  });

  for (const words of [
    'northwind azure',
    'azure northwind',
    'Northwind Partners Azure Pack',
    '"azure pack" partners',
    'pack north',
  ]) {
    test(`understands “${words}” as “enable” would: part of a name will do, in either order`, async () => {
      const form = await arjun.say(`sync ${words}`);
      assert.match(form.text, /^Northwind Partners: sync options for Azure Pack/);
    });
  }

  test('of an offering alone asks whose account it is', async () => {
    const which = await arjun.say('sync azure');
    assert.equal(which.text, 'Which account?');
    assert.deepEqual(buttons(which), ['Northwind Partners · Azure Pack', 'Contoso · Azure Pack']);
    assert.match((await arjun.say('sync zoom azure')).text, /^There is no “zoom”/);
  });

  test('says what is wrong beside each field', async () => {
    const form = await arjun.say('sync northwind');
    assert.equal(typed(form, 'parent'), undefined);
    assert.equal(typed(form, 'userName'), 'nora@northwind.example');
    assert.equal(typed(form, 'role'), 'Reseller');
    const back = await arjun.press(form, 'Save & synchronize', {
      parent: 'acc-1',
      userName: 'carla@contoso.example',
      role: 'User',
    });
    assert.equal(errorAt(back, 'parent'), 'Northwind Partners has no parent account: leave it blank.');
    assert.equal(
      errorAt(back, 'userName'),
      'carla@contoso.example is not an e-mail address of Northwind Partners. It has nora@northwind.example.',
    );
    assert.equal(errorAt(back, 'role'), 'A reseller has the role Reseller.');
    assert.equal(typed(back, 'userName'), 'carla@contoso.example');
  });

  test('tells the vendor’s reason and can be tried again', async () => {
    vendor.fail = 'account: the portal is being repaired';
    const refused = await confirm(arjun, await arjun.say('sync northwind'));
    assert.match(shown(refused), /Synchronizing/);
    const post = await told('arjun', /the portal is being repaired/);
    assert.match(shown(post.reply), /Failed/);
    assert.deepEqual(buttons(post.reply), ['Try again', 'All accounts']);
    vendor.fail = undefined;
    const again = await arjun.say('sync northwind');
    assert.match(shown(again), /The provider said: the portal is being repaired/);
    assert.equal(letters().length, 0);
  });

  test('makes the reseller’s account and writes to its username', async () => {
    const since = talk.posts.length;
    const form = await arjun.say('sync "northwind partners" "azure pack"');
    const confirmation = await save(arjun, form);
    assert.match(
      shown(confirmation),
      /Parent account: None\nUsername: nora@northwind\.example\nRole: Reseller/,
    );
    const before = await arjun.say('sync');
    assert.match(shown(before), /Failed/);

    await arjun.press(confirmation, 'OK');
    const done = await told('arjun', /An activation e-mail with the credentials goes to nora@/, since);
    assert.match(shown(done.reply), /Synchronized/);
    const letter = await letterTo('nora@northwind.example');
    assert.match(letter.reply.text, /reseller account/);
    assert.ok(passwordIn(letter.reply.text));
    assert.match(
      shown(await arjun.say('sync')),
      /Northwind Partners[\s\S]*Synchronized\nnora@northwind\.example/,
    );
  });

  test('makes the customer’s account below that of its reseller', async () => {
    const nora = talk.as('nora');
    const form = await nora.say('sync contoso');
    const parent = typed(form, 'parent') ?? '';
    assert.notEqual(parent, '');
    assert.equal(typed(form, 'userName'), 'carla@contoso.example');
    assert.equal(typed(form, 'role'), 'User');

    const wrong = await nora.press(form, 'Save & synchronize', {
      parent: '',
      userName: 'bob@elsewhere.example',
      role: 'User',
    });
    assert.equal(errorAt(wrong, 'parent'), `The parent account is that of Northwind Partners: ${parent}.`);
    assert.match(errorAt(wrong, 'userName') ?? '', /It has carla@contoso\.example/);

    // A user of the customer is an existing address as well.
    const confirmation = await nora.say('sync contoso bob@contoso.example');
    assert.match(shown(confirmation), new RegExp(`Parent account: ${parent}`));
    const back = await nora.press(confirmation, 'Back');
    assert.equal(typed(back, 'userName'), 'bob@contoso.example');
    await nora.press(confirmation, 'OK');
    await told('nora', /goes to bob@contoso\.example/);
    const letter = await letterTo('bob@contoso.example');
    const account = await talk.db
      .selectFrom('ledger_accounts')
      .selectAll()
      .where('user_name', '=', 'bob@contoso.example')
      .executeTakeFirstOrThrow();
    assert.equal(account.parent_id, parent);
    assert.equal(account.role, 'User');

    const password = passwordIn(letter.reply.text) ?? '';
    await allDelivered(talk.db);
    const found = (await textsOfDatabase(talk.db)).filter((text) => text.includes(password));
    assert.deepEqual(found, []);
    for (const post of talk.posts.filter((one) => one.place.platform !== 'mail')) {
      assert.ok(!JSON.stringify(post.reply).includes(password));
    }
  });

  test('is not done twice, and not under another name', async () => {
    const form = await arjun.say('sync contoso');
    assert.match(shown(form), /Synchronized/);
    const other = await arjun.press(form, 'Save & synchronize', {
      parent: typed(form, 'parent') ?? '',
      userName: 'carla@contoso.example',
      role: 'User',
    });
    assert.match(errorAt(other, 'userName') ?? '', /Contoso is synchronized as bob@contoso\.example/);
    const since = talk.posts.length;
    const before = letters().length;
    await confirm(arjun, await arjun.say('sync contoso'));
    await told('arjun', /The account was there already/, since);
    assert.equal(letters().length, before);
  });

  test('is for those who sell, and for their own customers', async () => {
    for (const who of ['carla', 'chris'] as const) {
      const reply = await talk.as(who).say('sync');
      assert.doesNotMatch(JSON.stringify(reply), /Not synchronized|Northwind/);
    }
    const nora = talk.as('nora');
    for (const account of ['1-4', '4-4', '999999-1', 'x']) {
      assert.match(
        (await nora.submit('accounts.save', { account, parent: '', userName: 'x', role: 'User' })).text,
        /There is no such account/,
      );
    }
    assert.match((await nora.say('sync fabrikam')).text, /There is no “fabrikam”/);
    const none = await nora.press(await nora.say('sync'), 'Sync options');
    assert.deepEqual([none.text, none.position], ['Choose an organization.', 'below']);
  });

  async function save(who: Speaker, form: Reply): Promise<Reply> {
    return who.press(form, 'Save & synchronize', {
      parent: typed(form, 'parent') ?? '',
      userName: typed(form, 'userName') ?? '',
      role: typed(form, 'role') ?? '',
    });
  }
  const confirm = async (who: Speaker, form: Reply) => who.press(await save(who, form), 'OK');
});

describe('the fields of an account', () => {
  const contoso = {
    name: 'Contoso',
    kind: 'customer',
    parent: { name: 'Northwind', account: 'acc-1' },
    addresses: ['carla@contoso.example'],
  } as const;
  test('are checked one by one', () => {
    assert.deepEqual(
      checkSync({ parent: ' acc-1 ', userName: ' Carla@Contoso.example', role: 'User' }, contoso),
      {
        userName: 'carla@contoso.example',
      },
    );
    const result = checkSync({ parent: 'acc-2', userName: 'carla', role: '' }, contoso);
    assert.deepEqual(result, {
      errors: {
        parent: 'The parent account is that of Northwind: acc-1.',
        userName: '“carla” is not an e-mail address. It has carla@contoso.example.',
        role: 'A customer has the role User.',
      },
    });
  });
  test('say that there is no address yet', () => {
    const result = checkSync({ parent: 'acc-1', userName: '', role: 'User' }, { ...contoso, addresses: [] });
    assert.match(JSON.stringify(result), /has no e-mail address yet/);
  });
});
