import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, errorAt, fields, rows, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, type Speaker } from '../../support/talk.ts';

const choice = (reply: Reply, id: string, title: string): string => {
  const found = choices(reply, id).find((one) => one.title.startsWith(title));
  assert.ok(found, `${title} is none of ${choices(reply, id).map((one) => one.title)}`);
  return found.value;
};
const numberOf = (reply: Reply): string => /Order (\d+)/.exec(shown(reply))?.[1] ?? '';

/** Chooses a region, by its name. */
async function begin(who: Speaker, region = 'Stockholm'): Promise<Reply> {
  const first = await who.say('new machines another');
  return who.press(first, 'Choose region', { region: choice(first, 'region', region) });
}

const add = (who: Speaker, card: Reply, of: string, template: string, quantity: string, storage = '') =>
  who.press(card, buttons(card)[0] ?? '', {
    profile: choice(card, 'profile', of),
    template: choice(card, 'template', template),
    quantity,
    storage,
  });

onBothEngines('configuring virtual machines', (engine) => {
  let talk: CalmTalk;
  let carla: Speaker;
  let nora: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    carla = talk.as('carla');
    nora = talk.as('nora');
    await nora.say('use contoso');
    await talk.as('priya').say('use contoso');
  });
  after(() => talk.close());

  test('begins with the region, then loads its profiles and templates', async () => {
    const first = await carla.say('new machines another');
    assert.deepEqual(fields(first), ['region']);
    assert.deepEqual(
      choices(first, 'region').map(({ title }) => title),
      ['Frankfurt', 'Stockholm'],
    );

    const sizes = await carla.press(first, 'Choose region', { region: choice(first, 'region', 'Frankfurt') });
    assert.deepEqual(
      choices(sizes, 'profile').map(({ title }) => title),
      [
        'Small · 1 core, 2 GB memory, 40 GB disk',
        'Medium · 2 cores, 8 GB memory, 80 GB disk',
        'Large · 4 cores, 16 GB memory, 160 GB disk',
        'Extra large · 8 cores, 64 GB memory, 320 GB disk',
      ],
    );
    assert.deepEqual(
      choices(sizes, 'template').map(({ title }) => title),
      ['Debian 13', 'Ubuntu Server 24.04', 'Windows Server 2025'],
    );
    assert.match(shown(sizes), /^Contoso$/m);
    assert.doesNotMatch(shown(await begin(carla)), /Extra large/);
  });

  test('shows the quotas of each profile and the total with its price after every choice', async () => {
    let card = await begin(carla);
    assert.match(shown(card), /Machines: 0\nCores: 0/);
    card = await add(carla, card, 'Small', 'Debian', '2', '500');
    assert.deepEqual(rows(card), [
      ['2 × Small\nDebian 13', '2 cores, 4 GB memory, 80 GB disk\nEach: 1 core, 2 GB memory, 40 GB disk'],
    ]);
    card = await add(carla, card, 'Large', 'Windows', '1', '500');
    assert.equal(rows(card).length, 2);

    const text = shown(card);
    for (const line of [
      'Machines: 3',
      'Cores: 6',
      'Memory: 20 GB',
      'Disk: 240 GB',
      'Extra storage: 500 GB',
    ]) {
      assert.ok(text.includes(line), `${line}\n\nis not in\n\n${text}`);
    }
    // 5 % of Northwind, then 15 % of Contoso, each resource rounded by itself: 1087, 483, 9, 7 for a unit.
    const minor = 6 * 1087 + 20 * 483 + 240 * 9 + 500 * 7;
    assert.ok(text.includes(`Estimated price: €${(minor / 100).toFixed(2)} per month`), text);
    assert.equal(typed(card, 'storage'), '500');
  });

  test('adds the add-ons, goes back and keeps everything', async () => {
    const sizes = await add(carla, await begin(carla), 'Medium', 'Ubuntu', '1');
    const vpn = await carla.press(sizes, 'Next: VPN connections', { quantity: '', storage: '10' });
    assert.match(shown(vpn), /10 S2S Channels: €30\.19 each per month\./);
    const saved = await carla.press(vpn, 'Save', { quantity: '2' });
    assert.match(shown(saved), /VPN channels: 20 \(2 × 10 S2S Channels\)/);
    const ipv4 = await carla.press(saved, 'Next: IPv4 addresses', { quantity: '3' });
    assert.match(shown(ipv4), /1 Static IPv4 Address/);
    const both = await carla.press(ipv4, 'Save', { quantity: '4' });
    assert.match(shown(both), /VPN channels: 30 .*\nIPv4 addresses: 4/);

    const back = await carla.press(both, 'Back: VPN connections');
    assert.equal(typed(back, 'quantity'), '3');
    const first = await carla.press(back, 'Back: sizes');
    assert.equal(typed(first, 'storage'), '10');
    assert.equal(rows(first).length, 1);
    assert.match(shown(first), /IPv4 addresses: 4/);
  });

  test('is gone on with in another place', async () => {
    const card = await add(carla, await begin(carla), 'Large', 'Debian', '3');
    const elsewhere = talk.as('carla', channel('servers'));
    const again = await elsewhere.say('new machines');
    assert.equal(numberOf(again), numberOf(card));
    assert.match(shown(again), new RegExp(`You go on with order ${numberOf(card)}`));
    assert.deepEqual(rows(again), rows(card));
    const more = await add(elsewhere, again, 'Small', 'Debian', '1');
    assert.equal(rows(await carla.say(`new machines ${numberOf(card)}`)).length, 2);
    assert.equal(rows(more).length, 2);
  });

  test('keeps of another region what exists there and says what does not', async () => {
    let card = await begin(carla, 'Frankfurt');
    card = await add(carla, card, 'Extra large', 'Debian', '1');
    card = await add(carla, card, 'Large', 'Debian', '2');
    const region = await carla.press(card, 'Change region');
    const moved = await carla.press(region, 'Choose region', {
      region: choice(region, 'region', 'Stockholm'),
    });
    assert.match(shown(moved), /1 × Extra large with Debian 13 left out: Stockholm has no Extra large\./);
    assert.deepEqual(
      rows(moved).map(([first]) => first),
      ['2 × Large\nDebian 13'],
    );
  });

  test('changes and removes machines', async () => {
    let card = await add(carla, await begin(carla), 'Small', 'Debian', '2');
    const form = await carla.press(card, 'Change machines');
    assert.equal(typed(form, 'quantity'), '2');
    const wrong = await carla.press(form, 'Save', { template: '', quantity: 'none' });
    assert.equal(errorAt(wrong, 'template'), 'Choose a template of this region.');
    assert.equal(errorAt(wrong, 'quantity'), '“none” is not a whole number greater than zero.');
    assert.equal(typed(wrong, 'quantity'), 'none');
    card = await carla.press(wrong, 'Save', { template: choice(form, 'template', 'Ubuntu'), quantity: '5' });
    assert.deepEqual(
      rows(card).map(([first]) => first),
      ['5 × Small\nUbuntu Server 24.04'],
    );

    card = await add(carla, card, 'Large', 'Debian', '1');
    const which = await carla.press(card, 'Change machines');
    const one = await carla.press(which, '5 × Small · Ubuntu Server 24.04');
    card = await carla.press(one, 'Remove');
    assert.deepEqual(
      rows(card).map(([first]) => first),
      ['1 × Large\nDebian 13'],
    );
    // What is no longer there.
    const machine = `${choice(card, 'profile', 'Small')}-${choice(card, 'template', 'Ubuntu')}`;
    const stale = { order: numberOf(card), machine, template: choice(card, 'template', 'Debian') };
    const told = await carla.submit('machines.row', { ...stale, quantity: '1' });
    assert.match(shown(told), /have just been changed or removed/);
    assert.equal(rows(told).length, 1);
  });

  test('has a sentence for every bad field and gives back what was typed', async () => {
    let card = await begin(carla);
    const profile = choice(card, 'profile', 'Small');
    const template = choice(card, 'template', 'Debian');
    for (const [values, field, sentence] of [
      [{ profile, template, quantity: 'two' }, 'quantity', '“two” is not a whole number greater than zero.'],
      [{ profile, template, quantity: '0' }, 'quantity', '“0” is not a whole number greater than zero.'],
      [{ profile, template, quantity: '1.5' }, 'quantity', '“1.5” is not a whole number greater than zero.'],
      [{ profile, template, quantity: '101' }, 'quantity', '101 is too many: at most 100.'],
      [{ profile: '', template, quantity: '1' }, 'profile', 'Choose a hardware profile of this region.'],
      [
        { profile: '999999', template, quantity: '1' },
        'profile',
        'Choose a hardware profile of this region.',
      ],
      [{ profile, template: '', quantity: '1' }, 'template', 'Choose a template of this region.'],
      [
        { profile, template, quantity: '1', storage: '-5' },
        'storage',
        '“-5” is not a whole number from 0 up.',
      ],
      [{ storage: '100001' }, 'storage', '100001 is too many: at most 100000.'],
    ] as const) {
      const back = await carla.press(card, 'Add', { storage: '', ...values });
      assert.equal(errorAt(back, field), sentence);
      if (field in values) {
        assert.equal(typed(back, field) ?? '', values[field as keyof typeof values]);
      }
      assert.equal(rows(back).length, 0);
      card = back;
    }
    const full = await add(carla, card, 'Small', 'Debian', '100');
    const over = await add(carla, full, 'Small', 'Debian', '1');
    assert.match(errorAt(over, 'quantity') ?? '', /more than 100 of Small/);

    const vpn = await carla.press(over, 'Next: VPN connections');
    const many = await carla.press(vpn, 'Save', { quantity: '1000' });
    assert.equal(errorAt(many, 'quantity'), '1000 is too many: at most 100.');
    assert.equal(typed(many, 'quantity'), '1000');
  });

  test('takes nothing from forged buttons', async () => {
    const frankfurt = await begin(carla, 'Frankfurt');
    const foreign = choice(frankfurt, 'profile', 'Extra large');
    // Nothing was chosen in it yet: it is taken once more.
    const card = await begin(carla, 'Stockholm');
    const order = numberOf(card);
    assert.equal(numberOf(frankfurt), order);
    const forged = await carla.submit('machines.sizes', {
      order,
      go: 'stay',
      profile: foreign,
      template: choice(card, 'template', 'Debian'),
      quantity: '1',
    });
    assert.equal(errorAt(forged, 'profile'), 'Choose a hardware profile of this region.');
    assert.equal(
      errorAt(await carla.submit('machines.region', { order, region: '99999' }), 'region'),
      'Choose one of these regions.',
    );
    for (const bad of ['10025', '10023', '99999', 'x', '']) {
      assert.match(
        (await carla.submit('machines.step', { order: bad, step: 'vpn' })).text,
        /can no longer be changed, or is not one of yours/,
      );
    }
    assert.doesNotMatch(shown(await carla.submit('machines.step', { order, step: 'somewhere' })), /Step/);
    // What only may be read.
    assert.doesNotMatch(shown(await talk.as('chris').say('new machines')), /Region/);
    assert.doesNotMatch(
      shown(await talk.as('chris').submit('machines.step', { order, step: 'sizes' })),
      /Your total/,
    );
  });

  test('shows the purchase price to who may know it, in a personal chat only', async () => {
    const card = await add(nora, await begin(nora), 'Small', 'Debian', '1');
    // 1 core, 2 GB, 40 GB at what Northwind pays: 945, 420 and 8 for a unit.
    assert.match(shown(card), /Purchase price: €21\.05 per month/);
    const order = numberOf(card);
    assert.doesNotMatch(JSON.stringify(await carla.say(`new machines ${order}`)), /purchase/i);
    assert.doesNotMatch(
      JSON.stringify(await talk.as('nora', channel('open')).say(`new machines ${order}`)),
      /purchase/i,
    );
  });

  test('tells what is no longer offered', async () => {
    const priya = talk.as('priya');
    await priya.say('machines add region Oslo');
    await priya.say('machines add profile Oslo Tiny 1 1 10');
    await priya.say('machines add profile Oslo Huge 64 512 4000');
    await priya.say('machines add template Oslo "Debian 14"');
    let card = await begin(carla, 'Oslo');
    card = await add(carla, card, 'Tiny', 'Debian 14', '2');
    card = await add(carla, card, 'Huge', 'Debian 14', '1');
    const order = numberOf(card);
    assert.match(
      (await priya.say('machines remove profile Oslo Tiny')).text,
      /1 order in which it was chosen/,
    );
    const told = await carla.say(`new machines ${order}`);
    assert.match(shown(told), /2 × Tiny with Debian 14 left out: Tiny is no longer offered in Oslo\./);
    assert.equal(rows(told).length, 1);
    await priya.say('machines remove region Oslo');
    const nowhere = await carla.say(`new machines ${order}`);
    assert.match(shown(nowhere), /The region Oslo is no longer offered\. Choose another one\./);
    assert.deepEqual(fields(nowhere), ['region']);
  });

  test('is for customers that have such a service', async () => {
    const priya = talk.as('priya');
    await priya.say('use fabrikam');
    assert.match((await priya.say('new machines')).text, /Fabrikam has no service with virtual machines/);
    await priya.say('use contoso');
  });
});
