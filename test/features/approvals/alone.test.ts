import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Place } from '../../../src/chat/place.ts';
import { inTransaction } from '../../../src/db/index.ts';
import { askApproval } from '../../../src/features/approvals/ask.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel } from '../../support/talk.ts';
import { idle } from '../bulk/support.ts';
import { organizationId } from '../orders/stock.ts';
import { addStarted, addWaiting, askedBy, askFor, type Pending, personal } from './support.ts';

onBothEngines('a request for approval in personal chats', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
    for (const who of ['priya', 'arjun', 'nora', 'carla', 'chris'] as const) await talk.as(who).say('help');
  });
  after(() => talk.close());
  afterEach(() => talk.db.deleteFrom('notice_channels').execute());

  /** Where it was told of, once all of that is posted. */
  async function told({ id }: Pending): Promise<string[]> {
    const posts = () => talk.posts.filter(({ key }) => key.startsWith(`approval ${id} `));
    const rows = await talk.db
      .selectFrom('deliveries')
      .select('key')
      .where('key', 'like', `approval ${id} %`)
      .execute();
    for (const { key } of rows) await talk.waitForPost((post) => post.key === key);
    return posts()
      .map(({ place }) => place.conversation)
      .toSorted();
  }
  const postAt = ({ id }: Pending, conversation: string) =>
    talk.waitForPost(
      ({ key, place }) => key.startsWith(`approval ${id} `) && place.conversation === conversation,
    );

  test('reaches who may approve it, with what they may see, and shows who decided', async () => {
    const order = await addWaiting(talk);
    assert.equal(order.told, 1);
    assert.deepEqual(await told(order), ['personal:nora']);
    const { reply } = await postAt(order, 'personal:nora');
    assert.deepEqual(buttons(reply), ['Approve', 'Refuse', 'Order', 'All that waits']);
    assert.match(shown(reply), /Purchase price: €120\.00 per month\nMargin: €22\.50/);

    await talk.as('arjun', channel('ops')).say(`refuse ${order.word} Not now`);
    await looksLike(talk, order, /was refused by Arjun Mehta on .*: Not now\. It is a draft again/);
  });

  test('asked for so that nobody saw it, what became of it is told who asked alone', async () => {
    const asked = { ...(await askedBy(talk, 'carla', channel('contoso'))), alone: true as const };
    const neverAlone = { ...asked, person: { ...asked.person, email: 'never@contoso.example' } };
    for (const [one, where] of [
      [asked, ['personal:carla']],
      [neverAlone, []],
    ] as const) {
      const order = await addStarted(talk);
      await inTransaction(one, (inside) => askApproval(inside, order.id));
      await talk.as('nora').say(`refuse ${order.word} Not now`);
      assert.deepEqual(await told(order), [...where, 'personal:nora']);
    }
  });

  test('is decided from there', async () => {
    const order = await addWaiting(talk);
    const { reply } = await postAt(order, 'personal:nora');
    assert.match((await talk.as('nora').press(reply, 'Approve')).text, /was approved by Nora Lindgren/);
    await looksLike(talk, order, /was approved by Nora Lindgren/);
  });

  test('never reaches who asked, also where they chose to hear of orders', async () => {
    await talk.as('arjun').say('notify here orders');
    const order = await addWaiting(talk, { of: 'Fabrikam', by: 'arjun', place: channel('ops') });
    assert.deepEqual(await told(order), ['personal:priya']);
    assert.equal(order.told, 1);
  });

  test('comes once where the chat hears of orders as well', async () => {
    await talk.as('nora').say('notify here orders');
    await talk.as('nora', channel('northwind')).say('notify here orders');
    const order = await addWaiting(talk);
    assert.deepEqual(await told(order), ['channel:northwind', 'personal:nora']);
    assert.equal(order.told, 2);
  });

  test('goes where they were seen last, and to nobody who may not approve any more', async () => {
    const elsewhere: Place = { ...personal('nora'), conversation: 'personal:nora elsewhere' };
    await talk.as('nora', elsewhere).say('help');
    // In a channel others read along.
    await talk.as('nora', channel('northwind')).say('help');
    assert.deepEqual(await told(await addWaiting(talk)), ['personal:nora elsewhere']);
    await talk.as('nora').say('help');
    assert.deepEqual(await told(await addWaiting(talk)), ['personal:nora']);

    const nora = talk.db.updateTable('members').where('email', '=', 'nora@northwind.example');
    const contoso = await organizationId(talk.db, 'Contoso');
    const northwind = await organizationId(talk.db, 'Northwind Partners');
    await nora.set({ role: 'customer', organization_id: contoso }).execute();
    const order = await addWaiting(talk);
    assert.deepEqual([order.told, await told(order)], [0, []]);
    await nora.set({ role: 'reseller admin', organization_id: northwind }).execute();
  });

  test('stays as it is in the chat of who may not approve any more, whatever becomes of the order', async () => {
    const order = await addWaiting(talk);
    const card = await shownTo(order);
    assert.match(cardAt(card), /Purchase price: €120\.00/);
    const nora = talk.db.updateTable('members').where('email', '=', 'nora@northwind.example');
    const at = (name: string) => talk.db.selectFrom('organizations').select('id').where('name', '=', name);
    await nora.set({ role: 'customer', organization_id: at('Contoso') }).execute();
    const before = talk.messages.get(card);
    await talk.as('arjun').say(`refuse ${order.word} Not now`);
    await idle(talk.db, 'chat.refresh');
    assert.equal(talk.messages.get(card), before);
    await nora.set({ role: 'reseller admin', organization_id: at('Northwind Partners') }).execute();
  });

  test('shows how it ended, and nothing of a later request of the same order', async () => {
    const order = await addWaiting(talk);
    const card = await shownTo(order);
    await talk.as('arjun').say(`refuse ${order.word} Not now`);
    await looksLike(talk, order, /was refused/);
    const lines = talk.db.updateTable('requested_changes').where('order_id', '=', order.id);
    await lines.set({ purchase_minor: 1 }).execute();
    await talk.db.updateTable('orders').set({ status: 'Started' }).where('id', '=', order.id).execute();
    talk.pass(1);
    await askFor(talk, order);
    await told(order);
    await talk.as('arjun').say(`approve ${order.word}`);
    await idle(talk.db, 'chat.refresh');
    const old = talk.messages.get(card);
    assert.match(old?.text ?? '', /was refused by Arjun/);
    assert.match(cardAt(card), /Purchase price: €120\.00/);
  });

  const cardAt = (message: string): string => {
    const reply = talk.messages.get(message);
    return reply === undefined ? '' : shown(reply);
  };
  /** The message in Nora's chat, once it is there. */
  async function shownTo(order: Pending): Promise<string> {
    await postAt(order, 'personal:nora');
    for (;;) {
      const sent = await talk.db
        .selectFrom('sent_messages')
        .select('message')
        .where('name', 'like', `approval for sellers:${order.id}%:test personal:nora`)
        .executeTakeFirst();
      if (sent !== undefined) return sent.message;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});

/** Resolves once the message in Nora's chat looks like this. */
async function looksLike(talk: CalmTalk, { id }: Pending, text: RegExp): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const sent = await talk.db
      .selectFrom('sent_messages')
      .select('message')
      .where('name', 'like', `approval for sellers:${id}-%:test personal:nora`)
      .executeTakeFirst();
    const now = talk.messages.get(sent?.message ?? '');
    if (now !== undefined && text.test(now.text)) return;
    if (Date.now() > deadline) throw new Error(`It says: ${now?.text}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
