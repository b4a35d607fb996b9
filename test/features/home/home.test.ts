import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isForm } from '../../../src/chat/card.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, file, type Somebody } from '../../support/talk.ts';
import { addOrder, OFFICE, organizationId } from '../orders/stock.ts';

onBothEngines('home', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());
  const home = (who: Somebody) => talk.as(who).say('home');

  test('says what needs the provider: what failed, with the order to open', async () => {
    const reply = await home('priya');

    assert.equal(reply.audience, 'asker');
    assert.match(shown(reply), /Order 10025 of Fabrikam failed/);
    assert.match(shown(reply), /Contoso\n2,010 of 2,017 free/);
    assert.match(shown(reply), /HAMARACLOUD10026/);
    assert.deepEqual(buttons(reply), [
      'Open',
      'Order 10025',
      'Associate users',
      'New order',
      'Bulk',
      'Find an order',
    ]);
    assert.equal(reply.card && isForm(reply.card), false);
  });

  test('says it in words as well', async () => {
    const { text } = await home('priya');

    assert.match(text, /^HamaraCloud:\nOrder 10025 of Fabrikam failed\./);
    assert.match(text, /\nContoso: 2,010 of 2,017 units free\./);
    assert.match(text, /\nHAMARACLOUD10025 of Fabrikam: Provisioning failed\./);
  });

  test('shows a reseller its own customers, and nothing of the provider’s', async () => {
    const reply = await home('nora');

    assert.match(shown(reply), /Contoso/);
    assert.doesNotMatch(JSON.stringify(reply), /Fabrikam|10025|10028/);
  });

  test('shows a customer its services, and no order that only changes the markup', async () => {
    for (const who of ['carla', 'chris'] as const) {
      const reply = await home(who);

      assert.match(shown(reply), /UniversalMessaging .*\(10024\/1\)\n2,000 of 2,000 free/);
      assert.doesNotMatch(JSON.stringify(reply), /Fabrikam|10026|markup/i);
    }
  });

  test('offers who only reads nothing that changes', async () => {
    assert.deepEqual(buttons(await home('chris')), ['Open', 'Orders', 'Free units', 'Find an order', 'Help']);
  });

  test('shows nobody in a channel an order that only changes the markup', async () => {
    const reply = await talk.as('priya', channel('sales')).say('home');

    assert.equal(reply.audience, 'asker');
    assert.doesNotMatch(JSON.stringify(reply), /10026/);
  });

  test('says why an order is not in other lists: it only changes the markup', async () => {
    assert.match(
      shown(await home('priya')),
      /HAMARACLOUD10026\nContoso · Markup change, which customers and channels are not shown/,
    );
  });

  test('says of an order that is not placed who began it, and of one’s own that it is one’s own', async () => {
    await talk.as('nora').say('new order "office 365 e3" 5');
    const begun = /HAMARACLOUD(\d+)(?: of Contoso)?: Started, begun by (.+)\./;

    assert.equal(begun.exec((await home('carla')).text)?.[2], 'Nora Lindgren, Northwind Partners');
    assert.equal(begun.exec((await home('nora')).text)?.[2], 'you');
    assert.match(
      shown(await home('carla')),
      /5 × Office 365 E3 · begun by Nora Lindgren, Northwind Partners/,
    );
    assert.doesNotMatch((await home('carla')).text, /Completed, begun/);
  });

  test('opens what was chosen in the list', async () => {
    const reply = await home('carla');
    const service = choices(reply, 'text').find(({ value }) => value === 'service 10024/1');
    assert.ok(service);

    const opened = await talk.as('carla').press(reply, 'Open', { text: service.value });

    assert.match(opened.text, /10024\/1/);
  });

  test('tells who approves of the orders that wait for them, and nobody else', async () => {
    await addWaiting(20101, 'Contoso');
    await addWaiting(20102, 'Fabrikam');

    assert.match((await home('nora')).text, /Order 20101 of Contoso waits for your approval/);
    assert.match((await home('arjun')).text, /Order 20102 of Fabrikam waits for your approval/);
    assert.doesNotMatch((await home('carla')).text, /your approval/);
    assert.match((await home('carla')).text, /HAMARACLOUD20101: waits for approval/);
  });

  test('shows a job that waits for a yes to whose it is', async () => {
    const preview = await talk.as('nora').say('bulk 10024/1', [file('more.csv', 'zoe@contoso.example,1\n')]);
    const job = /^Job (\d+)/.exec(preview.text)?.[1];

    assert.match((await home('nora')).text, new RegExp(`Job ${job} waits for your yes \\(more\\.csv\\)`));
    assert.doesNotMatch((await home('carla')).text, /waits for your yes/);
  });

  test('shows the running jobs with their progress to all who may see them', async () => {
    const { id: job } = await addJob('Contoso', { state: 'running', valid: 988, done: 500, failed: 2 });

    for (const who of ['priya', 'nora', 'carla'] as const) {
      const reply = await home(who);
      assert.match(reply.text, new RegExp(`Job ${job}, .*december\\.xlsx: 502 of 988 rows`));
      assert.ok(reply.card?.body.some(({ type }) => type === 'ProgressBar'));
    }
    assert.doesNotMatch((await home('chris')).text, /december/);
  });

  test('says of one’s own job that rows of it failed, for a week', async () => {
    const nora = await memberId('nora@northwind.example');
    const ended = { state: 'done', valid: 10, done: 8, failed: 2 } as const;
    const { id: fresh } = await addJob('Contoso', {
      ...ended,
      member: nora,
      finished: '2026-11-20T00:00:00Z',
    });
    const { id: old } = await addJob('Contoso', { ...ended, member: nora, finished: '2026-11-10T00:00:00Z' });

    assert.match((await home('nora')).text, new RegExp(`2 of 10 rows of job ${fresh} failed`));
    assert.doesNotMatch((await home('nora')).text, new RegExp(`of job ${old} `));
    assert.doesNotMatch((await home('priya')).text, /rows of job/);
  });

  test('finds the orders that a message names, those of others not', async () => {
    const chris = talk.as('chris');
    const named = (text: string) => chris.submit('home.named', { text });

    assert.match((await named('Please see HAMARACLOUD10023.')).text, /10023/);
    const several = await named('HAMARACLOUD10023, HAMARACLOUD10024 and HAMARACLOUD10025');
    assert.deepEqual(buttons(several).length, 2);
    assert.doesNotMatch(JSON.stringify(several), /Fabrikam|10025/);
    assert.deepEqual(buttons(await named('order 10023 and HAMARACLOUD10024')).length, 2);
    for (const text of ['HAMARACLOUD10025', 'HAMARACLOUD10026', 'call 0046-10023-1', 'no number', '']) {
      assert.equal((await named(text)).text, 'That message names no order that you can see.', text);
    }
  });

  test('finds the orders among many numbers that are none', async () => {
    const others = Array.from({ length: 40 }, (_, index) => 70_001 + index);
    for (const prefix of ['', 'HAMARACLOUD']) {
      const text = [...others, 10_023].map((number) => prefix + number).join(' ');
      const { text: said } = await talk.as('chris').submit('home.named', { text });
      assert.match(said, /10023/, prefix);
      assert.doesNotMatch(said, /names no order/);
    }
  });

  test('says how many orders a message names where it shows fewer', async () => {
    const numbers = Array.from({ length: 22 }, (_, index) => 71_001 + index);
    for (const number of numbers) await addOrder(talk.db, { number, of: 'Contoso', services: [[OFFICE, 1]] });
    const found = await talk.as('chris').submit('home.named', { text: numbers.join(' ') });
    assert.match(found.text, /The message names 22; these are the first 20\./);
    assert.equal(found.text.match(/Contoso/g)?.length, 20);
  });

  async function addWaiting(number: number, of: string): Promise<void> {
    await addOrder(talk.db, { number, of, status: 'Started', services: [[OFFICE, 1]] });
    const { id } = await talk.db
      .selectFrom('orders')
      .select('id')
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    await talk.db
      .insertInto('approvals')
      .values({
        order_id: id,
        requested_by: 'Somebody',
        requested_by_email: null,
        requested_by_member: null,
        requested_at: new Date('2026-11-20T00:00:00Z'),
        expires_at: new Date('2026-12-20T00:00:00Z'),
        state: 'waiting',
        place: null,
        decided_by: null,
        decided_by_email: null,
        decided_at: null,
        reason: null,
      })
      .execute();
  }

  const memberId = async (email: string) =>
    (await talk.db.selectFrom('members').select('id').where('email', '=', email).executeTakeFirstOrThrow())
      .id;

  type Job = {
    state: 'running' | 'done';
    valid: number;
    done: number;
    failed: number;
    member?: number;
    finished?: string;
  };
  async function addJob(of: string, { member, finished, ...job }: Job) {
    return talk.db
      .insertInto('jobs')
      .values({
        kind: 'associate',
        organization_id: await organizationId(talk.db, of),
        service_id: null,
        actor: JSON.stringify({ kind: 'job', name: 'test' }),
        member_id: member ?? null,
        actor_name: 'Somebody',
        place: JSON.stringify(channel('jobs')),
        file_name: 'december.xlsx',
        file_hash: '',
        preview: '{}',
        option: null,
        undo_of: null,
        history_id: null,
        rows: job.valid,
        ...job,
        created_at: new Date('2026-11-09T00:00:00Z'),
        accepted_at: new Date('2026-11-09T00:00:00Z'),
        finished_at: finished === undefined ? null : new Date(finished),
        result_file: null,
        retry_file: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
  }
});
