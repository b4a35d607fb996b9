import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inTransaction } from '../../../src/db/index.ts';
import { withdrawIfWaiting } from '../../../src/features/approvals/decide.ts';
import { type Home, newHome } from '../../support/database.ts';
import { openTalk, type Talk } from '../../support/talk.ts';
import { addWaiting, askedBy, historyOf, personal, stateOf, statusOf } from './support.ts';

let home: Home;
let one: Talk;
let other: Talk;
before(async () => {
  home = await newHome('Postgres');
  [one, other] = [await openTalk('Postgres', home), await openTalk('Postgres', home)];
});
after(async () => {
  await one.close();
  await other.close();
  await home.remove();
});

/** How often the order was begun to be carried out. */
async function begun(id: number): Promise<number> {
  const rows = await one.db
    .selectFrom('history')
    .select('id')
    .where('order_id', '=', id)
    .where('kind', '=', 'execution')
    // Its steps may be on their way by now.
    .where('summary', 'like', 'Began to carry out %')
    .execute();
  return rows.length;
}

test('two who approve at once, on two copies of the bot: one does, and both see who', async () => {
  for (let round = 0; round < 5; round++) {
    const order = await addWaiting(one);
    const answers = await Promise.all([
      one.as('nora').say(`approve ${order.word}`),
      other.as('priya').say(`approve ${order.word}`),
    ]);
    const [first, second] = answers.map(({ text }) => /was approved by (.+)\./.exec(text)?.[1]);
    assert.equal(first, second);
    assert.equal((await historyOf(one, order)).length, 2);
    assert.equal(await begun(order.id), 1);
  }
});

test('of one who approves and one who refuses at once, one is right', async () => {
  for (let round = 0; round < 5; round++) {
    const order = await addWaiting(one);
    await Promise.all([
      one.as('nora').say(`approve ${order.word}`),
      other.as('priya').say(`refuse ${order.word} too much`),
    ]);
    const state = await stateOf(one, order);
    assert.equal(await begun(order.id), state === 'approved' ? 1 : 0);
    assert.equal((await statusOf(one, order)) === 'Draft', state === 'refused');
    assert.equal((await historyOf(one, order)).length, 2);
  }
});

test('an order that is withdrawn while it is approved is one or the other', async () => {
  for (let round = 0; round < 5; round++) {
    const order = await addWaiting(one);
    const carla = await askedBy(one, 'carla', personal('carla'));
    const [withdrawn] = await Promise.all([
      inTransaction(carla, (asked) => withdrawIfWaiting(asked, order.id)),
      other.as('nora').say(`approve ${order.word}`),
    ]);
    assert.equal(await stateOf(one, order), withdrawn ? 'withdrawn' : 'approved');
    assert.equal(await begun(order.id), withdrawn ? 0 : 1);
  }
});
