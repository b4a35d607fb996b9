/** A sheet that counts as a whole, where a row turns out to be impossible only while it runs. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Working } from '../../../src/bot/index.ts';
import type { BulkKind } from '../../../src/features/bulk/kind.ts';
import { workOnJob } from '../../../src/features/bulk/work.ts';
import { priceList } from '../../../src/features/catalog/prices/sheet.ts';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Talk } from '../../support/talk.ts';
import { canRun, jobOf, sheet } from './support.ts';

/** The price list, of which a row fails after all of them were written. */
const failing = (row: number): BulkKind => ({
  ...priceList,
  async apply(ctx, job, rows) {
    const { results, used } = await priceList.apply(ctx, job, rows);
    return {
      results: results.map((one) =>
        one.number === row ? { number: row, status: 'failed', reason: 'It is gone.' } : one,
      ),
      used,
    };
  },
});

onBothEngines('a sheet that counts as a whole', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  const prices = () =>
    talk.db.selectFrom('prices').selectAll().orderBy('product_id').orderBy('currency').execute();

  test('nothing stays of it where one row fails while it runs, and each row says why', async () => {
    const rows = [
      ['SKU', 'Price'],
      ['O365-E3', '31.00'],
      ['O365-E1', '32.00'],
      ['AP-CORE', '33.00'],
    ];
    const preview = await talk.as('priya').say('bulk prices', [sheet(rows, 'prices.csv')]);
    assert.ok(canRun(preview), preview.text);
    const job = jobOf(preview);
    const before = await prices();
    await talk.db
      .updateTable('jobs')
      .set({ state: 'running', accepted_at: new Date() })
      .where('id', '=', job)
      .execute();

    const working = {
      ...talk.ctx(),
      post: async () => undefined,
      clock: () => new Date(),
      quiet: async () => undefined,
    } as unknown as Working;
    await workOnJob(working, new Map([['prices', failing(3)]]), job, true);

    assert.deepEqual(await prices(), before);
    const ended = await talk.db
      .selectFrom('jobs')
      .selectAll()
      .where('id', '=', job)
      .executeTakeFirstOrThrow();
    assert.deepEqual([ended.state, ended.done, ended.failed], ['done', 0, 3]);
    const [chunk] = await talk.db
      .selectFrom('job_chunks')
      .select('results')
      .where('job_id', '=', job)
      .execute();
    const others = 'Row 3 can’t be carried out, and such a sheet is carried out as a whole.';
    assert.deepEqual(chunk?.results, [
      { number: 2, status: 'failed', reason: others },
      { number: 3, status: 'failed', reason: 'It is gone.' },
      { number: 4, status: 'failed', reason: others },
    ]);
    assert.match((await talk.as('priya').say(`job ${job} undo`)).text, /changed nothing/);
  });
});
