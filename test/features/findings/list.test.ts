import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { tell } from '../../../src/bot/index.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { largestOpen } from '../../../src/features/findings/largest.ts';
import { openFindings } from '../../../src/features/findings/open.ts';
import { countFound } from '../../../src/features/findings/store.ts';
import { readingMessage, readNow, resumeReading } from '../../../src/features/findings/wishes/read.ts';
import { buttons, choices, rows, shown } from '../../chat/reading.ts';
import { onPostgres } from '../../support/database.ts';
import { channel, openTalk, type Talk } from '../../support/talk.ts';
import { addCustomer, organizationId } from '../orders/stock.ts';
import { agree, ledgerOf, MESSAGING, readLedger, workingOn } from './support.ts';

const MORNING = '2026-11-21T08:00:00Z';
const ALL = { kind: 'all' } as const;

onPostgres('findings', (engine) => {
  let talk: Talk;
  beforeEach(async () => {
    talk = await openTalk(engine);
    talk.setTime(MORNING);
  });
  afterEach(() => talk.close());

  const change = (statement: ReturnType<typeof sql>) => statement.execute(talk.db);
  /** Resolves once the message of a reply says this. */
  const becomes = async (fits: (reply: Reply) => boolean): Promise<Reply> => {
    for (;;) {
      const found = [...talk.messages.values()].find(fits);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  test('are by kind, the largest first, each with its customer', async () => {
    await readLedger(talk, 5);
    const reply = await talk.as('priya').say('findings');
    assert.match(
      reply.text,
      /^4 findings: 1 quantity, 1 unknown to us and 2 idle\. The vendors were read on 21 Nov/,
    );
    const ids = choices(reply, 'text').map(({ value }) => value);
    assert.deepEqual(
      rows(reply).map(([what, where]) => [what?.split('\n')[0], where?.split('\n')]),
      [
        [
          'We have 10 units of UniversalMessaging Small Business Edition (1GB), the vendor has 12',
          ['Contoso', '10023/1'],
        ],
        [
          'The vendor has 4 units of Office 365 E5 that are not in our books',
          ['Contoso', 'sub-contoso-trial'],
        ],
        [
          '2,000 of 2,000 units of UniversalMessaging Small Business Edition (1GB) are idle',
          ['Contoso', '10024/1'],
        ],
        ['9 of 12 units of UniversalMessaging Small Business Edition (1GB) are idle', ['Contoso', '10023/1']],
      ],
    );
    assert.match(ids[0] ?? '', /^finding \d+$/);
    assert.deepEqual(buttons(reply), ['Open', 'Read again', 'Answered']);
  });

  test('are found by kind, service, customer, reseller, product and user', async () => {
    await change(sql`update ledger_assignments set user_name = 'zoe@contoso.example'
      where subscription_id = ${MESSAGING} and user_name = 'bob@contoso.example'`);
    await readLedger(talk, 5);
    const priya = talk.as('priya');
    const counts: Record<string, number> = {};
    for (const words of [
      'idle',
      'quantity contoso',
      '10023/1',
      'HAMARACLOUD10023/1 idle',
      'HAMARACLOUD10024',
      'northwind',
      'fabrikam',
      'office',
      'zoe@contoso.example',
      'trial',
      'users',
    ])
      counts[words] = rows(await priya.say(`findings ${words}`)).length;
    assert.deepEqual(counts, {
      idle: 2,
      'quantity contoso': 1,
      '10023/1': 3,
      'HAMARACLOUD10023/1 idle': 1,
      HAMARACLOUD10024: 1,
      northwind: 5,
      fabrikam: 0,
      office: 1,
      'zoe@contoso.example': 1,
      trial: 1,
      users: 1,
    });
    const none = await priya.say('findings fabrikam');
    assert.match(none.text, /^No findings with “fabrikam”\. The vendors were read/);
    assert.deepEqual(buttons(none), ['All findings', 'Read again', 'Answered']);
  });

  test('are found by the product that an article number belongs to, also by another one, at the same vendor only', async () => {
    await change(sql`insert into products (name, provider, sku) values ('Zebra Mail', 'ledger', 'ZEBRA-1'),
      ('Zebra Mail of others', 'another', 'ZEBRA-3')`);
    await change(sql`insert into product_aliases (provider, sku, product_id, added_by, added_at)
      select 'ledger', 'Zebra-2', id, 'Priya', now() from products where name = 'Zebra Mail'`);
    await change(sql`insert into ledger_subscriptions (id, sku, quantity, status)
      select 'sub-' || n, 'zebra-' || n, n, 'active' from generate_series(1, 3) as n`);
    await readLedger(talk);
    const found = rows(await talk.as('priya').say('findings mail unknown'));
    assert.deepEqual(
      found.map(([what]) => what?.split('\n')[0]),
      ['2 units', '1 unit'].map((units) => `The vendor has ${units} of Zebra Mail that are not in our books`),
    );
  });

  test('are searched without looking through all products for each of them', async () => {
    await change(sql`insert into products (name, provider, sku)
      select 'Product ' || n, 'ledger', 'SKU-' || n from generate_series(1, 200) as n`);
    await change(sql`insert into ledger_subscriptions (id, sku, quantity, status)
      select 'many-' || n, 'SKU-' || n, 1, 'active' from generate_series(1, 100) as n`);
    await readLedger(talk);
    const wanted = { kind: undefined, service: undefined, texts: ['product'] };
    await talk.db.transaction().execute(async (trx) => {
      assert.equal((await countFound(trx, ALL, wanted, new Date(MORNING)))[0]?.count, 100);
      const { rows: read } = await sql<{ tuples: number }>`
        select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as tuples from pg_stat_xact_user_tables
        where relname = 'products'`.execute(trx);
      const tuples = read[0]?.tuples ?? 0;
      assert.ok(tuples > 0 && tuples < 2000, `${tuples} rows of products were read`);
    });
  });

  test('are of a reseller’s own customers; what is nobody’s is the provider’s', async () => {
    await change(sql`update domains set organization_id = (select id from organizations where name = 'Fabrikam')
      where domain = 'contoso.onmicrosoft.com'`);
    await change(
      sql`insert into ledger_subscriptions (id, sku, quantity, status) values ('sub-x', 'X', 1, 'active')`,
    );
    await readLedger(talk);
    const nora = await talk.as('nora').say('findings');
    assert.deepEqual(
      rows(nora).map(([, where]) => where),
      ['Contoso\n10023/1'],
    );
    assert.doesNotMatch(JSON.stringify(nora), /Fabrikam|sub-x|trial/);
    const priya = await talk.as('priya').say('findings');
    assert.deepEqual(
      rows(priya).map(([, where]) => where),
      ['Contoso\n10023/1', 'Fabrikam\nsub-contoso-trial', 'Nobody’s\nsub-x'],
    );
    const northwind = {
      kind: 'reseller',
      organizationId: await organizationId(talk.db, 'Northwind Partners'),
    } as const;
    const now = new Date(MORNING);
    assert.deepEqual(
      [await openFindings(talk.db, northwind, now), await openFindings(talk.db, ALL, now)],
      [1, 3],
    );
    assert.deepEqual(
      (await largestOpen({ db: talk.db, now }, ALL, 2)).findings.map(({ about, organization }) => [
        about,
        organization,
      ]),
      [
        ['sub-contoso-trial', 'Fabrikam'],
        ['10023/1', 'Contoso'],
      ],
    );
  });

  test('are in a channel of a customer that customer’s, for the one who asks', async () => {
    await change(sql`update domains set organization_id = (select id from organizations where name = 'Fabrikam')
      where domain = 'contoso.onmicrosoft.com'`);
    await readLedger(talk);
    const priya = talk.as('priya', channel('fabrikam'));
    await priya.say('use fabrikam here');
    const reply = await priya.say('findings');
    assert.equal(reply.audience, 'asker');
    assert.equal(rows(reply).length, 1);
    assert.doesNotMatch(JSON.stringify(reply), /Contoso/);
    const nora = await talk.as('nora', channel('fabrikam')).say('findings');
    assert.match(nora.text, /belongs to a customer that is not one of yours/);
  });

  test('have pages that are turned in place and keep what was asked', async () => {
    await change(sql`insert into ledger_subscriptions (id, sku, quantity, status)
      select 'many-' || lpad(n::text, 3, '0'), 'X', n, 'active' from generate_series(1, 23) as n`);
    await readLedger(talk);
    const priya = talk.as('priya');
    const first = await priya.say('findings many');
    assert.match(first.text, /^23 findings with “many”: 23 unknown to us\. Page 1 of 3\./);
    const second = await priya.press(first, 'Next page');
    assert.equal(second.position, 'instead');
    assert.match(rows(second)[0]?.[1] ?? '', /many-013/);
    const last = await priya.press(second, 'Next page');
    assert.deepEqual(
      buttons(last).slice(0, 4),
      ['Finding', 'Finding', 'Finding', 'Previous page'].map((title, at) =>
        at < 3 ? (buttons(last)[at] ?? title) : title,
      ),
    );
    assert.equal(rows(last).length, 3);
  });

  test('say so where nothing disagrees, and where nothing was read', async () => {
    const priya = talk.as('priya');
    const unread = await priya.say('findings');
    assert.match(unread.text, /^The vendors have not been read yet\./);
    assert.deepEqual(buttons(unread), ['Read the vendors', 'Answered']);
    await agree(talk);
    await readLedger(talk);
    const reply = await priya.say('findings');
    assert.match(
      reply.text,
      /^Nothing disagrees: what the vendors have is what our books say\. The vendors were read/,
    );
  });

  test('are read again in the background, and the message tells how that ended', async () => {
    const nora = talk.as('nora');
    const asked = await nora.say('findings read');
    assert.match(asked.text, /^Reading the vendors…/);
    const read = await becomes(({ text }) => /^\d+ findings/.test(text));
    assert.match(read.text, /^4 findings, 4 new\. The vendors are read\./);
    assert.deepEqual(buttons(read), ['Show findings']);
    talk.setTime('2026-11-21T09:00:00Z');
    await talk.as('priya').press(await talk.as('priya').say('findings'), 'Read again');
    const again = await becomes(({ text }) => /^4 findings\. /.test(text));
    assert.match(again.text, /The vendors are read\./);
  });

  test('stay where a vendor can’t be read; why, and what is read, is the provider’s own business', async () => {
    await readLedger(talk);
    await change(sql`insert into reading_wishes (organization_id, asked_by, asked_at)
      select id, 'Somebody', ${MORNING}::timestamptz from organizations
      where name in ('HamaraCloud', 'Northwind Partners') order by kind`);
    const fault = Object.assign(
      new Error('connect ECONNREFUSED 10.0.0.7:443 https://api.ledger.example?token=1'),
      {
        code: 'ECONNREFUSED',
      },
    );
    let pages = 0;
    const list = async (after?: string) => {
      if (pages++ > 0) throw fault;
      return (await ledgerOf(talk).list(after)).slice(0, 3);
    };
    const logged: unknown[] = [];
    const away = { ...workingOn(talk, { list }), report: (err: unknown) => void logged.push(err) };
    const NOT_READ = 'The vendor “ledger” can’t be read. It could not be reached.';
    await assert.rejects(readNow(away, false), { message: NOT_READ });
    const wishes = () =>
      talk.db.selectFrom('reading_wishes').select(['id', 'outcome']).orderBy('id').execute();
    const message = async (id: number) => shown((await readingMessage(talk.ctx(), `${id}`)) ?? tell(''));
    const messages = async () => Promise.all((await wishes()).map(({ id }) => message(id)));
    const [toProvider = '', toReseller = ''] = await messages();
    assert.match(toProvider, /3 subscriptions so far\..*It could not be reached\. It is tried again\./s);
    assert.match(toReseller, /Some vendors could not be read\. It is tried again\./);
    await readNow(away, true);
    const failed = [{ provider: 'ledger', reason: 'It could not be reached.' }];
    assert.deepEqual((await wishes())[0]?.outcome, { open: 2, fresh: 2, leftOut: 0, failed });
    const [after = '', reseller = ''] = await messages();
    assert.ok(after.includes(NOT_READ));
    assert.match(reseller, /Some vendors could not be read\./);
    const own = await talk.as('priya').say('findings');
    assert.match(own.text, /^2 findings/);
    assert.ok(shown(own).includes(`${NOT_READ} Its findings are those of the reading before.`));
    const nora = shown(await talk.as('nora').say('findings'));
    assert.match(nora, /Some vendors could not be read\. What was found before stays\./);
    for (const said of [toReseller, reseller, nora]) assert.doesNotMatch(said, /ledger|reached|so far/);
    assert.doesNotMatch([toProvider, after, shown(own)].join(), /ECONN|10\.0|token/);
    assert.deepEqual(logged, [fault, fault]);
  });

  test('are read at the start of the bot where that was missed, and only there', async () => {
    await resumeReading(talk.ctx());
    await becomesRead();
    const before = await lastAt();
    talk.setTime('2026-11-22T02:59:00Z');
    await resumeReading(talk.ctx());
    assert.deepEqual(await waiting(), 0);
    talk.setTime('2026-11-22T03:01:00Z');
    await resumeReading(talk.ctx());
    await becomesRead(before);
  });
  const lastAt = async () =>
    (
      await talk.db
        .selectFrom('readings')
        .select('finished_at as at')
        .where('finished_at', 'is not', null)
        .executeTakeFirst()
    )?.at;
  const becomesRead = async (since?: Date | null) => {
    for (;;) {
      const at = await lastAt();
      if (at && (!since || at > since)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const waiting = async () => {
    const { rows: found } = await sql<{ count: number }>`
      select count(*)::int as count from pgboss.job where name = 'findings.read' and state = 'created'`.execute(
      talk.db,
    );
    return found[0]?.count;
  };

  test('that were answered say who did it, and can be opened again by those whose they are', async () => {
    await readLedger(talk);
    await addCustomer(talk.db, 'Tailspin', 'Northwind Partners');
    await change(sql`update findings set answer = 'accepted', answered_by = 'Nora Lindgren', answered_at = ${MORNING}
      where kind = 'quantity'`);
    await change(sql`update findings set answer = 'snoozed', answered_by = 'Priya Raman', answered_at = ${MORNING},
      snoozed_until = '2026-11-28T08:00:00Z', organization_id = (select id from organizations where name = 'Fabrikam')
      where kind = 'unknown'`);
    const priya = talk.as('priya');
    assert.match((await priya.say('findings')).text, /^Nothing disagrees/);
    const all = await priya.say('findings answered');
    assert.match(all.text, /^2 findings answered\./);
    assert.match(all.text, /Snoozed by Priya Raman, until 28 Nov 2026/);
    const nora = talk.as('nora');
    const own = await nora.say('findings answered');
    assert.equal(rows(own).length, 1);
    const snoozed = await talk.db
      .selectFrom('findings')
      .select('id')
      .where('kind', '=', 'unknown')
      .executeTakeFirstOrThrow();
    assert.match(
      (await nora.submit('findings.reopen', { finding: snoozed.id })).text,
      /is not one that can be opened again/,
    );
    const opened = await nora.press(own, buttons(own)[0] ?? '');
    assert.match(opened.text, /^Finding \d+ waits for an answer again\. We have 10 units/);
    assert.equal(opened.position, 'instead');
    assert.equal(rows(await nora.say('findings')).length, 1);
    const entry = await talk.db
      .selectFrom('history')
      .select(['summary', 'actor_name'])
      .where('kind', '=', 'finding')
      .executeTakeFirstOrThrow();
    assert.match(entry.summary, /^Opened finding \d+ again: We have 10 units .* \(10023\/1\)$/);
    assert.equal(entry.actor_name, 'Nora Lindgren');
    talk.setTime('2026-11-28T08:00:00Z');
    assert.equal(rows(await priya.say('findings')).length, 2);
  });
});
