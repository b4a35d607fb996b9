import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buttons, errorAt, fields, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Talk, type Vendor } from '../../support/talk.ts';
import { allDelivered, passwordIn, postbox, textsOfDatabase } from './support.ts';

onBothEngines('admin credentials', (engine) => {
  const vendor: Vendor = { seconds: 0, fail: undefined };
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine, undefined, vendor, postbox);
    await talk.as('arjun').say('use contoso');
  });
  after(() => talk.close());
  const told = (who: string, text: RegExp) =>
    talk.waitForPost(({ place, reply }) => place.conversation === `personal:${who}` && text.test(reply.text));

  test('are not asked for without a mail server: the password would be lost', async () => {
    const mute = await openTalk(engine);
    const carla = mute.as('carla');
    const reply = await carla.say('credentials');
    assert.match(shown(reply), /no mail server is set/);
    assert.match(shown(reply), /SMTP_URL/);
    const forged = { account: await keyOf(mute), email: 'carla@contoso.example' };
    assert.match(shown(await carla.submit('accounts.credentials', forged)), /no mail server is set/);
    assert.deepEqual(await mute.db.selectFrom('admin_credentials').selectAll().execute(), []);
    await mute.close();
  });

  test('need a tenant', async () => {
    const reply = await talk.as('arjun').say('credentials fabrikam');
    assert.match(reply.text, /Fabrikam has no tenant yet/);
  });

  test('can only be looked at by who only reads', async () => {
    const reply = await talk.as('chris').say('credentials');
    assert.match(reply.text, /Nobody has asked for the admin credentials of Contoso yet/);
    await talk
      .as('chris')
      .submit('accounts.credentials', { account: await keyOf(talk), email: 'c@x.example' });
    assert.deepEqual(await talk.db.selectFrom('admin_credentials').selectAll().execute(), []);
  });

  test('tell the vendor’s reason, after which they can be asked for again', async () => {
    vendor.fail = 'credentials: the directory is being moved';
    const form = await talk.as('arjun').say('credentials contoso');
    assert.deepEqual(fields(form), ['email']);
    assert.equal(typed(form, 'email'), 'carla@contoso.example');
    assert.match(shown(form), /one time only/);
    const wrong = await talk.as('arjun').press(form, 'Send the password', { email: 'carla at contoso' });
    assert.equal(errorAt(wrong, 'email'), '“carla at contoso” is not an e-mail address.');
    assert.equal(typed(wrong, 'email'), 'carla at contoso');
    const asking = await talk
      .as('arjun')
      .press(wrong, 'Send the password', { email: 'carla@contoso.example' });
    assert.match(shown(asking), /are being asked for/);
    const post = await told('arjun', /the directory is being moved/);
    assert.deepEqual(buttons(post.reply), ['Try again']);
    assert.deepEqual(fields(await talk.as('arjun').press(post.reply, 'Try again')), ['email']);
  });

  test('are given out once: by letter to the address, and nowhere else', async () => {
    vendor.fail = undefined;
    const there = talk.as('nora', channel('northwind'));
    const form = await there.say('credentials contoso admin@contoso.example');
    assert.equal(typed(form, 'email'), 'admin@contoso.example', 'nothing is sent before it was looked at');
    const asking = await there.press(form, 'Send the password', { email: 'admin@contoso.example' });
    assert.match(shown(asking), /are being asked for/);
    const letter = await talk.waitForPost(
      ({ place }) => place.platform === 'mail' && place.conversation === 'admin@contoso.example',
    );
    const password = passwordIn(letter.reply.text) ?? '';
    assert.match(letter.reply.text, /User name: admin@contoso\.onmicrosoft\.com/);
    assert.ok(password.length > 8, letter.reply.text);
    const post = await talk.waitForPost(
      ({ place, reply }) =>
        place.conversation === 'channel:northwind' && /The admin of contoso/.test(reply.text),
    );
    // Others read along in a channel.
    assert.doesNotMatch(JSON.stringify(post.reply), /admin@contoso\.example/);

    await allDelivered(talk.db);
    assert.deepEqual(
      (await textsOfDatabase(talk.db)).filter((text) => text.includes(password)),
      [],
    );
    for (const { place, reply } of talk.posts) {
      if (place.platform !== 'mail') assert.ok(!JSON.stringify(reply).includes(password));
    }
    for (const reply of talk.messages.values()) {
      if (!reply.text.includes('User name:')) assert.ok(!JSON.stringify(reply).includes(password));
    }
    assert.doesNotMatch((await talk.as('carla').say('history')).text, new RegExp(password));
  });

  test('asked for again are the admin user name only, and when it was sent and to whom', async () => {
    for (const who of ['arjun', 'nora', 'carla'] as const) {
      const reply = await talk.as(who).say('credentials contoso');
      assert.match(shown(reply), /The admin of contoso\.onmicrosoft\.com is admin@contoso\.onmicrosoft\.com/);
      assert.match(shown(reply), /was sent by e-mail to admin@contoso\.example on /);
      assert.deepEqual(fields(reply), []);
    }
    const reader = await talk.as('chris').say('credentials');
    assert.match(shown(reader), /is admin@contoso\.onmicrosoft\.com/);
    assert.doesNotMatch(shown(reader), /admin@contoso\.example/);
    const letters = talk.posts.filter(({ place }) => place.platform === 'mail').length;
    const again = await talk
      .as('carla')
      .submit('accounts.credentials', { account: await keyOf(talk), email: 'carla@contoso.example' });
    assert.match(shown(again), /one time only/);
    assert.equal(talk.posts.filter(({ place }) => place.platform === 'mail').length, letters);
  });

  test('are of one’s own customers', async () => {
    const nora = talk.as('nora');
    assert.match((await nora.say('credentials fabrikam')).text, /no customer “fabrikam”/);
    for (const account of ['4-2', '999-2', 'x', '']) {
      assert.match(
        (await nora.submit('accounts.credentials', { account, email: 'a@b.example' })).text,
        /There is no such account/,
      );
    }
  });
});

async function keyOf(talk: Talk): Promise<string> {
  const row = await talk.db
    .selectFrom('enabled_offerings')
    .select(['organization_id', 'offering_id'])
    .where('domain', '=', 'contoso.onmicrosoft.com')
    .executeTakeFirstOrThrow();
  return `${row.organization_id}-${row.offering_id}`;
}
