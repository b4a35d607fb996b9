import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, rows } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import type { Speaker } from '../../support/talk.ts';
import { agree, OFFICE, readLedger } from './support.ts';

onBothEngines('other article numbers of products', (engine) => {
  let talk: CalmTalk;
  let priya: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    await agree(talk);
  });
  after(() => talk.close());
  beforeEach(async () => {
    await talk.db.deleteFrom('product_aliases').execute();
    priya = talk.as('priya');
  });
  const known = async () =>
    (
      await talk.db
        .selectFrom('product_aliases as a')
        .innerJoin('products as p', 'p.id', 'a.product_id')
        .select(['a.sku', 'p.name'])
        .orderBy('a.sku')
        .execute()
    ).map(({ sku, name }) => `${sku} = ${name}`);

  for (const said of [
    'alias add E3-NEW = Office 365 E3',
    'alias add E3-NEW=O365-E3',
    'alias add E3-NEW = "office 365 e3"',
    'alias add E3-NEW "Office 365 E3"',
    'alias E3-NEW = o365-e3',
    'alias add "E3-NEW" = "O365-E3"',
  ])
    test(`are added: ${said}`, async () => {
      assert.match((await priya.say(said)).text, /^E3-NEW is Office 365 E3\./);
      assert.deepEqual(await known(), ['E3-NEW = Office 365 E3']);
    });

  test('are listed, removed and brought back, with a row of history each', async () => {
    assert.match((await priya.say('alias')).text, /^No product has another article number/);
    await priya.say('alias add E3-NEW = O365-E3');
    const list = await priya.say('alias');
    assert.deepEqual(rows(list)[0]?.slice(0, 2), ['E3-NEW\nledger', 'Office 365 E3\nO365-E3']);
    const removed = await priya.press(list, 'Remove E3-NEW');
    assert.match(removed.text, /^E3-NEW is not Office 365 E3 any more\./);
    assert.deepEqual(await known(), []);
    assert.equal(
      (await priya.say('undo')).text,
      'Undone: Removed E3-NEW as another article number of Office 365 E3.',
    );
    assert.deepEqual(await known(), ['E3-NEW = Office 365 E3']);
    const history = await talk.db
      .selectFrom('history')
      .select('summary')
      .where('kind', '=', 'alias')
      .orderBy('id', 'desc')
      .limit(2)
      .execute();
    assert.deepEqual(
      history.map(({ summary }) => summary),
      [
        'Removed E3-NEW as another article number of Office 365 E3',
        'Added E3-NEW as another article number of Office 365 E3',
      ],
    );
  });

  test('are taken back by undo, but not where they have changed since', async () => {
    await priya.say('alias add E3-NEW = O365-E3');
    await talk.db.deleteFrom('product_aliases').execute();
    await priya.say('alias add E3-OTHER = O365-E3');
    await priya.say('undo');
    assert.deepEqual(await known(), []);
    const first = await talk.db
      .selectFrom('history')
      .select('id')
      .where('summary', 'like', 'Added E3-NEW%')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    assert.match((await priya.say(`undo ${first.id}`)).text, /has changed since/);
  });

  test('are offered where something is missing, near or ambiguous', async () => {
    const near = await priya.say('alias add E3-NEW = Ofice 365 E3');
    assert.match(near.text, /^There is no product “Ofice 365 E3”\. Did you mean/);
    assert.ok(buttons(near).includes('Office 365 E3'));
    assert.match((await priya.press(near, 'Office 365 E3')).text, /^E3-NEW is Office 365 E3/);
    const which = await priya.say('alias add E-1 = office');
    assert.match(which.text, /^Which product is E-1\? “office” fits \d+ products/);
    assert.ok(buttons(which).includes('Office 365 E5'));
    assert.match((await priya.say('alias add E-1')).text, /^Which product is E-1\?/);
    assert.match((await priya.say('alias add')).text, /^Which article number, and which product\?/);
    const gone = await priya.say('alias remove E3-NWE');
    assert.match(gone.text, /is no other article number of a product\. Did you mean/);
    assert.deepEqual(buttons(gone), ['E3-NEW', 'Article numbers']);
  });

  test('are offered no product that is not near', async () => {
    for (const said of ['BAR', 'XYZZY', 'E9X']) {
      const far = await priya.say(`alias add FOO = ${said}`);
      assert.equal(far.text, `There is no product “${said}”. The catalog shows what there is.`);
      assert.deepEqual(buttons(far), ['Catalog']);
    }
  });

  test('are refused where they are how the vendor calls a subscription', async () => {
    await readLedger(talk);
    const refused = `${OFFICE} is a subscription at the vendor, not an article number.`;
    const known1 = await priya.say(`alias add ${OFFICE.toUpperCase()} = O365-E5`);
    assert.equal(
      known1.text.replace(OFFICE.toUpperCase(), OFFICE),
      `${refused} Its article number is O365-E3: Office 365 E3.`,
    );

    await sql`update ledger_subscriptions set sku = 'E3-NEW' where id = ${OFFICE}`.execute(talk.db);
    await readLedger(talk);
    const offered = await priya.say(`alias add ${OFFICE} = O365-E3`);
    assert.equal(offered.text, `${refused} Its article number is E3-NEW.`);
    assert.match((await priya.press(offered, 'Add E3-NEW')).text, /^E3-NEW is Office 365 E3\./);
    await sql`update ledger_subscriptions set sku = 'O365-E3' where id = ${OFFICE}`.execute(talk.db);

    await talk.db.deleteFrom('seen_subscriptions').execute();
    const unseen = await priya.say(`alias add ${OFFICE} = O365-E3`);
    assert.equal(unseen.text, `${refused} Take the number of what it was sold as.`);
    assert.deepEqual(await known(), ['E3-NEW = Office 365 E3']);
    await readLedger(talk);
  });

  test('are refused where they are a product’s own, or are there already', async () => {
    assert.match(
      (await priya.say('alias add o365-e5 = O365-E3')).text,
      /is the article number of Office 365 E5 itself/,
    );
    await priya.say('alias add E3-NEW = O365-E3');
    assert.match((await priya.say('alias add e3-new = O365-E3')).text, /^E3-NEW is Office 365 E3 already\./);
    const other = await priya.say('alias add e3-new = O365-E5');
    assert.match(other.text, /^E3-NEW is Office 365 E3\. Remove that first/);
    assert.match((await priya.say(`alias add ${'X'.repeat(61)} = O365-E3`)).text, /60 characters at most/);
    assert.deepEqual(await known(), ['E3-NEW = Office 365 E3']);
  });

  test('settle what was found about them, and are offered from it', async () => {
    await sql`update ledger_subscriptions set sku = 'E3-NEW' where id = ${OFFICE}`.execute(talk.db);
    await readLedger(talk);
    assert.match((await priya.say('findings product')).text, /^1 finding with “product”: 1 product/);
    const offered = await priya.say('alias add');
    await priya.press(offered, 'E3-NEW is O365-E3');
    assert.match((await priya.say('findings products')).text, /^No findings/);
    await readLedger(talk);
    assert.match((await priya.say('findings product contoso')).text, /^No findings/);
  });

  test('are the provider’s business', async () => {
    for (const who of ['nora', 'carla'] as const)
      assert.match((await talk.as(who).say('alias')).text, /may not do that/);
  });
});
