import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons } from '../../chat/reading.ts';
import { channel } from '../../support/talk.ts';

let talk: CalmTalk;
before(async () => {
  talk = await openCalmTalk('PGlite');
});
after(() => talk.close());

const quantities = async () => {
  const { text } = await talk.as('carla').say('subscriptions');
  return [...text.matchAll(/^(\S+) ([\d,]+) ×/gm)].map(([, service, quantity]) => `${service} ${quantity}`);
};

test('is not for customers, by word or by button', async () => {
  for (const who of ['carla', 'chris'] as const) {
    for (const command of ['reconcile', 'reconcile preview', 'reconcile now', 'reconciliation 2026-11']) {
      assert.match((await talk.as(who).say(command)).text, /may not do that/);
    }
    assert.match((await talk.as(who).submit('reconciliation.run', { plan: 'x' })).text, /may not do that/);
  }
  assert.match(
    (await talk.as('carla').say('notify here reconciliation')).text,
    /no notices about “reconciliation”/,
  );
  assert.match((await talk.as('chris').say('notify here reconciliation')).text, /may not do that/);
});

test('alone offers a preview, whose button does what it showed and is refused once units have moved', async () => {
  const nora = talk.as('nora');
  const menu = await nora.say('reconcile');
  // What a press would change is shown before it is done; typed, `reconcile now` does it.
  assert.deepEqual(buttons(menu), ['Preview']);
  assert.match(menu.text, /reconcile preview, reconcile now/);
  const preview = await nora.press(menu, 'Preview');
  assert.match(
    preview.text,
    /^Preview\. Reconciliation 2026-11 of Northwind Partners and its customers: 3 of 4 subscriptions/,
  );
  assert.deepEqual(await quantities(), ['10023/1 10', '10023/2 5', '10023/3 2', '10024/1 2,000']);

  await talk.as('carla').say('associate 10024/1 dave@contoso.example 4');
  const [run = ''] = buttons(preview);
  const refused = await nora.press(preview, run);
  assert.match(refused.text, /^This preview is out of date/);
  assert.equal(refused.position, 'instead');

  const again = await nora.press(refused, 'Preview again');
  assert.match(
    (await nora.press(again, run)).text,
    /^Reconciliation 2026-11 of Northwind Partners.*3 of 4 subscriptions changed/,
  );
  assert.deepEqual(await quantities(), ['10023/1 3', '10023/2 2', '10023/3 2', '10024/1 4']);
});

test('tells the channels that asked, each of its own customers', async () => {
  const [ours, theirs] = [channel('provider'), channel('northwind')];
  await talk.as('priya', ours).say('notify here reconciliation');
  await talk.as('nora', theirs).say('notify here reconciliation');
  await talk.as('carla').say('associate 10024/1 erin@contoso.example 2');

  const { audience } = await talk.as('priya').say('reconcile now');

  assert.equal(audience, 'asker');
  const first = await talk.waitForPost(({ place }) => place.conversation === ours.conversation);
  const second = await talk.waitForPost(({ place }) => place.conversation === theirs.conversation);
  assert.match(first.reply.text, /of HamaraCloud and its customers: 1 of 4 subscriptions changed/);
  assert.match(second.reply.text, /of Northwind Partners and its customers: 1 of 4 subscriptions changed/);
});

test('is in the history of the order, for the customer as well', async () => {
  assert.match(
    (await talk.as('chris').say('history 10024')).text,
    /Priya Raman: Requested change: increase of UniversalMessaging .* \(10024\/1\) by 2, from 4 to 6, by reconciliation 2026-11/,
  );
});
