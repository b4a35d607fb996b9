import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, errorAt, fields, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import type { Somebody, Speaker } from '../../support/talk.ts';

const choice = (reply: Reply, id: string, title: string): string =>
  choices(reply, id).find((one) => one.title.startsWith(title))?.value ?? '';
const numberOf = (reply: Reply): string => /Order (\d+)/.exec(shown(reply))?.[1] ?? '';

/** Two small machines with an address, chosen and bought. */
async function configured(who: Speaker): Promise<{ order: string; basket: Reply }> {
  const region = await who.say('new machines another');
  const sizes = await who.press(region, 'Choose region', { region: choice(region, 'region', 'Stockholm') });
  const some = await who.press(sizes, 'Add', {
    profile: choice(sizes, 'profile', 'Small'),
    template: choice(sizes, 'template', 'Debian'),
    quantity: '2',
    storage: '100',
  });
  const vpn = await who.press(some, 'Next: VPN connections', { storage: '100' });
  const ipv4 = await who.press(vpn, 'Next: IPv4 addresses', { quantity: '1' });
  const basket = await who.press(ipv4, 'Buy this configuration', { quantity: '1' });
  return { order: numberOf(sizes), basket };
}

const NEW = {
  customer: 'new',
  company: 'Adventure Works',
  firstName: 'Ada',
  lastName: 'Berg',
  phone: '+46-84401299',
  address: 'Storgatan 1',
  postalCode: '111 34',
  city: 'Stockholm',
  country: 'SE',
  email: 'Ada@adventure-works.example',
};

onBothEngines('ordering virtual machines', (engine) => {
  let talk: CalmTalk;
  let people: Record<Exclude<Somebody, 'stranger'>, Speaker>;
  before(async () => {
    talk = await openCalmTalk(engine);
    people = {
      priya: talk.as('priya'),
      arjun: talk.as('arjun'),
      nora: talk.as('nora'),
      carla: talk.as('carla'),
      chris: talk.as('chris'),
    };
    for (const who of ['priya', 'arjun', 'nora'] as const) await people[who].say('use contoso');
  });
  after(() => talk.close());
  const rowOf = (order: string) =>
    talk.db.selectFrom('orders').selectAll().where('number', '=', Number(order)).executeTakeFirstOrThrow();
  const linesOf = (id: number) =>
    talk.db.selectFrom('requested_changes').selectAll().where('order_id', '=', id).execute();

  test('puts one line of quantity one into the basket, and lets it be changed', async () => {
    const { nora } = people;
    const { order, basket } = await configured(nora);
    assert.match(shown(basket), /Azure Pack virtual machines/);
    assert.match(shown(basket), /Region Stockholm/);
    const row = await rowOf(order);
    const [line, ...others] = await linesOf(row.id);
    assert.deepEqual(others, []);
    assert.equal(line?.quantity, 1);
    assert.equal(line?.kind, 'new subscription');
    assert.equal(row.add_ons, '1 × 10 S2S Channels, 1 × 1 Static IPv4 Address');
    assert.equal(row.description, '2 virtual machines in Stockholm');
    // 2 cores, 4 GB, 80 GB, 100 GB more, channels and an address at the prices of Contoso.
    const minor = 2 * 1087 + 4 * 483 + 80 * 9 + 100 * 7 + 3019 + 423;
    assert.ok(shown(basket).includes(`€${(minor / 100).toFixed(2)}`), shown(basket));

    assert.ok(buttons(basket).includes('Change configuration'), buttons(basket).join());
    const sizes = await nora.press(basket, 'Change configuration');
    assert.equal(typed(sizes, 'storage'), '100');
    await nora.press(sizes, 'Add or save', { storage: '0' });
    const [changed] = await linesOf(row.id);
    assert.match(JSON.stringify(changed?.configuration), /"extraStorageGb":\s*0/);
  });

  test('asks a reseller whether it is for resale or for own use', async () => {
    const { nora } = people;
    const { order } = await configured(nora);
    const asked = await nora.say(`checkout ${order}`);
    assert.deepEqual(buttons(asked), ['Own use', 'For resale', 'Basket']);
    const last = await nora.press(asked, 'Own use');
    assert.match(shown(last), /Own use/);
    assert.equal((await rowOf(order)).purpose, 'own use');
    assert.ok(
      buttons(last).some((title) => /^Place/.test(title)),
      buttons(last).join(),
    );
  });

  test('asks a customer nothing: it buys for itself', async () => {
    const { carla } = people;
    const { order } = await configured(carla);
    const last = await carla.say(`checkout ${order}`);
    assert.match(shown(last), /Own use/);
    assert.doesNotMatch(JSON.stringify(last), /purchase/i);
    assert.match((await carla.submit('machines.resale', { order })).text, /only a reseller resells/);
    assert.match(
      (await carla.submit('machines.customer', { order, ...NEW })).text,
      /only a reseller resells/,
    );
  });

  test('makes the new customer of a resale and gives it the order', async () => {
    const { nora } = people;
    const { order } = await configured(nora);
    const form = await nora.press(await nora.say(`checkout ${order}`), 'For resale');
    for (const field of Object.keys(NEW)) assert.ok(fields(form).includes(field), field);
    const empty = await nora.press(form, 'Next', { ...NEW, company: '', email: '' });
    assert.equal(errorAt(empty, 'company'), 'Write the name of the company.');
    assert.match(errorAt(empty, 'email') ?? '', /the activation e-mail goes there/);
    assert.equal(typed(empty, 'lastName'), 'Berg');
    const wrong = await nora.press(empty, 'Next', { ...NEW, email: 'ada', country: 'Nowhere' });
    assert.equal(errorAt(wrong, 'email'), '“ada” is not an e-mail address.');
    const worse = await nora.press(wrong, 'Next', { ...NEW, country: 'Nowhere', phone: '12' });
    assert.match(errorAt(worse, 'country') ?? '', /Nowhere/);
    assert.match(errorAt(worse, 'phone') ?? '', /12/);
    assert.equal((await rowOf(order)).purpose, null);

    const last = await nora.press(worse, 'Next', NEW);
    assert.match(shown(last), /^Adventure Works$/m);
    const row = await rowOf(order);
    const customer = await talk.db
      .selectFrom('organizations')
      .selectAll()
      .where('name', '=', 'Adventure Works')
      .executeTakeFirstOrThrow();
    assert.equal(row.organization_id, customer.id);
    assert.equal(row.purpose, 'resale');
    assert.equal(customer.contact_email, 'ada@adventure-works.example');
    assert.match(JSON.stringify(row.end_customer), /ada@adventure-works\.example/);
    // Without Contoso's markup now.
    const minor = 2 * 945 + 4 * 420 + 80 * 8 + 100 * 6 + 2625 + 368;
    assert.ok(shown(last).includes(`€${(minor / 100).toFixed(2)}`), shown(last));
    assert.match((await people.carla.say(`order ${order}`)).text, /There is no order/);
  });

  test('asks for the markup of a new customer, of those who say it and where nobody reads along', async () => {
    const { nora } = people;
    const { order } = await configured(nora);
    const form = await nora.press(await nora.say(`checkout ${order}`), 'For resale');
    assert.ok(fields(form).includes('markup'));
    const customer = { ...NEW, company: 'Tailwind' };
    const wrong = await nora.press(form, 'Next', { ...customer, markup: 'ten' });
    assert.equal(errorAt(wrong, 'markup'), '“ten” is not a percent. Write it like 12.5.');
    const last = await nora.press(wrong, 'Next', { ...customer, markup: '20 %' });
    const minor = 2 * 1134 + 4 * 504 + 80 * 10 + 100 * 7 + 3150 + 442;
    assert.ok(shown(last).includes(`€${(minor / 100).toFixed(2)}`), shown(last));
    const made = await talk.db
      .selectFrom('organizations')
      .select(['id', 'markup_bp'])
      .where('name', '=', 'Tailwind')
      .executeTakeFirstOrThrow();
    assert.equal(made.markup_bp, 2000);
    const told = await talk.db
      .selectFrom('history')
      .select(['kind', 'summary'])
      .where('organization_id', '=', made.id)
      .where('summary', 'like', '%arkup%')
      .execute();
    assert.deepEqual(told, [{ kind: 'markup change', summary: 'Set the markup of Tailwind to 20 %' }]);

    // The account manager of the provider does not set what Northwind adds.
    const { arjun } = people;
    await arjun.say('use contoso');
    const { order: other } = await configured(arjun);
    const his = await arjun.submit('machines.resale', { order: other });
    assert.ok(!fields(his).includes('markup'));
    await arjun.press(his, 'Next', { ...NEW, company: 'Tailor', markup: '20' });
    const unmarked = await talk.db
      .selectFrom('organizations')
      .select('markup_bp')
      .where('name', '=', 'Tailor')
      .executeTakeFirstOrThrow();
    assert.equal(unmarked.markup_bp, 0);
    await arjun.say('use contoso');
    await nora.say('use contoso');
  });

  test('is resold to a known customer with an address of its own choice', async () => {
    const { nora } = people;
    const { order } = await configured(nora);
    const form = await nora.press(await nora.say(`checkout ${order}`), 'For resale');
    const contoso = choice(form, 'customer', 'Contoso');
    const nobody = await nora.press(form, 'Next', { customer: '999999' });
    assert.match(errorAt(nobody, 'customer') ?? '', /Choose one of your customers/);
    const fabrikam = await rowOf('10025');
    const foreign = await nora.press(nobody, 'Next', { customer: String(fabrikam.organization_id) });
    assert.match(errorAt(foreign, 'customer') ?? '', /Choose one of your customers/);
    const last = await nora.press(foreign, 'Next', { customer: contoso, email: 'it@contoso.example' });
    assert.match(shown(last), /Resale to Contoso, it@contoso\.example/);
  });

  test('needs the accounts to be there, where the provider orders on behalf of a customer', async () => {
    for (const who of ['arjun', 'priya'] as const) {
      const { order } = await configured(people[who]);
      const own = await people[who].press(await people[who].say(`checkout ${order}`), 'Own use');
      assert.match(own.text, /Northwind Partners and Contoso are not synchronized with Azure Pack yet/);
      assert.deepEqual(buttons(own), ['Synchronize Northwind Partners', 'Synchronize Contoso', 'Basket']);
      assert.equal((await rowOf(order)).status, 'Started');
    }
  });

  test('is carried out to the end', async () => {
    const { nora } = people;
    const { order } = await configured(nora);
    const last = await nora.press(await nora.say(`checkout ${order}`), 'Own use');
    const place = buttons(last).find((title) => /^Place/.test(title)) ?? '';
    const values = Object.fromEntries(fields(last).map((field) => [field, typed(last, field) ?? '']));
    await nora.press(last, place, values);
    for (;;) {
      const { status } = await rowOf(order);
      if (status === 'Completed') break;
      assert.doesNotMatch(status, /failed|errors|Deleted/);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const accounts = await talk.db.selectFrom('accounts').selectAll().orderBy('role').execute();
    assert.deepEqual(
      accounts.map(({ role, state }) => [role, state]),
      [
        ['Reseller', 'synchronized'],
        ['User', 'synchronized'],
      ],
    );
    const { order: next } = await configured(people.arjun);
    const free = await people.arjun.press(await people.arjun.say(`checkout ${next}`), 'Own use');
    assert.ok(
      buttons(free).some((title) => /^Place/.test(title)),
      buttons(free).join(),
    );
  });
});
