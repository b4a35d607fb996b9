/** More subscriptions than are changed at once: the run goes on in the background, and goes on after it broke off. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { reconciliation } from '../../../src/features/reconciliation/index.ts';
import { readSheet } from '../../../src/sheets/index.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Talk } from '../../support/talk.ts';
import { changes, MANY, subscribeMany } from './many.ts';
import { DUE, workingAt } from './stock.ts';

const PERIOD = new Date().toISOString().slice(0, 7);

onBothEngines('a run of many', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
    await subscribeMany(talk.db);
  });
  after(() => talk.close());

  test('that breaks off goes on where it was, and does nothing twice', async () => {
    const { db } = talk;
    const [queue] = reconciliation.work ?? [];
    assert.ok(queue);
    const working = workingAt(db, DUE);
    await queue.handle(working, { due: DUE }, false);
    const { id: run } = await db.selectFrom('reconciliation_runs').select('id').executeTakeFirstOrThrow();
    const quiet = () => Promise.reject(new Error('the machine is gone'));
    for (let part = 0; part < 2; part++)
      await assert.rejects(queue.handle({ ...working, quiet }, { run }, false), /the machine is gone/);
    assert.deepEqual(await changes(db), { wrong: MANY + 3 - 2_000, entries: 2_000 });

    // Meanwhile somebody has changed one that was not reached yet.
    const last = await db
      .selectFrom('subscriptions')
      .select((is) => is.fn.max('id').as('id'))
      .executeTakeFirstOrThrow();
    await db.updateTable('subscriptions').set({ quantity: 2 }).where('id', '=', last.id).execute();
    await Promise.all([queue.handle(working, { run }, false), queue.handle(working, { run }, false)]);
    await queue.handle(working, { due: DUE }, false);

    const [made, ...others] = await db.selectFrom('reconciliation_runs').selectAll().execute();
    assert.deepEqual(others, []);
    assert.deepEqual([made?.to_change, made?.done, made?.changed, made?.left_out], [2_103, 2_103, 2_102, 1]);
    assert.ok(made?.finished_at);
    assert.deepEqual(await changes(db), { wrong: 1, entries: 2_102 });
  });

  test('goes on in the background, in a message that is kept up to date', async () => {
    const { db } = talk;
    await db.deleteFrom('reconciliation_runs').execute();
    await db.deleteFrom('history').where('kind', '=', 'reconciliation').execute();
    await sql`
      update subscriptions sub set quantity = s.associated + 1 from services s
      where s.id = sub.service_id and sub.status = 'active'`.execute(db);
    const ours = channel('northwind');
    await talk.as('nora', ours).say('notify here reconciliation');

    const reply = await talk.as('nora').say('reconcile now');
    assert.match(
      reply.text,
      /^Reconciliation \d{4}-\d\d of Northwind Partners .* is running: 0 of 2,104 quantities/,
    );
    const { reply: notice } = await talk.waitForPost(({ place }) => place.conversation === ours.conversation);

    assert.match(
      notice.text,
      /of Northwind Partners and its customers: 2,104 of 2,104 subscriptions changed/,
    );
    const [, run = ''] = (reply.track ?? '').split(':');
    assert.deepEqual(
      notice.files?.map(({ name, again }) => [name, again]),
      [[`reconciliation-${PERIOD}-run-${run}.xlsx`, `reconcile ${PERIOD} run ${run} export`]],
    );
    assert.deepEqual(await changes(db), { wrong: 0, entries: 2_104 });
    const [kind = '', id = ''] = (reply.track ?? '').split(':');
    const message = await reconciliation.tracks?.[kind]?.(talk.ctx(), id, ours);
    assert.match(message?.text ?? '', /is done: 2,104 of 2,104 quantities set\.$/);
    assert.doesNotMatch(JSON.stringify(message), /Contoso|€/);
  });

  test('is exported whole', async () => {
    const { files = [] } = await talk.as('nora').say(`reconcile ${PERIOD} export`);
    const [workbook, csv] = await Promise.all(files.map(({ id }) => talk.openFile(id)));
    assert.ok(workbook && csv);
    assert.deepEqual(
      files.map(({ name }) => name),
      [`reconciliation-${PERIOD}.xlsx`, `reconciliation-${PERIOD}.csv`],
    );
    const lines = new TextDecoder().decode(csv.bytes).trimEnd().split('\r\n');
    assert.equal(lines.length, 1 + MANY + 4);
    assert.equal(new Set(lines).size, lines.length);
    const sheet = await readSheet({ name: workbook.name, bytes: workbook.bytes, sheet: 'Subscriptions' });
    assert.equal(sheet.kind === 'sheet' ? sheet.rows.length : sheet.sentence, lines.length);
  });
});
