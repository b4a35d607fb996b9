/** A month has several runs: those by hand, and the one that closes it. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import type { Reply } from '../../../src/chat/reply.ts';
import { makeUpMissedRun, reconciliation } from '../../../src/features/reconciliation/index.ts';
import { readSheet } from '../../../src/sheets/index.ts';
import { onBothEngines, onPostgres } from '../../support/database.ts';
import { channel, openTalk, type Talk } from '../../support/talk.ts';
import { ctxOf, type Enqueued } from './setup.ts';
import { tick } from './stock.ts';

const titles = (reply: Reply) => (reply.card?.actions ?? []).map(({ title }) => title);
const said = (reply: Reply, title: string): unknown => {
  const action = reply.card?.actions?.find((one) => one.title === title);
  return action?.type === 'Action.Execute' ? action.data?.text : undefined;
};
const cardOf = (reply: Reply) => JSON.stringify(reply.card);

onPostgres('the runs of a month', (engine) => {
  let talk: Talk;
  beforeEach(async () => {
    talk = await openTalk(engine);
    talk.setTime('2026-11-10T12:00:00Z');
  });
  afterEach(() => talk.close());

  const say = (who: 'priya' | 'nora', text: string, at: string) => {
    talk.setTime(at);
    return talk.as(who).say(text);
  };
  /** One unit more is used of a subscription than before. */
  const use = (position: number) =>
    sql`update services s set associated = associated + 1 from orders o
      where o.id = s.order_id and o.number = 10023 and s.position = ${position}`.execute(talk.db);
  const runs = () =>
    talk.db.selectFrom('reconciliation_runs').select(['id', 'period', 'scheduled']).orderBy('id').execute();
  const linesOf = async (reply: Reply) => {
    const csv = await talk.openFile(reply.files?.at(-1)?.id ?? '');
    return new TextDecoder().decode(csv?.bytes).trimEnd().split('\r\n');
  };
  const sheetOf = async (reply: Reply, sheet: string) => {
    const [file] = reply.files ?? [];
    const opened = await talk.openFile(file?.id ?? '');
    assert.ok(file && opened);
    const read = await readSheet({ name: file.name, bytes: opened.bytes, sheet });
    assert.ok(read.kind === 'sheet', read.kind);
    return read.rows;
  };

  test('a change by hand before the close stands in the material of the month, with its run', async () => {
    const first = await say('nora', 'reconcile now contoso', '2026-11-10T12:00:00Z');
    assert.match(first.text, /^Reconciliation 2026-11 of Contoso: 3 of 4 subscriptions changed/);
    await tick(talk.db, '2026-11-25T05:00:00.000Z');
    const [byHand, closing, ...others] = await runs();
    assert.ok(byHand && closing);
    assert.deepEqual([byHand.scheduled, closing.scheduled, others], [false, true, []]);

    for (const [who, name] of [
      ['priya', ''],
      ['nora', ''],
      ['nora', ' Contoso'],
    ] as const) {
      const month = await say(who, `reconcile 2026-11${name}`, '2026-12-02T12:00:00Z');
      assert.match(
        month.text,
        /was right\. Other runs of the month: run \d+ \(10 Nov 2026, 12:00 UTC, Nora /,
      );
      assert.match(month.text, /\): 3 changed, [−+]/);
      assert.match(cardOf(month), /Other runs of the month/);
      assert.equal(said(month, `Run ${byHand.id}`), `reconcile 2026-11 run ${byHand.id}${name}`);
      assert.equal(said(month, 'Workbook and CSV'), `reconcile 2026-11 export${name}`);
    }

    const month = await say('nora', 'reconcile 2026-11', '2026-12-02T12:00:00Z');
    const run = await talk.as('nora').press(month, `Run ${byHand.id}`);
    assert.match(run.text, /^Reconciliation 2026-11 of Contoso: 3 of 4 subscriptions changed/);
    assert.equal(said(run, 'All of November 2026'), 'reconcile 2026-11');

    const whole = await talk.as('nora').press(month, 'Workbook and CSV');
    const alone = await talk.as('nora').press(run, 'Workbook and CSV');
    assert.deepEqual(
      [whole, alone].map(({ files = [] }) => files.map(({ name }) => name)),
      [
        ['reconciliation-2026-11.xlsx', 'reconciliation-2026-11.csv'],
        [`reconciliation-2026-11-run-${byHand.id}.xlsx`, `reconciliation-2026-11-run-${byHand.id}.csv`],
      ],
    );
    assert.equal((await sheetOf(whole, 'Subscriptions')).length, 1 + 4);
    assert.equal((await sheetOf(whole, 'Other runs')).length, 1 + 3);
    const lines = await linesOf(whole);
    assert.equal(lines.length, 1 + 4 + 3);
    assert.ok(
      lines.slice(1, 5).every((line) => line.endsWith(`,"${closing.id}"`)),
      lines.join('\n'),
    );
    assert.ok(lines.slice(5).every((line) => line.endsWith(`,"${byHand.id}"`)));
    assert.equal((await linesOf(alone)).length, 1 + 4);
  });

  test('once a month is closed, what is changed by hand is booked into the next', async () => {
    await tick(talk.db, '2026-11-25T05:00:00.000Z');
    await use(1);
    const preview = await say('nora', 'reconcile preview', '2026-11-27T12:00:00Z');
    assert.match(preview.text, /^Preview\. Reconciliation 2026-12 of Northwind/);
    const late = await say('nora', 'reconcile now', '2026-11-27T12:00:00Z');
    assert.match(
      late.text,
      /^Reconciliation 2026-12 of Northwind .*: 1 of 4 subscriptions changed, \+1 unit/,
    );
    assert.match(
      (await say('nora', 'history 10023', '2026-11-27T12:01:00Z')).text,
      /increase of .* by 1, .* by reconciliation 2026-12/,
    );
    assert.doesNotMatch((await say('nora', 'reconcile 2026-11', '2026-12-02T12:00:00Z')).text, /Other runs/);

    await use(2);
    await tick(talk.db, '2026-12-25T05:00:00.000Z');
    const december = await say('priya', 'reconcile 2026-12', '2026-12-27T12:00:00Z');
    assert.match(
      december.text,
      /: 1 of \d+ subscriptions? changed, \+1 unit, .* Other runs of the month: run \d+/,
    );
    assert.match(
      (await say('nora', 'reconcile now', '2026-12-31T12:00:00Z')).text,
      /^Reconciliation 2027-01 of Northwind/,
    );
    assert.deepEqual(
      (await runs()).map(({ period, scheduled }) => [period, scheduled]),
      [
        ['2026-11', true],
        ['2026-12', false],
        ['2026-12', true],
        ['2027-01', false],
      ],
    );
  });

  test('many runs are chosen from a list, and only one’s own', async () => {
    for (let run = 0; run < 4; run++) {
      await use(1);
      await say('nora', 'reconcile now', '2026-11-10T12:00:00Z');
    }
    await use(1);
    await tick(talk.db, '2026-11-25T05:00:00.000Z');
    const month = await say('nora', 'reconcile 2026-11', '2026-11-26T12:00:00Z');
    assert.deepEqual(titles(month), ['Workbook and CSV', 'Open', 'Subscriptions', 'Preview the next']);
    assert.doesNotMatch(cardOf(month), /HamaraCloud/);
    const chooser = month.card?.body.find((element) => element.type === 'Input.ChoiceSet');
    assert.ok(chooser?.type === 'Input.ChoiceSet');
    assert.equal(chooser.choices.length, 4);
    assert.match(month.text, /Other runs of the month: run .*; run .*; run .*; and 1 more\.$/);

    const [mine] = await runs();
    // As if it had been of another reseller’s customers.
    await sql`update reconciliation_lines set reseller_id = null where run_id = ${mine?.id}`.execute(talk.db);
    const without = await say('nora', 'reconcile 2026-11', '2026-11-26T12:00:00Z');
    assert.doesNotMatch(cardOf(without), new RegExp(`run ${mine?.id}\\b`));
  });

  test('what could not be counted is not called right, and a past run says what was changing then', async () => {
    const hold = (services: string) =>
      sql`update services set units = units + 1, reserved = 1 where position = any(${services}::int[])`.execute(
        talk.db,
      );
    await say('nora', 'reconcile now', '2026-11-10T12:00:00Z');
    await hold('{3}');
    const some = await say('nora', 'reconcile preview', '2026-11-11T12:00:00Z');
    assert.match(cardOf(some), /"Every quantity that could be counted is right\."/);
    assert.match(cardOf(some), /"3 of 4 subscriptions"/);
    await hold('{1,2}');
    const none = await say('nora', 'reconcile preview', '2026-11-11T12:00:00Z');
    assert.match(none.text, /: no subscription could be counted\. 4 are changing just now and left out\./);
    assert.match(cardOf(none), /"No subscription could be counted\."/);
    await tick(talk.db, '2026-11-25T05:00:00.000Z');
    const past = await say('nora', 'reconcile 2026-11', '2028-02-29T12:00:00Z');
    assert.match(past.text, /: no subscription could be counted\. 4 were changing just then and left out\./);
    assert.match(cardOf(past), /4 subscriptions were changing just then\./);
    assert.doesNotMatch(cardOf(past), /just now|no subscriptions to count|Next run/);
  });

  test('a run that is not of that month, or not one’s own to see, is none', async () => {
    await tick(talk.db, '2026-11-25T05:00:00.000Z');
    const [run] = await runs();
    for (const text of [`reconcile 2026-10 run ${run?.id}`, 'reconcile 2026-11 run 999 export']) {
      const reply = await say('nora', text, '2026-11-26T12:00:00Z');
      assert.match(reply.text, /^There was no run \d+ in (October|November) 2026\./);
      assert.match(cardOf(reply), /reconcile 2026-11/);
    }
  });

  test('its notices bring what was run: the month where it is closed, else the run', async () => {
    const ours = channel('northwind');
    await talk.as('nora', ours).say('notify here reconciliation');
    await say('nora', 'reconcile now', '2026-11-10T12:00:00Z');
    const byHand = await talk.waitForPost(({ place }) => place.conversation === ours.conversation);
    const [run] = await runs();
    assert.deepEqual(
      byHand.reply.files?.map(({ name, again }) => [name, again]),
      [[`reconciliation-2026-11-run-${run?.id}.xlsx`, `reconcile 2026-11 run ${run?.id} export`]],
    );
    assert.match(cardOf(byHand.reply), /Next run/);
    await use(1);
    await tick(talk.db, '2026-11-25T05:00:00.000Z');
    const { reply } = await talk.db
      .selectFrom('deliveries')
      .select('reply')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const closed = reply as Reply;
    assert.match(closed.text, /Other runs of the month: run /);
    assert.deepEqual(
      closed.files?.map(({ name, again }) => [name, again]),
      [['reconciliation-2026-11.xlsx', 'reconcile 2026-11 export']],
    );
  });
});

onPostgres('the button of a preview', (engine) => {
  let talk: Talk;
  beforeEach(async () => {
    talk = await openTalk(engine);
    talk.setTime('2026-11-20T12:00:00Z');
  });
  afterEach(() => talk.close());

  const refuses = async (change: () => Promise<unknown>) => {
    const nora = talk.as('nora');
    const preview = await nora.say('reconcile preview');
    await change();
    const reply = await nora.press(preview, 'Reconcile now');
    assert.match(reply.text, /^This preview is out of date: units, prices or the month have changed\./);
    const made = await talk.db
      .selectFrom('reconciliation_runs')
      .select('id')
      .where('scheduled', '=', false)
      .execute();
    assert.deepEqual(made, []);
    assert.ok(said(reply, 'Preview again'));
  };
  const ofWebex = sql`(select s.id from services s join orders o on o.id = s.order_id
    where o.number = 10023 and s.position = 1)`;

  test('does nothing in another month, or once the month is closed', async () => {
    await refuses(async () => talk.setTime('2026-12-01T12:00:00Z'));
  });
  test('does nothing at another price', () =>
    refuses(() =>
      sql`update subscriptions set price_minor = price_minor + 1 where service_id = ${ofWebex}`.execute(
        talk.db,
      ),
    ));
  test('does nothing in another currency', () =>
    refuses(() =>
      sql`update subscriptions set currency = 'SEK' where service_id = ${ofWebex}`.execute(talk.db),
    ));
  test('does nothing once another subscription is left out', () =>
    refuses(() =>
      sql`update services set units = units + 1, reserved = 1 where id = (select s.id from services s join orders o on o.id = s.order_id
        where o.number = 10023 and s.position = 3)`.execute(talk.db),
    ));
  test('does nothing for another organization, though that would change the same', async () => {
    const nora = talk.as('nora');
    const preview = await nora.say('reconcile preview');
    const action = preview.card?.actions?.find(({ title }) => title === 'Reconcile now');
    assert.ok(action?.type === 'Action.Execute');
    const contoso = await talk.db
      .selectFrom('organizations')
      .select('id')
      .where('name', '=', 'Contoso')
      .executeTakeFirstOrThrow();
    const reply = await nora.submit('reconciliation.run', { ...action.data, organization: contoso.id });
    assert.match(reply.text, /^This preview is out of date/);
  });
  test('does what it showed, where nothing has changed', async () => {
    const nora = talk.as('nora');
    const preview = await nora.say('reconcile preview');
    const action = preview.card?.actions?.find(({ title }) => title === 'Reconcile now');
    const money = /−2,010 units, (−€[\d,.]+) a month/.exec(preview.text)?.[1];
    assert.deepEqual(action?.type === 'Action.Execute' && action.confirm, {
      title: 'Reconcile November 2026 now?',
      text: `3 subscriptions get the quantity that is really used: −2,010 units, ${money} a month. What is billed follows from it.`,
      yes: 'Reconcile now',
    });

    const reply = await nora.press(preview, 'Reconcile now');

    assert.match(reply.text, /: 3 of 4 subscriptions changed/);
  });
});

onBothEngines('a schedule that is changed', (engine) => {
  let talk: Talk;
  beforeEach(async () => {
    talk = await openTalk(engine);
    await sql`update kysely_migration set timestamp = '2026-01-01T00:00:00.000Z'`.execute(talk.db);
    await sql`delete from reconciliation_schedule`.execute(talk.db);
  });
  afterEach(() => talk.close());

  const start = async (reconcileCron: string, now: string) => {
    const enqueued: Enqueued[] = [];
    const ctx = ctxOf(talk.db, now, enqueued);
    await makeUpMissedRun({ ...ctx, settings: { ...ctx.settings, reconcileCron } });
    return enqueued.map(({ data }) => data);
  };

  test('makes up nothing that was not due under it', async () => {
    await tick(talk.db, '2026-10-25T05:00:00.000Z');
    assert.deepEqual(await start('0 6 25 * *', '2026-11-20T12:00:00Z'), []);
    assert.deepEqual(await start('0 6 10 * *', '2026-11-20T12:05:00Z'), []);
    assert.deepEqual(await start('0 6 10 * *', '2026-11-20T13:02:00Z'), []);
    assert.deepEqual(await start('0 6 10 * *', '2026-12-10T09:00:00Z'), [
      { due: '2026-12-10T05:00:00.000Z' },
    ]);
  });

  test('is in force from the first start on that knows it, as long as the bot was set up', async () => {
    assert.deepEqual(await start('0 6 25 * *', '2026-11-27T12:00:00Z'), [
      { due: '2026-11-25T05:00:00.000Z' },
    ]);
    assert.equal(reconciliation.schedules?.[0]?.name, 'reconcile');
  });
});
