import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { shown } from '../../../chat/reading.ts';
import { onBothEngines } from '../../../support/database.ts';
import type { Speaker } from '../../../support/talk.ts';
import { type Bench, idOf, numberIn, OFFICE, openBench } from './support.ts';

onBothEngines('an answer whose order is discarded', (engine) => {
  let bench: Bench;
  let arjun: Speaker;
  before(async () => {
    bench = await openBench(engine);
    arjun = bench.as('arjun');
  });
  after(() => bench.close());

  const begin = async (quantity: number) => {
    await bench.write(sql`update ledger_subscriptions set quantity = ${quantity} where id = ${idOf(OFFICE)}`);
    await bench.read();
    const finding = await bench.found('quantity');
    const confirm = await arjun.press(await arjun.say(`finding ${finding}`), 'Order 1 more');
    return { finding, order: numberIn(await arjun.press(confirm, 'Begin the order')) };
  };

  test('is taken back at once, and its history says why', async () => {
    const { finding, order } = await begin(4);
    assert.equal((await bench.remembered(finding)).answer, 'ordered');
    await arjun.say(`discard ${order}`);
    const { answer, by, note, order: begun } = await bench.remembered(finding);
    assert.deepEqual([answer, by, note, begun], [null, null, null, null]);
    const said = (await bench.history()).at(-1) ?? '';
    assert.match(said, new RegExp(`^Opened finding ${finding} again, as order ${order} was discarded: `));
    // Before the order was begun, our books took what the vendor has: it is compared again first.
    assert.match(shown(await arjun.say(`finding ${finding}`)), /\nOpen\n/);
  });

  test('leaves answers alone that began another order', async () => {
    const { finding, order } = await begin(3);
    const other = numberIn(await bench.as('carla').say('increase 10023/1 1'));
    await bench.as('carla').say(`discard ${other}`);
    assert.equal((await bench.remembered(finding)).answer, 'ordered');
    await arjun.say(`discard ${order}`);
    assert.equal((await bench.remembered(finding)).answer, null);
  });
});
