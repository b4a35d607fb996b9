import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import {
  associate,
  at,
  CALLING,
  FULL,
  HEAD,
  MEETINGS,
  OFFICE,
  openWingtip,
  outcomes,
  release,
  SUITE,
  type Wingtip,
} from './support.ts';

const suite = (name: string) => [
  at(name),
  'TRUE',
  '',
  '',
  'TRUE',
  '',
  'Sue',
  '',
  '47',
  'Oslo',
  'w.webex.com',
];
const allOff = (name: string) => [at(name), 'FALSE', 'FALSE', 'FALSE'];

onBothEngines('a package job that is taken back', (engine) => {
  let wingtip: Wingtip;
  before(async () => {
    wingtip = await openWingtip(engine);
  });
  beforeEach(() => wingtip.reset());
  after(() => wingtip.close());
  const all = (...names: string[]) => Promise.all(names.map((name) => wingtip.user(name)));

  test('leaves everything as it was before', async () => {
    await wingtip.run([FULL, suite('sue'), suite('out'), [at('chg'), '', '', 'TRUE', 'TRUE', '', 'Chuck']]);
    await associate(wingtip, 'mia', OFFICE);
    const before = await all('sue', 'out', 'chg', 'mia', 'new');
    const free = await wingtip.free();

    const ran = await wingtip.run([
      FULL,
      [at('sue'), '', '', '', 'FALSE', 'TRUE', 'Susan', '+46812345678', '48', 'Bergen', 'x.webex.com'],
      allOff('out'),
      [at('chg'), 'FALSE', 'TRUE', 'FALSE', '', '', '', '', '4711', 'Oslo'],
      [at('mia'), '', '', 'TRUE', 'TRUE', '', 'Mia'],
      suite('new'),
    ]);
    assert.deepEqual(outcomes(ran.results).sort(), ['2 done', '3 done', '4 done', '5 done', '6 done']);
    const changed = await all('sue', 'out', 'chg', 'mia', 'new');
    for (const [index, line] of changed.entries()) assert.notEqual(line, before[index]);

    assert.deepEqual(await wingtip.takeBack(ran), []);
    assert.deepEqual(await all('sue', 'out', 'chg', 'mia', 'new'), before);
    assert.equal(await wingtip.free(), free);
    const left = await wingtip.db
      .selectFrom('users')
      .select('email')
      .where('email', '=', at('new'))
      .execute();
    assert.deepEqual(left, []);
  });

  test('says of each user what has been changed since, and leaves that', async () => {
    await wingtip.run([FULL, suite('out')]);
    const names = ['pkg', 'loc', 'lic', 'bye', 'okay'];
    const ran = await wingtip.run([
      FULL,
      ...names.map((name) => [at(name), '', '', '', 'TRUE']),
      allOff('out'),
    ]);
    await associate(wingtip, 'pkg', CALLING);
    await associate(wingtip, 'out', OFFICE);
    await wingtip.run([
      FULL,
      [at('loc'), '', '', '', '', '', 'Lo', '', '', 'Bergen'],
      [at('lic'), '', '', '', 'FALSE', 'TRUE'],
      allOff('bye'),
    ]);

    assert.deepEqual(outcomes(await wingtip.takeBack(ran)).sort(), [
      `2 failed: Of ${at('pkg')} something else has been changed since: the package.`,
      `3 failed: Of ${at('loc')} something else has been changed since: the first name and the location.`,
      `4 failed: Of ${at('lic')} something else has been changed since: the licences.`,
      `5 failed: ${at('bye')} is not there any more.`,
      `7 failed: ${at('out')} is there again.`,
    ]);
    assert.deepEqual(await all('pkg', 'loc', 'lic', 'bye', 'okay', 'out'), [
      `${CALLING} | messaging | `,
      ' | messaging | Lo Bergen',
      ' | calling | ',
      'nobody',
      'nobody',
      `${OFFICE} |  | `,
    ]);
  });

  test('says where the units are not free any more, and gives back the rest', async () => {
    for (const name of ['a', 'b', 'c']) await associate(wingtip, name, MEETINGS);
    const ran = await wingtip.run([HEAD, allOff('a'), allOff('b'), allOff('c')]);
    await associate(wingtip, 'eve', MEETINGS);
    await associate(wingtip, 'eva', MEETINGS);

    assert.deepEqual(outcomes(await wingtip.takeBack(ran)).sort(), [
      `3 failed: The unit of Webex Meetings (${MEETINGS}) that it had is not free any more.`,
      `4 failed: The unit of Webex Meetings (${MEETINGS}) that it had is not free any more.`,
    ]);
    assert.deepEqual(await all('a', 'b', 'c'), [`${MEETINGS} |  | `, 'nobody', 'nobody']);
    assert.equal(await wingtip.free(), '3 3 0 2');
  });

  test('swaps packages back where none is free', async () => {
    await associate(wingtip, 'a', MEETINGS);
    await associate(wingtip, 'b', SUITE);
    const toSuite = ['TRUE', '', 'FALSE', '', '', '', '', '47', 'Oslo', 'w.webex.com'];
    const ran = await wingtip.run([FULL, [at('a'), ...toSuite], [at('b'), 'FALSE', '', 'TRUE']]);
    assert.equal(await wingtip.free(), '2 3 2 2');
    for (const ref of [MEETINGS, SUITE]) {
      const id = await wingtip.idOf(ref);
      await wingtip.db.updateTable('services').set({ units: 1 }).where('id', '=', id).execute();
    }

    assert.deepEqual(await wingtip.takeBack(ran), []);
    assert.deepEqual(await all('a', 'b'), [`${MEETINGS} |  | `, `${SUITE} |  | `]);
    assert.equal(await wingtip.free(), '0 3 0 2');
  });

  test('keeps a user whom somebody else gave units since', async () => {
    const ran = await wingtip.run([FULL, suite('new')]);
    await associate(wingtip, 'new', OFFICE);
    assert.deepEqual(outcomes(await wingtip.takeBack(ran)), [
      `2 done: ${at('new')} stays in the organization with Office 365 E3.`,
    ]);
    assert.equal(await wingtip.user('new'), `${OFFICE} |  | `);
  });

  test('twice changes nothing more', async () => {
    const ran = await wingtip.run([FULL, suite('new')]);
    assert.deepEqual(await wingtip.takeBack(ran), []);
    assert.deepEqual(outcomes(await wingtip.takeBack(ran)), [
      `2 failed: ${at('new')} is not there any more.`,
    ]);
  });

  test('does not give back what a user has got again meanwhile', async () => {
    await associate(wingtip, 'sue', SUITE);
    const ran = await wingtip.run([HEAD, [at('sue'), 'FALSE']]);
    await associate(wingtip, 'sue', SUITE);
    assert.match(outcomes(await wingtip.takeBack(ran)).join(), /^2 failed: Of sue@.*: the package\.$/);
    await release(wingtip, 'sue', SUITE);
    assert.deepEqual(await wingtip.takeBack(ran), []);
    assert.equal(await wingtip.user('sue'), `${SUITE} |  | `);
  });
});
