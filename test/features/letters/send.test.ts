import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { inTransaction } from '../../../src/db/index.ts';
import { openPostbox } from '../../../src/edges.ts';
import { type Letter, sendLetter } from '../../../src/features/letters/send.ts';
import { header, type Mailbox, openMailbox, textOf } from '../../mail/server.ts';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Talk } from '../../support/talk.ts';
import { runSheet, sheet, users } from '../bulk/support.ts';

const PASSWORD = 'zQ7-never-to-be-kept';
const credentials = {
  template: 'admin credentials',
  values: {
    firstName: 'Carla',
    lastName: 'Diaz',
    company: 'Contoso',
    userName: 'admin@contoso.onmicrosoft.com',
    password: PASSWORD,
    domain: 'contoso.onmicrosoft.com',
  },
} as const;

onBothEngines('a letter', (engine) => {
  let mailbox: Mailbox;
  let talk: Talk;
  let close: () => Promise<void>;
  before(async () => {
    mailbox = await openMailbox();
    talk = await openTalk(engine, undefined, undefined, async (openFile) => {
      const { edge, stop } = await openPostbox(`${mailbox.url}?from=bot@hamaracloud.example`, { openFile });
      close = stop;
      return edge;
    });
  });
  after(async () => {
    await talk.close();
    await close();
    await mailbox.close();
  });

  const send = (letter: Letter) => inTransaction(talk.ctx(), (ctx) => sendLetter(ctx, letter));
  const to = (address: string) => mailbox.waitFor(({ to }) => to.includes(address));
  const delivery = (address: string) =>
    talk.db.selectFrom('deliveries').selectAll().where('conversation', '=', address).execute();
  const ended = async (address: string) => {
    for (;;) {
      const [row] = await delivery(address);
      if (row !== undefined && row.state !== 'waiting') return row;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  test('arrives with its subject, its text and the provider’s name', async () => {
    const sent = await send({ ...credentials, to: 'first@contoso.example', key: 'credentials 1' });
    const letter = await to('first@contoso.example');

    assert.equal(sent, 'queued');
    assert.equal(header(letter, 'Subject'), 'Admin credentials of contoso.onmicrosoft.com');
    assert.match(header(letter, 'From') ?? '', /^"?HamaraCloud"? <bot@hamaracloud\.example>$/);
    assert.equal(header(letter, 'To'), 'first@contoso.example');
    assert.equal(header(letter, 'Auto-Submitted'), 'auto-generated');
    const text = textOf(letter);
    assert.match(text, /^Dear Carla Diaz,\n\nthese are the credentials/);
    await send({
      ...credentials,
      values: { ...credentials.values, firstName: '' },
      to: 'last@contoso.example',
      key: 'credentials of Diaz',
    });
    assert.match(textOf(await to('last@contoso.example')), /^Dear Diaz,\n/);
    assert.ok(text.includes(`Password: ${PASSWORD} (`));
    assert.match(text, /Where to sign in: answer this letter, and we tell you\n/);
    assert.doesNotMatch(text, /\{\{/);
    assert.ok(text.endsWith('Kind regards\nHamaraCloud'));
  });

  test('with a password is nowhere any more once it was sent', async () => {
    await send({ ...credentials, to: 'second@contoso.example', key: 'credentials 2' });
    await to('second@contoso.example');
    const row = await ended('second@contoso.example');
    assert.deepEqual([row.state, row.secret], ['sent', true]);
    assert.deepEqual(await tablesWith(talk, PASSWORD), []);
  });

  test('with a password that the server refuses for good is not kept either', async () => {
    mailbox.refuse(550);
    await send({ ...credentials, to: 'nobody@contoso.example', key: 'credentials 3' });
    const row = await ended('nobody@contoso.example');
    mailbox.refuse(undefined);
    assert.equal(row.state, 'dead');
    assert.deepEqual(await tablesWith(talk, PASSWORD), []);
  });

  test('that waits holds its password, so the search would find one', async () => {
    await inTransaction(talk.ctx(), async (ctx) => {
      await sendLetter(ctx, { ...credentials, to: 'third@contoso.example', key: 'credentials 4' });
      assert.deepEqual(await tablesWith({ db: ctx.db }, PASSWORD), ['deliveries']);
    });
    await ended('third@contoso.example');
  });

  test('without a secret is kept; its key makes it once', async () => {
    const values = { order: 'HAMARACLOUD10029', company: 'Contoso', reason: 'No such domain' };
    const letter = {
      template: 'order failed',
      to: 'fourth@contoso.example',
      key: 'order 1',
      values,
    } as const;
    await Promise.all([send(letter), send(letter)]);
    await send(letter);
    const row = await ended('fourth@contoso.example');
    assert.match(JSON.stringify(row.reply), /No such domain/);
    assert.equal((await delivery('fourth@contoso.example')).length, 1);
    assert.equal(mailbox.received.filter((one) => one.to.includes('fourth@contoso.example')).length, 1);
  });

  test('of a change that is rolled back is not sent', async () => {
    await assert.rejects(
      talk.db.transaction().execute(async (db) => {
        const ctx = { ...talk.ctx(), db };
        await sendLetter(ctx, { ...credentials, to: 'fifth@contoso.example', key: 'credentials 5' });
        throw new Error('The change failed.');
      }),
    );
    assert.deepEqual(await delivery('fifth@contoso.example'), []);
  });

  test('goes out as the provider changed it', async () => {
    await talk.as('priya').say('change letter order failed\nOh no: {{order}}\nBecause: {{reason}}');
    const values = { order: 'HAMARACLOUD10030', reason: 'Eve\r\nBcc: eve@evil.example {{company}}' };
    await send({ template: 'order failed', to: 'sixth@contoso.example', key: 'order 2', values });
    const letter = await to('sixth@contoso.example');
    assert.equal(header(letter, 'Subject'), 'Oh no: HAMARACLOUD10030');
    assert.equal(textOf(letter), 'Because: Eve Bcc: eve@evil.example {{company}}');
    assert.deepEqual(letter.to, ['sixth@contoso.example']);
  });

  test('of the provider’s own words greets and goes out as before where it has no words for what is missing', async () => {
    const priya = talk.as('priya');
    await priya.say(
      'change letter admin credentials\nKey\nHello {{firstName}},\n{{userName}} {{password}}\n{{portalUrl}}',
    );
    const values = { ...credentials.values, firstName: '' };
    await send({ ...credentials, values, to: 'eighth@contoso.example', key: 'credentials 8' });
    assert.equal(textOf(await to('eighth@contoso.example')), `admin@contoso.onmicrosoft.com ${PASSWORD}`);
    await priya.say('reset letter admin credentials');
  });

  test('is not sent without a server, and nothing is stored', async () => {
    const ctx = { ...talk.ctx(), settings: { ...talk.ctx().settings, mail: false } };
    const sent = await sendLetter(ctx, { ...credentials, to: 'seventh@contoso.example', key: 'c 7' });
    assert.equal(sent, 'no mail');
    assert.deepEqual(await delivery('seventh@contoso.example'), []);
  });

  test('tells of the end of a job, with its workbook', async () => {
    await talk
      .as('priya')
      .say('change letter job done\nSheet {{file}} of {{company}}\nJob {{job}}: {{outcome}}');
    await runSheet(talk, talk.as('carla'), '10024/1', sheet(users(3)));
    const letter = await to('carla@contoso.example');
    assert.match(header(letter, 'Subject') ?? '', /^Sheet .+ of Contoso$/);
    assert.match(letter.raw, /Job \d+: done, 3 of 3 rows/);
    assert.match(letter.raw, /filename=job-\d+-result\.xlsx/);
  });
});

/** The tables in which a text stands, anywhere. */
async function tablesWith({ db }: Pick<Talk, 'db'>, text: string): Promise<string[]> {
  const { rows } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(db);
  const found: string[] = [];
  for (const { schema, name } of rows) {
    const table = sql.table(`${schema}.${name}`);
    const { rows: hits } = await sql`
      select 1 from ${table} t where t::text like ${`%${text}%`} limit 1`.execute(db);
    if (hits.length > 0) found.push(name);
  }
  return found;
}
