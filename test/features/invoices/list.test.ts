import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buttons, choices, rows, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Talk } from '../../support/talk.ts';
import { addCustomer, organizationId } from '../orders/stock.ts';

onBothEngines('the list of invoices', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
    await talk.db.deleteFrom('invoices').execute();
    for (let index = 0; index < 11; index++) await invoice('Contoso', 10023, `INV-10023-${index}`, 11_000);
    await invoice('Contoso', 10024, 'CN-10024', -4400);
    await invoice('Contoso', 10026, 'INV-10026', 700);
    await invoice('Fabrikam', 10025, 'INV-10025', 31_250);
  });
  after(() => talk.close());

  async function invoice(of: string, order: number, number: string, amount_minor: number): Promise<void> {
    const { id } = await talk.db
      .selectFrom('orders')
      .select('id')
      .where('number', '=', order)
      .executeTakeFirstOrThrow();
    await talk.db
      .insertInto('invoices')
      .values({
        number,
        order_id: id,
        organization_id: await organizationId(talk.db, of),
        amount_minor,
        currency: 'EUR',
        lines: '[]',
        issued_at: new Date('2026-11-20T08:00:00Z'),
        due_at: new Date('2026-12-20T08:00:00Z'),
      })
      .execute();
  }

  test('has the newest first, in pages, and leads to their orders', async () => {
    const carla = talk.as('carla');
    const list = await carla.say('invoices');
    assert.match(
      list.text,
      /^Contoso: 11 invoices and 1 credit note\nCN-10024: -?−?€?-?44\.00.*, order 10024, 20 Nov 2026\nINV-10023-10: €110\.00, order 10023/,
    );
    assert.match(rows(list)[0]?.join('\n') ?? '', /CN-10024\nOrder 10024\n[\s\S]*20 Nov 2026\nCredit note/);
    assert.match(shown(list), /Due 20 Dec 2026/);
    assert.equal(rows(list).length, 10);
    assert.deepEqual(
      choices(list, 'text').map(({ value }) => value),
      ['order 10024', 'order 10023'],
    );
    assert.match((await carla.press(list, 'Open', { text: 'order 10024' })).text, /10024/);
    const next = await carla.press(list, 'Next page');
    assert.equal(next.position, 'instead');
    assert.deepEqual([rows(next).length, buttons(next)], [2, ['Open', 'Previous page', 'Orders']]);
    assert.match((await carla.press(next, 'Previous page')).text, /\nCN-10024/);
  });

  test('of a customer that was named is that one’s, on each page', async () => {
    const arjun = talk.as('arjun');
    assert.match((await arjun.say('invoices fabri')).text, /^Fabrikam: 1 invoice\nINV-10025: €312\.50/);
    const list = await arjun.say('invoices contoso');
    assert.match((await arjun.press(list, 'Next page')).text, /^Contoso: 12 invoices and 1 credit note/);
    assert.match((await arjun.say('invoices')).text, /Which customer\?/);
    const nobody = await arjun.say('invoices nobody');
    assert.match(nobody.text, /There is no customer “nobody”/);
    assert.match((await arjun.press(nobody, 'Fabrikam')).text, /^Fabrikam: 1 invoice/);
    const reseller = await arjun.say('invoices northwind');
    assert.match((await arjun.press(reseller, 'Contoso')).text, /^Contoso: 12 invoices and 1 credit note/);
    await addCustomer(talk.db, 'Conrad', 'HamaraCloud');
    const whose = await arjun.say('invoices con');
    assert.match(whose.text, /Which customer\?/);
    assert.match((await arjun.press(whose, 'Conrad')).text, /^Conrad: 0 invoices/);
  });

  test('is not for others, and has none of an order that only changes the markup', async () => {
    for (const who of ['carla', 'chris'] as const) {
      assert.doesNotMatch((await talk.as(who).say('invoices')).text, /10026|10025/);
      assert.match((await talk.as(who).say('invoices fabrikam')).text, /There is no customer/);
      const turned = await talk.as(who).submit('invoices.page', { of: 'Fabrikam', page: 1 });
      assert.match(turned.text, /There is no customer/);
    }
    assert.match((await talk.as('nora').say('invoices fabrikam')).text, /There is no customer/);
    const nora = talk.as('nora', channel('sales'));
    const open = await nora.say('invoices contoso');
    assert.match(open.text, /^Contoso: 11 invoices and 1 credit note/);
    assert.equal(open.audience, 'asker');
    assert.match(
      (await talk.as('nora').say('invoices contoso')).text,
      /^Contoso: 12 invoices and 1 credit note\nINV-10026/,
    );
  });
});
