import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Listening } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import { openListening } from '../../../src/features/home/index.ts';
import { bareNumbersIn, numberOfPath, numbersIn } from '../../../src/features/home/rules.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, PEOPLE, settings } from '../../support/talk.ts';

describe('the orders that a text names', () => {
  for (const [text, found] of [
    ['HAMARACLOUD10023', [10023]],
    ['see hamaracloud10023, please', [10023]],
    ['HAMARACLOUD10023/1 and HAMARACLOUD10023/2', [10023]],
    ['HAMARACLOUD10023,HAMARACLOUD10024', [10023, 10024]],
    ['10023', []],
    ['XHAMARACLOUD10023', []],
    ['HAMARACLOUD10023b', []],
    ['HAMARACLOUD', []],
    ['HAMARACLOUD1234567890123', []],
    ['', []],
  ] as const) {
    test(JSON.stringify(text), () => assert.deepEqual(numbersIn('HAMARACLOUD', text), found));
  }

  test('with a prefix that would mean something in a pattern', () =>
    assert.deepEqual(numbersIn('A+(B', 'A+(B12 and AAB13'), [12]));

  for (const [text, found] of [
    ['10023', [10023]],
    ['order 10023/1, and 10024.', [10023, 10024]],
    ['1.10023 10,023 €10023.50 a10023 10023b @10023 x/10023 10023-1', []],
    ['12', []],
  ] as const) {
    test(`without a prefix: ${JSON.stringify(text)}`, () => assert.deepEqual(bareNumbersIn(text), found));
  }

  for (const [path, found] of [
    ['/api/v1/orders/HAMARACLOUD10023', 10023],
    ['/api/v1/orders/10023?x=1', 10023],
    ['/api/v1/orders/10023#top', 10023],
    ['/api/v1/orders/10023/services', 10023],
    ['/orders/10023', undefined],
    ['/files/orders/10023/x.csv', undefined],
    ['/api/v1/orders/', undefined],
    ['/api/v1/orders/10023abc', undefined],
  ] as const) {
    test(`in a link: ${path}`, () => assert.equal(numberOfPath('HAMARACLOUD', path), found));
  }
});

onBothEngines('orders that people name to each other', (engine) => {
  let talk: CalmTalk;
  let ears: Listening;
  let conversations = 0;
  let place: Place;
  before(async () => {
    talk = await openCalmTalk(engine);
    ears = openListening({
      db: talk.db,
      jobs: talk.jobs,
      settings,
      base: 'https://qm.example',
      clock: () => talk.ctx().now,
      report: (fault) => assert.ifError(fault),
    });
  });
  after(() => talk.close());
  beforeEach(() => {
    place = channel(`talk ${++conversations}`);
  });
  const hear = (who: keyof typeof PEOPLE | 'stranger', numbers: readonly string[], at = place) => {
    const email = who === 'stranger' ? undefined : PEOPLE[who];
    const person = { platform: 'test', id: who, name: who, ...(email && { email }) };
    return ears.previews({ person, place: at, numbers });
  };

  test('are shown to who wrote them alone', async () => {
    const [found, ...more] = await hear('nora', ['10023']);

    assert.deepEqual(more, []);
    assert.equal(found?.reply.audience, 'asker');
    assert.equal(found?.reply.text, 'HAMARACLOUD10023 of Contoso: Completed, 10 of 17 units free.');
    assert.deepEqual(found && buttons(found.reply), ['Order', 'Services', 'No more of these']);
  });

  test('are shown to all in a channel of their customer, and to nobody else’s', async () => {
    await talk.as('nora', place).say('use contoso here');

    const [open] = await hear('carla', ['10023']);
    assert.equal(open?.reply.audience, 'everyone');
    assert.ok(open && !buttons(open.reply).includes('No more of these'));
    const [alone] = await hear('priya', ['10025']);
    assert.equal(alone?.reply.audience, 'asker');
    assert.deepEqual(await hear('carla', ['10025']), []);
  });

  test('are shown to nobody who may not see them', async () => {
    assert.deepEqual(await hear('stranger', ['10023']), []);
    assert.deepEqual(await hear('nora', ['10025', '10028']), []);
    assert.deepEqual(await hear('chris', ['10025', '99999']), []);
  });

  test('are not shown where only the markup changes: others read along', async () => {
    for (const who of ['priya', 'nora', 'carla', 'chris'] as const)
      assert.deepEqual(await hear(who, ['10026']), []);
  });

  test('say nothing of prices and markups', async () => {
    const found = await hear('priya', ['10023', '10024', '10025']);

    assert.equal(found.length, 3);
    assert.doesNotMatch(found.map(({ reply }) => shown(reply)).join('\n'), /€|markup|%/i);
  });

  test('are shown once in an hour in one conversation', async () => {
    assert.equal((await hear('nora', ['10023'])).length, 1);
    assert.deepEqual(await hear('nora', ['10023']), []);
    assert.equal((await hear('nora', ['10024'])).length, 1);
    assert.equal((await hear('nora', ['10023'], channel(`elsewhere ${engine}`))).length, 1);
    talk.pass(61);
    assert.equal((await hear('nora', ['10023'])).length, 1);
  });

  test('shown to one person alone are shown to the others too, each once in an hour', async () => {
    assert.equal((await hear('nora', ['10023'])).length, 1);
    assert.equal((await hear('priya', ['10023'])).length, 1);
    assert.deepEqual(await hear('priya', ['10023']), []);
  });

  test('shown to all are shown once in an hour, whoever names them', async () => {
    await talk.as('nora', place).say('use contoso here');

    assert.equal((await hear('carla', ['10023'])).length, 1);
    assert.deepEqual(await hear('nora', ['10023']), []);
    assert.deepEqual(await hear('carla', ['10023']), []);
  });

  test('that could not be shown are shown when they are named again', async () => {
    const [first, second] = await hear('nora', ['10023', '10024']);
    await first?.notShown();

    assert.deepEqual(
      (await hear('nora', ['10023', '10024'])).map(({ number }) => number),
      ['10023'],
    );
    talk.pass(61);
    assert.equal((await hear('nora', ['10024'])).length, 1);
    await second?.notShown();
    assert.deepEqual(await hear('nora', ['10024']), [], 'it was shown since');
  });

  test('are not shown where there are many', async () => {
    assert.deepEqual(await hear('priya', ['10023', '10024', '10025', '10028']), []);
  });

  test('that somebody may not see do not keep others from seeing them', async () => {
    await hear('chris', ['10025']);
    await hear('stranger', ['10025']);

    assert.equal((await hear('priya', ['10025'])).length, 1);
  });

  test('are not shown to who does not want it, until they do again', async () => {
    const nora = talk.as('nora', place);
    const [found] = await hear('nora', ['10023']);
    assert.ok(found);
    assert.match((await nora.press(found.reply, 'No more of these')).text, /previews on$/);

    talk.pass(61);
    assert.deepEqual(await hear('nora', ['10023']), []);
    assert.deepEqual(await hear('nora', ['10024'], channel(`another ${engine}`)), []);
    assert.equal((await hear('priya', ['10023'])).length, 1);

    await nora.say('previews on');
    assert.equal((await hear('nora', ['10024'])).length, 1);
  });

  test('are not shown in a channel where they are turned off for all, until they are on again', async () => {
    const nora = talk.as('nora', place);
    const off = await nora.say('previews off here');
    assert.equal(off.audience, 'everyone');
    assert.match((await nora.say('previews')).text, /not shown/);
    assert.deepEqual(await hear('priya', ['10023']), []);

    await talk.as('priya', place).say('previews on here');
    assert.equal((await hear('priya', ['10023'])).length, 1);
  });

  test('can’t be turned off for all by who only reads, nor where nobody else is', async () => {
    assert.match((await talk.as('chris', place).say('previews off here')).text, /only .* for yourself/);
    assert.match((await talk.as('nora').say('previews off here')).text, /nobody else/);
    assert.equal((await hear('priya', ['10023'])).length, 1);
  });

  test('are left alone where there are many', () => {
    assert.deepEqual(ears.numbersIn('HAMARACLOUD1 HAMARACLOUD2 HAMARACLOUD3'), ['1', '2', '3']);
    assert.deepEqual(ears.numbersIn('HAMARACLOUD1 HAMARACLOUD2 HAMARACLOUD3 HAMARACLOUD4'), []);
  });

  test('are read in links to the bot’s own pages only', () => {
    assert.deepEqual(ears.numbersOfLink('https://qm.example/api/v1/orders/HAMARACLOUD10023'), ['10023']);
    assert.deepEqual(ears.numbersOfLink('https://qm.example.evil.example/orders/10023'), []);
    assert.deepEqual(ears.numbersOfLink('https://elsewhere.example/orders/10023'), []);
  });
});
