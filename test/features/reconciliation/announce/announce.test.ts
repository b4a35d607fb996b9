import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import type { Working } from '../../../../src/bot/index.ts';
import type { Card } from '../../../../src/chat/card.ts';
import type { Reply } from '../../../../src/chat/reply.ts';
import { ANNOUNCE_QUEUE, announceWork } from '../../../../src/features/reconciliation/announce/announce.ts';
import { openProviders, type Provider } from '../../../../src/providers/index.ts';
import { onPostgres } from '../../../support/database.ts';
import { channel, openTalk, settings, type Talk } from '../../../support/talk.ts';

/** Two days before the run of November, at the time at which it is due. */
const AHEAD = '2026-11-23T06:00:00Z';
/** What a vendor does otherwise than the ledger. */
type Vendor = (ledger: Provider) => Partial<Provider>;
const KEY = 'reconciliation-preview:2026-11 test channel:';

onPostgres('the preview two days before', (engine) => {
  let talk: Talk;
  let asked: number;
  beforeEach(async () => {
    talk = await openTalk(engine);
    talk.setTime('2026-11-20T12:00:00Z');
    asked = 0;
  });
  afterEach(() => talk.close());

  /** Has the work done at a time, as one try of it. */
  async function announce(now = AHEAD, more: { vendor?: Vendor; lastTry?: boolean } = {}) {
    talk.setTime(now);
    const clock = () => new Date(now);
    const ledger = openProviders(talk.db, { clock, seconds: 0, fail: undefined })('ledger');
    const working: Working = {
      ...talk.ctx(),
      clock,
      quiet: async () => undefined,
      post: async (place) => ({ place, message: '' }),
      providers() {
        asked += 1;
        return { ...ledger, ...more.vendor?.(ledger) };
      },
    };
    await announceWork.handle(working, {}, more.lastTry ?? false);
  }
  const broken: Vendor = () => ({ list: () => Promise.reject(new Error('The ledger is away.')) });

  /** What each channel has heard, by its name. */
  async function heard(): Promise<Record<string, Reply>> {
    const rows = await talk.db
      .selectFrom('deliveries')
      .select(['key', 'reply'])
      .where('key', 'like', 'reconciliation-preview:%')
      .orderBy('key')
      .execute();
    return Object.fromEntries(rows.map(({ key, reply }) => [key.slice(KEY.length), reply as Reply]));
  }
  const bind = (who: 'priya' | 'nora', name: string) =>
    talk.as(who, channel(name)).say('notify here reconciliation');
  const titles = (reply: Reply | undefined) => (reply?.card?.actions ?? []).map(({ title }) => title);
  const offered = (reply: Reply | undefined, id: string) =>
    (reply?.card?.body ?? []).flatMap((one) =>
      one.type === 'Input.ChoiceSet' && one.id === id ? one.choices : [],
    );
  const texts = (reply: Reply | Card | undefined): string => JSON.stringify(reply);
  /** The largest difference is one of Fabrikam, which is no customer of Northwind. */
  async function moveToFabrikam() {
    const fabrikam = sql`(select id from organizations where name = 'Fabrikam')`;
    await sql`update subscriptions set organization_id = ${fabrikam} where provider_subscription = 'sub-contoso-10024-1'`.execute(
      talk.db,
    );
    await sql`update services set organization_id = ${fabrikam} where id in (
      select service_id from subscriptions where organization_id = ${fabrikam})`.execute(talk.db);
  }
  const allRight = () =>
    sql`update subscriptions sub set quantity = s.associated from services s where s.id = sub.service_id`.execute(
      talk.db,
    );

  test('tells each channel what it may see: numbers, a picture of them, and what had better be answered', async () => {
    await moveToFabrikam();
    await bind('priya', 'ops');
    await bind('nora', 'north');
    await announce();
    const { ops, north, ...others } = await heard();
    assert.deepEqual(others, {});

    assert.match(
      ops?.text ?? '',
      /^The reconciliation of November 2026 is due on 25 Nov 2026, 06:00 UTC\. It would change \d+ of \d+ subscriptions of HamaraCloud and its customers: /,
    );
    assert.match(texts(ops), /Fabrikam/);
    assert.match(north?.text ?? '', /of Northwind Partners and its customers: /);
    assert.doesNotMatch(texts(north), /Fabrikam|HamaraCloud|arkup/);
    for (const reply of [ops, north]) {
      const types = reply?.card?.body.map(({ type }) => type) ?? [];
      assert.equal(types.indexOf('Table'), types.indexOf('Chart.VerticalBar.Grouped') + 1);
      assert.match(texts(reply), /Nothing has been changed yet\./);
      assert.ok(
        titles(reply).join().endsWith('As proposed,Leave it so,Snooze,Open,All findings,Preview now') ||
          titles(reply).join().endsWith('As proposed,Leave it so,Snooze,Open,Preview now'),
        titles(reply).join(),
      );
      assert.equal(reply?.audience, 'everyone');
    }
  });

  test('changes nothing, and says what the preview says', async () => {
    await moveToFabrikam();
    await bind('priya', 'ops');
    const before = await talk.db
      .selectFrom('subscriptions')
      .select(['id', 'quantity'])
      .orderBy('id')
      .execute();
    await announce();
    assert.deepEqual(
      await talk.db.selectFrom('subscriptions').select(['id', 'quantity']).orderBy('id').execute(),
      before,
    );
    const { ops } = await heard();
    assert.ok(ops);
    const pressed = await talk.as('priya', channel('ops')).press(ops, 'Preview now');
    const change = /(\d+) of \d+ subscriptions/.exec(ops.text)?.[1];
    assert.match(pressed.text, new RegExp(`\\b${change} of \\d+ subscriptions`));
  });

  test('goes out once a period, however many copies tell it, and to whom it was told is not told again', async () => {
    await bind('priya', 'ops');
    // Two that read a vendor at once may get in each other's way: then the jobs try again.
    const copy = () => announce().catch(() => announce());
    await Promise.all([copy(), copy(), copy(), copy()]);
    await bind('nora', 'late');
    await announce('2026-11-24T06:00:00Z');
    assert.deepEqual(Object.keys(await heard()), ['ops']);
    const rows = await talk.db.selectFrom('reconciliation_previews').select(['period', 'due']).execute();
    assert.deepEqual(rows, [{ period: '2026-11', due: new Date('2026-11-25T06:00:00Z') }]);
    await announce('2026-12-23T06:00:00Z');
    const { length } = await talk.db
      .selectFrom('deliveries')
      .select('id')
      .where('key', 'like', 'reconciliation-preview:2026-12 %')
      .execute();
    assert.equal(length, 2);
  });

  test('what another copy told meanwhile is not told to a channel that came since', async () => {
    await bind('priya', 'ops');
    let meanwhile: Promise<unknown> | undefined;
    const slow: Vendor = (ledger) => ({
      async list(after) {
        meanwhile ??= announce().then(() => bind('nora', 'late'));
        await meanwhile;
        return ledger.list(after);
      },
    });
    await announce(AHEAD, { vendor: slow });
    assert.ok(meanwhile);
    assert.deepEqual(Object.keys(await heard()), ['ops']);
  });

  test('waits for its time, and is made up as long as the run is ahead', async () => {
    await bind('priya', 'ops');
    await announce('2026-11-23T05:59:59Z');
    await announce('2026-11-25T06:00:00Z');
    assert.deepEqual(await heard(), {});
    assert.equal(asked, 0, 'no vendor is asked in vain');
    await announce('2026-11-25T05:59:00Z');
    assert.deepEqual(Object.keys(await heard()), ['ops']);
  });

  test('is not told of a period whose run was made', async () => {
    await bind('priya', 'ops');
    const { id } = await talk.db
      .selectFrom('organizations')
      .select('id')
      .where('kind', '=', 'provider')
      .executeTakeFirstOrThrow();
    await talk.db
      .insertInto('reconciliation_runs')
      .values({
        period: '2026-11',
        scope_id: id,
        scope_name: 'HamaraCloud',
        scheduled: true,
        actor: JSON.stringify({ kind: 'job', name: 'reconciliation' }),
        actor_name: 'reconciliation',
        member_id: null,
        place: null,
        at: new Date(AHEAD),
        checked: 0,
        changed: 0,
        applied_at: new Date(AHEAD),
        finished_at: new Date(AHEAD),
      })
      .execute();
    await announce();
    assert.deepEqual(await heard(), {});
  });

  test('waits for a vendor that can’t be read, then goes out without it and says so', async () => {
    await bind('priya', 'ops');
    await bind('nora', 'north');
    await assert.rejects(announce(AHEAD, { vendor: broken }), /ledger/);
    assert.deepEqual(await heard(), {});
    await announce(AHEAD, { vendor: broken, lastTry: true });
    const { ops, north } = await heard();
    assert.match(ops?.text ?? '', /The vendor ledger could not be read just now: /);
    assert.match(texts(ops?.card), /ledger could not be read just now: /);
    assert.match(north?.text ?? '', /Not every vendor could be read just now: /);
    assert.doesNotMatch(texts(north), /ledger/);
  });

  test('that broke off goes on: the next try tells it', async () => {
    await bind('priya', 'ops');
    await assert.rejects(announce(AHEAD, { vendor: broken }));
    await announce('2026-11-23T06:01:00Z');
    const { ops } = await heard();
    assert.doesNotMatch(ops?.text ?? '', /could not be read/);
    assert.ok(titles(ops).includes('Open'));
  });

  test('says nothing where there is nothing, and asks no vendor where nobody listens', async () => {
    await announce();
    assert.equal(asked, 0);
    await allRight();
    await bind('nora', 'north');
    await sql`delete from ledger_assignments`.execute(talk.db);
    await sql`delete from ledger_subscriptions`.execute(talk.db);
    await sql`update subscriptions set provider_subscription = null`.execute(talk.db);
    await announce();
    assert.deepEqual(await heard(), {});
  });

  test('tells of findings alone, the largest first, and how many more there are', async () => {
    await allRight();
    await sql`insert into ledger_subscriptions (id, account_id, domain, sku, quantity, status)
      select 'sub-new-' || n, null, 'contoso.onmicrosoft.com', 'O365-E5', n, 'active'
      from generate_series(1, 9) as n`.execute(talk.db);
    await bind('nora', 'north');
    await announce();
    const { north } = await heard();
    assert.match(
      north?.text ?? '',
      /Every quantity of Northwind Partners and its customers is right\. \d+ findings wait for an answer\.$/,
    );
    const found = offered(north, 'finding');
    assert.equal(found.length, 4);
    assert.equal(titles(north).at(-1), 'All findings');
    const total = Number(/(\d+) findings wait/.exec(north?.text ?? '')?.[1]);
    assert.match(texts(north), new RegExp(`And ${total - 4} more\\.`));
    for (const { value } of found) assert.match(texts(north), new RegExp(`Finding ${value}\\b`));
  });

  test('is answered where it is posted, as on the card of the finding: proposed, left, put off, opened', async () => {
    await allRight();
    await sql`delete from ledger_assignments`.execute(talk.db);
    await sql`update ledger_subscriptions set quantity = 5 where id = 'sub-contoso-10023-1'`.execute(talk.db);
    await bind('priya', 'ops');
    await announce();
    const { ops } = await heard();
    assert.ok(ops);
    const priya = talk.as('priya', channel('ops'));
    const quantity = offered(ops, 'finding').find(({ title }) => /Set to 5 here/.test(title));
    assert.ok(quantity, texts(ops));
    assert.match(texts(ops), new RegExp(`Finding ${quantity.value}: Set to 5 here`));
    const confirm = await priya.press(ops, 'As proposed', { finding: quantity.value });
    assert.match(confirm.text, /^Set 10023\/1 to 5 units here\?/);
    assert.equal(confirm.audience, 'asker');
    const opened = await priya.press(ops, 'Open', { finding: quantity.value });
    assert.match(opened.text, new RegExp(`^Finding ${quantity.value} of Contoso: We have 10 units`));
    assert.equal(opened.position, 'below');
    const [one, other] = offered(ops, 'finding').filter(({ value }) => value !== quantity.value);
    assert.ok(one && other);
    const snoozed = await priya.press(ops, 'Snooze', { finding: one.value, until: 'run' });
    assert.match(snoozed.text, /is asked again on 25 Nov 2026, 06:00 UTC/);
    const left = await priya.press(ops, 'Leave it so', { finding: other.value });
    assert.match(left.text, /^Left it as it is\./);
    const arjun = talk.as('arjun', channel('ops'));
    const again = await arjun.press(ops, 'Leave it so', { finding: other.value });
    assert.match(again.text, /has answered this already\. Nothing was changed\./);
    // A customer who reads along can't answer.
    const carla = talk.as('carla', channel('ops'));
    const refused = await carla.press(ops, 'Leave it so', { finding: quantity.value });
    assert.doesNotMatch(refused.text, /Left it/);
  });

  test('is nothing for customers', async () => {
    await bind('nora', 'north');
    await sql`update notice_channels set organization_id = (
      select id from organizations where name = 'Contoso')`.execute(talk.db);
    await announce();
    assert.deepEqual(await heard(), {});
  });

  test('is posted by the bot itself when the clock says so', async () => {
    await bind('priya', 'ops');
    talk.setTime(AHEAD);
    await talk.jobs.enqueue(talk.db, ANNOUNCE_QUEUE, { due: AHEAD });
    const { place } = await talk.waitForPost(({ key }) => key.startsWith('reconciliation-preview:2026-11'));
    assert.equal(place.name, '#ops');
    assert.equal(settings.reconcileTimezone, 'UTC');
  });
});
