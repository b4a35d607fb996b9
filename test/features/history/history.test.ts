import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { housekeeping, type Working } from '../../../src/bot/index.ts';
import { loadHistory } from '../../../src/features/history/store.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, rows, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, type Speaker } from '../../support/talk.ts';

/** What the work of this test never asks for. */
const OF_NO_USE = {} as Pick<Working, 'post' | 'providers' | 'clock' | 'quiet'>;

onBothEngines('history and undo', (engine) => {
  let talk: CalmTalk;
  let carla: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    carla = talk.as('carla');
  });
  after(() => talk.close());
  let users = 0;
  const somebody = () => `user${users++}@contoso.example`;
  const unitsOf = async (user: string) => {
    const { text } = await carla.say(`user ${user}`);
    return [...text.matchAll(/^(\d+\/\d+) .*: (\d+)$/gm)].map(([, service, units]) => `${service} ${units}`);
  };

  test('of a markup is for who sees markup, in a personal chat', async () => {
    const markup = /markup/i;
    assert.match((await talk.as('nora').say('history')).text, markup);
    assert.match((await talk.as('nora').say('history 10026')).text, markup);
    for (const reader of [carla, talk.as('chris'), talk.as('nora', channel('one'))]) {
      assert.doesNotMatch(JSON.stringify(await reader.say('history')), markup);
      assert.match((await reader.say('history 10026')).text, /There is no order 10026/);
    }
  });

  test('says who did what and when, the latest first', async () => {
    const user = somebody();
    await carla.say(`associate 10024/1 ${user} 2`);
    await talk.as('nora').say(`release 10024/1 ${user} 1`);

    const { text } = await carla.say('history 10024');

    assert.match(text, /^History of order 10024 \(Contoso\)\n/);
    const [, first, second] = text.split('\n');
    assert.match(
      first ?? '',
      new RegExp(`^2026-11-21 12:\\d\\d Nora Lindgren: Released 1 of .* \\(10024/1\\) from ${user}$`),
    );
    assert.match(second ?? '', new RegExp(`Carla Diaz: Associated ${user} \\(2\\) with`));
    assert.match((await carla.say('history')).text, /^History of all orders \(Contoso\)\n/);
    assert.doesNotMatch((await carla.say('history 10023')).text, new RegExp(user));
  });

  test('is shown by pages, each change once', async () => {
    for (let index = 0; index < 12; index++) await carla.say(`note 10027 Number ${index}`);
    const first = await carla.say('history 10027');
    assert.match(shown(first), /13 changes, the latest first\./);
    const second = await carla.press(first, 'Next page');
    const numbers = [first, second].flatMap(rows).map(([n]) => Number(n));
    assert.equal(new Set(numbers).size, 13);
    assert.deepEqual(
      numbers,
      [...numbers].sort((a, b) => b - a),
    );
  });

  test('a number of the history that somebody may not see does not exist', async () => {
    const entries = await talk.db.selectFrom('history').select(['id', 'kind']).orderBy('id').execute();
    const markup = entries.find(({ kind }) => kind === 'markup change')?.id ?? 0;
    for (const who of [carla, talk.as('nora', channel('two')), talk.as('priya', channel('two'))]) {
      assert.equal(
        (await who.say(`undo ${markup}`)).text,
        `There is no change ${markup} in the history that you can see.`,
      );
    }
    assert.match((await talk.as('nora').say(`undo ${markup}`)).text, /^Not undone: Changed the markup/);
  });

  test('an association is undone once, and the user it made is gone', async () => {
    const user = somebody();
    const done = await carla.say(`associate 10024/1 ${user} 3`);
    assert.match(shown(done), /Can be undone until \d\d:\d\d UTC/);

    const undone = await carla.press(done, 'Undo');

    assert.match(undone.text, /^Undone: Associated/);
    assert.equal(undone.position, 'instead');
    assert.match((await carla.say(`user ${user}`)).text, /Contoso has no user/);
    const again = await carla.press(done, 'Undo');
    assert.match(again.text, /^Not undone: .* It was undone before\./);
    assert.match(shown(await carla.say('history 10024')), /undone since/);
  });

  test('a user who was there before, or has something else since, stays', async () => {
    const [old, busy] = [somebody(), somebody()];
    await carla.say(`associate 10024/1 ${old}`);
    await carla.press(await carla.say(`associate 10024/1 ${old} 4`), 'Undo');
    assert.deepEqual(await unitsOf(old), ['10024/1 1']);

    const made = await carla.say(`associate 10024/1 ${busy}`);
    await carla.say(`associate 10023/1 ${busy}`);
    await carla.press(made, 'Undo');
    assert.deepEqual(await unitsOf(busy), ['10023/1 1']);
    await carla.say(`release 10023/1 ${busy}`);
  });

  test('a release and a move are undone as well', async () => {
    const user = somebody();
    await carla.say(`associate 10024/1 ${user} 3`);
    await carla.press(await carla.say(`release 10024/1 ${user} 2`), 'Undo');
    assert.deepEqual(await unitsOf(user), ['10024/1 3']);
    await carla.press(await carla.say(`release 10024/1 ${user}`), 'Undo');
    assert.deepEqual(await unitsOf(user), ['10024/1 3']);

    const moved = await carla.say(`move ${user} 10024/1 10023/1 2`);
    assert.deepEqual(await unitsOf(user), ['10023/1 2', '10024/1 1']);
    assert.match((await carla.press(moved, 'Undo')).text, /^Undone: Moved 2/);
    assert.deepEqual(await unitsOf(user), ['10024/1 3']);
  });

  test('undo without a number goes back one change at a time, never forth again', async () => {
    const user = somebody();
    const here = talk.as('carla', channel('three'));
    await here.say(`associate 10024/1 ${user} 5`);
    await here.say(`move ${user} 10024/1 10023/1 2`);
    await here.say(`release 10024/1 ${user} 1`);

    assert.match((await here.say('undo')).text, /^Undone: Released 1/);
    assert.match((await here.say('undo')).text, /^Undone: Moved 2/);
    assert.deepEqual(await unitsOf(user), ['10024/1 5']);
    assert.match((await here.say('undo')).text, /^Undone: Associated/);
    assert.match((await here.say('undo')).text, /^There is nothing to undo here/);
    const { text } = await carla.say('history 10024');
    assert.equal(text.match(new RegExp(`Diaz: (Associated|Released|Moved) .*${user}`, 'g'))?.length, 3);
  });

  test('never takes back an earlier change than the last one, but offers it by name', async () => {
    const here = talk.as('carla', channel('six'));
    await here.say('associate 10024/1 ines@contoso.example 1');
    await here.say('change organization contoso state=Madrid');
    const asked = await here.say('undo');
    assert.match(
      asked.text,
      /^Your last change here can’t be undone: Changed Contoso: State.*The one before that can: Associated/,
    );
    assert.match((await here.press(asked, 'Undo the one before')).text, /^Undone: Associated ines/);
  });

  test('undo without a number means one’s own change in this conversation', async () => {
    const user = somebody();
    await talk.as('carla', channel('four')).say(`associate 10024/1 ${user}`);
    assert.match((await talk.as('nora', channel('four')).say('undo')).text, /nothing to undo/);
    assert.match((await talk.as('carla', channel('five')).say('undo')).text, /nothing to undo/);
    assert.match((await talk.as('carla', channel('four')).say('undo')).text, /^Undone/);
  });

  test('undo with a number is that change; what is no number is not taken for one', async () => {
    const user = somebody();
    await carla.say(`associate 10024/1 ${user}`);
    const [[n = ''] = []] = rows(await carla.say('history 10024'));
    for (const word of ['x', '1.5', '0x10', '-1', '99999999999', `${n}abc`]) {
      const { text } = await carla.say(`undo ${word}`);
      assert.equal(text, `There is no change ${word} in the history that you can see.`);
    }
    assert.match((await carla.say(`undo #${n}`)).text, /^Undone: Associated/);
  });

  test('undo ends after ten minutes', async () => {
    const [early, late] = [somebody(), somebody()];
    const first = await carla.say(`associate 10024/1 ${early}`);
    talk.pass(9.9);
    assert.match((await carla.press(first, 'Undo')).text, /^Undone/);

    const second = await carla.say(`associate 10024/1 ${late}`);
    talk.pass(10);
    assert.match((await carla.say('undo')).text, /nothing to undo/);
    assert.match((await carla.press(second, 'Undo')).text, /^Not undone: .*more than 10 minutes ago/);
    assert.ok(!buttons(await carla.say('history 10024')).some((title) => title.startsWith('Undo')));
    assert.deepEqual(await unitsOf(late), ['10024/1 1']);
  });

  test('keeps what an undo needs for as long as it can be undone, and loads it for that alone', async () => {
    const user = somebody();
    await carla.say(`associate 10024/1 ${user}`);
    const last = () =>
      talk.db
        .selectFrom('history')
        .select(['id', 'before', 'after', 'undo'])
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow();
    const { id, after } = await last();
    const viewer = { scope: { kind: 'all' }, seesMarkup: true } as const;
    const [listed] = await loadHistory(talk.db, viewer, { orderId: undefined }, 0, 1);
    assert.equal(listed?.id, id);
    for (const large of ['before', 'after', 'undo']) assert.ok(!(large in (listed ?? {})), large);

    const [work] = (housekeeping.work ?? []).filter(({ name }) => name === 'bot.housekeeping');
    const tidy = () => work?.handle({ ...talk.ctx(), ...OF_NO_USE }, {}, false);
    talk.pass(9);
    await tidy();
    assert.notEqual((await last()).undo, null);
    talk.pass(1);
    await tidy();
    assert.deepEqual([(await last()).undo, (await last()).after], [null, after]);
    assert.match((await carla.say(`undo ${id}`)).text, /^Not undone: .*more than 10 minutes ago/);
  });

  test('undo is for who made the change, and for an admin of that customer', async () => {
    const user = somebody();
    const byPriya = await talk.as('priya').say(`associate 10024/1 ${user}`);
    assert.match(
      (await talk.as('arjun').press(byPriya, 'Undo')).text,
      /Only who did it, or an admin, can undo it/,
    );
    assert.match((await talk.as('chris').press(byPriya, 'Undo')).text, /may not do that/);
    assert.match((await carla.press(byPriya, 'Undo')).text, /^Undone/);

    for (const admin of ['nora', 'priya'] as const) {
      const byCarla = await carla.say(`associate 10024/1 ${somebody()}`);
      assert.match((await talk.as(admin).press(byCarla, 'Undo')).text, /^Undone/);
    }
    const byArjun = await talk.as('arjun').say(`associate 10024/1 ${somebody()}`);
    assert.match((await talk.as('arjun').press(byArjun, 'Undo')).text, /^Undone/);
  });

  test('undo is refused where the units have moved on', async () => {
    const user = somebody();
    const given = await carla.say(`associate 10024/1 ${user} 2`);
    await carla.say(`associate 10024/1 ${user} 1`);
    const refused = await carla.press(given, 'Undo');
    assert.match(refused.text, new RegExp(`^Not undone: .*The units of ${user} have changed since`));
    assert.match(shown(refused), /^Contoso\n/);

    const released = await carla.say(`release 10024/1 ${user} 1`);
    await carla.say(`release 10024/1 ${user} 1`);
    assert.match((await carla.press(released, 'Undo')).text, /The units have moved on since/);

    const moved = await carla.say(`move ${user} 10024/1 10023/1`);
    await carla.say(`release 10023/1 ${user}`);
    assert.match((await carla.press(moved, 'Undo')).text, /The units have moved on since/);
    assert.deepEqual(await unitsOf(user), []);
  });

  test('a release whose units somebody else has taken is not undone', async () => {
    const released = await carla.say('release 10023/3 bob@contoso.example');
    await carla.say(`associate 10023/3 ${somebody()}`);
    const refused = await carla.press(released, 'Undo');
    assert.match(refused.text, /The units are in use again: 0 of Webex Suite are free/);
  });

  test('undo of many users is all or nothing', async () => {
    const [one, two] = [somebody(), somebody()];
    const given = await carla.say(`associate 10024/1 ${one} ${two} 2`);
    await carla.say(`release 10024/1 ${two} 1`);
    assert.match((await carla.press(given, 'Undo')).text, /^Not undone/);
    assert.deepEqual(await unitsOf(one), ['10024/1 2']);
  });
});
