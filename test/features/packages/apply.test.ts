import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { assertSums } from '../bulk/support.ts';
import {
  associate,
  at,
  CALLING,
  ENDED,
  FULL,
  HEAD,
  MEETINGS,
  MORE_SUITE,
  OFFICE,
  openWingtip,
  outcomes,
  release,
  SUITE,
  type Wingtip,
} from './support.ts';

/** Webex Suite, with all that it needs. */
const suite = (name: string) => [at(name), 'TRUE', '', '', '', '', '', '', '47', 'Oslo', 'w.webex.com'];
const allOff = (name: string) => [at(name), 'FALSE', 'FALSE', 'FALSE'];

onBothEngines('rows of a package sheet', (engine) => {
  let wingtip: Wingtip;
  before(async () => {
    wingtip = await openWingtip(engine);
  });
  beforeEach(() => wingtip.reset());
  after(() => wingtip.close());

  test('give packages, licences and details, also to users who are not there yet', async () => {
    await associate(wingtip, 'mia', OFFICE);
    const { results } = await wingtip.run([
      FULL,
      [at('new'), '', 'TRUE', '', 'TRUE', 'x', 'Nora', '+46812345678', '', 'Oslo'],
      [at('mia'), '', '', 'yes', 'no'],
      [at('lic'), '', '', '', 'SANT'],
    ]);
    assert.deepEqual(outcomes(results), ['2 done', '3 done', '4 done']);
    assert.equal(await wingtip.user('new'), `${CALLING} | messaging calling | Nora +46812345678 Oslo`);
    assert.equal(await wingtip.user('mia'), `${MEETINGS} ${OFFICE} |  | `);
    assert.equal(await wingtip.user('lic'), ' | messaging | ');
    assert.equal(await wingtip.free(), '3 2 2 2');
  });

  test('fill the services of a package one after the other', async () => {
    await wingtip.run([FULL, ...['a', 'b', 'c', 'd', 'e'].map(suite)], undefined, 2);
    const holds = await Promise.all(['a', 'c', 'd', 'e'].map(wingtip.user));
    assert.deepEqual(
      holds.map((line) => line.split(' ')[0]),
      [SUITE, SUITE, MORE_SUITE, MORE_SUITE],
    );
    assert.equal(await wingtip.free(), '0 3 3 0');
  });

  test('change a package in one step', async () => {
    await associate(wingtip, 'sue', SUITE);
    await associate(wingtip, 'old', ENDED);
    const { results } = await wingtip.run([
      HEAD,
      [at('sue'), 'FALSE', '', 'TRUE'],
      [at('old'), 'FALSE', 'FALSE', 'TRUE'],
    ]);
    assert.deepEqual(outcomes(results), ['2 done', '3 done']);
    assert.equal(await wingtip.user('sue'), `${MEETINGS} |  | `);
    assert.equal(await wingtip.user('old'), `${MEETINGS} |  | `);
    assert.equal(await wingtip.free(), '3 3 1 2');
  });

  test('take a package away and leave the user', async () => {
    await associate(wingtip, 'sue', SUITE);
    await wingtip.run([HEAD, [at('sue'), 'FALSE']]);
    assert.equal(await wingtip.user('sue'), ' |  | ');
    assert.equal(await wingtip.free(), '3 3 3 2');
  });

  test('remove users from the organization, but none whom others hold', async () => {
    await wingtip.run([
      FULL,
      suite('sue'),
      [at('lic'), '', '', '', 'TRUE'],
      [at('mia'), '', '', 'TRUE', 'TRUE'],
    ]);
    await associate(wingtip, 'mia', OFFICE);
    const { results } = await wingtip.run([
      HEAD,
      allOff('sue'),
      allOff('lic'),
      allOff('mia'),
      allOff('gone'),
    ]);
    assert.deepEqual(outcomes(results).sort(), [
      '2 done',
      '3 done',
      `4 done: ${at('mia')} stays in the organization with Office 365 E3.`,
      `5 skipped: ${at('gone')} was not there.`,
    ]);
    assert.equal(await wingtip.user('sue'), 'nobody');
    assert.equal(await wingtip.user('lic'), 'nobody');
    assert.equal(await wingtip.user('mia'), `${OFFICE} |  | `);
    assert.equal(await wingtip.free(), '3 3 3 2');
  });

  test('that change nothing are skipped, and say so', async () => {
    await wingtip.run([FULL, suite('sue')]);
    await associate(wingtip, 'mia', OFFICE);
    const { results } = await wingtip.run([
      FULL,
      suite('SUE'),
      allOff('mia'),
      [at('zed')],
      [at('yan'), 'FALSE'],
    ]);
    assert.deepEqual(outcomes(results), [
      '2 skipped: Nothing to change.',
      '3 skipped: Nothing to change.',
      '4 skipped: Nothing to change.',
      `5 skipped: ${at('yan')} was not there.`,
    ]);
  });

  test('only add, where that was chosen, and then give the basic licences with a package', async () => {
    await wingtip.run([FULL, suite('sue'), [at('lic'), '', '', '', 'TRUE']]);
    const rows = [
      [at('sue'), 'FALSE', 'FALSE', 'FALSE', 'FALSE'],
      [at('lic'), 'FALSE', '', 'TRUE', 'FALSE', 'FALSE'],
      [at('new'), '', '', '', '', 'TRUE'],
    ];
    const { results } = await wingtip.run([FULL, ...rows], 'add-only');
    assert.deepEqual(outcomes(results), ['2 skipped: Nothing to change.', '3 done', '4 done']);
    assert.match(await wingtip.user('sue'), new RegExp(`^${SUITE} \\|  \\|`));
    assert.equal(await wingtip.user('lic'), `${MEETINGS} | messaging meetings calling | `);
    assert.equal(await wingtip.user('new'), ' | calling | ');
  });

  test('that give back go first, and what they give back is for the others and for nobody else', async () => {
    for (const name of ['a', 'b', 'c']) await associate(wingtip, name, CALLING);
    const add = (name: string) => [at(name), '', 'TRUE', '', '', '', '', '', '47', 'Oslo'];
    const plan = await wingtip.plan([FULL, add('x'), add('y'), allOff('a'), allOff('b')]);
    assert.deepEqual(plan.needs, []);
    const begun = await wingtip.begin(plan);

    const early = await begun.apply([4, 5]);
    assert.deepEqual([...early.used.values()], [-2]);
    assert.equal(await wingtip.free(), '3 0 3 2');
    const late = await begun.apply([2, 3]);

    assert.deepEqual([...late.used.values()], [2]);
    assert.equal(await wingtip.user('x'), `${CALLING} |  | 47 Oslo`);
    assert.equal(await wingtip.user('a'), 'nobody');
    assert.equal(await wingtip.free(), '3 0 3 2');
  });

  test('are given what others give back in the same batch', async () => {
    for (const name of ['a', 'b', 'c']) await associate(wingtip, name, MEETINGS);
    const begun = await wingtip.begin(await wingtip.plan([HEAD, [at('x'), '', '', 'TRUE'], allOff('a')]));
    const { results, used } = await begun.apply();
    assert.deepEqual(outcomes(results), ['2 done', '3 done']);
    assert.deepEqual([...used.values()], [0]);
    assert.equal(await wingtip.free(), '3 3 0 2');
  });

  test('that give back what no other row needs leave it free at once', async () => {
    await associate(wingtip, 'a', CALLING);
    const begun = await wingtip.begin(await wingtip.plan([FULL, allOff('a')]));
    assert.deepEqual((await begun.apply()).used, new Map());
    assert.equal(await wingtip.free(), '3 3 3 2');
  });

  test('that can’t be carried out any more fail with the reason, and give back what was held for them', async () => {
    await associate(wingtip, 'chg', CALLING);
    const plan = await wingtip.plan([
      HEAD,
      [at('new'), '', '', 'TRUE'],
      [at('has'), '', '', 'TRUE'],
      [at('chg'), '', 'FALSE', 'TRUE'],
    ]);
    const begun = await wingtip.begin(plan);
    await associate(wingtip, 'new', SUITE);
    assert.equal(await wingtip.free(), '2 2 0 2');
    await release(wingtip, 'chg', CALLING);
    await associate(wingtip, 'chg', MORE_SUITE);

    const { results, used } = await begun.apply();

    assert.deepEqual(outcomes(results), [
      `2 failed: ${at('new')} has Webex Suite. Set Webex Suite to FALSE to change the package.`,
      '3 done',
      `4 failed: ${at('chg')} has Webex Suite. Set Webex Suite to FALSE to change the package.`,
    ]);
    assert.deepEqual([...used.values()], [3]);
    assert.equal(await wingtip.free(), '2 3 2 1');
    assert.equal(await wingtip.user('new'), `${SUITE} |  | `);
    await begun.end();
  });

  test('that have become needless give back what was held for them', async () => {
    const begun = await wingtip.begin(
      await wingtip.plan([HEAD, [at('a'), '', '', 'TRUE'], [at('b'), '', '', 'TRUE']]),
    );
    await associate(wingtip, 'a', MEETINGS);
    const first = await begun.apply([2]);
    assert.deepEqual(
      [outcomes(first.results), [...first.used.values()]],
      [['2 skipped: Nothing to change.'], [1]],
    );
    assert.equal(await wingtip.free(), '3 3 1 2');
    await begun.apply([3]);
    await begun.end();
    assert.equal(await wingtip.free(), '3 3 1 2');
  });

  test('that need a unit only now get a free one, and fail where there is none', async () => {
    for (const name of ['a', 'b']) await associate(wingtip, name, MEETINGS);
    const rows = ['a', 'b', 'c'].map((name) => [at(name), '', '', 'TRUE', 'TRUE']);
    const begun = await wingtip.begin(await wingtip.plan([FULL, ...rows]));
    await release(wingtip, 'a', MEETINGS);
    await release(wingtip, 'b', MEETINGS);
    await associate(wingtip, 'eve', MEETINGS);

    const { results } = await begun.apply();

    assert.deepEqual(outcomes(results), [
      '2 done',
      '3 failed: No unit of Webex Meetings is free any more.',
      '4 done',
    ]);
    assert.equal(await wingtip.user('b'), ' |  | ');
    assert.equal(await wingtip.user('c'), `${MEETINGS} | messaging | `);
    await begun.end();
    assert.equal(await wingtip.free(), '3 3 0 2');
  });

  test('that need a unit only now do not get one that is held for a later row', async () => {
    for (const name of ['a', 'b']) await associate(wingtip, name, MEETINGS);
    const rows = ['a', 'c'].map((name) => [at(name), '', '', 'TRUE']);
    const begun = await wingtip.begin(await wingtip.plan([HEAD, ...rows]));
    await release(wingtip, 'a', MEETINGS);
    await associate(wingtip, 'eve', MEETINGS);

    assert.match(outcomes((await begun.apply([2])).results).join(), /^2 failed: No unit/);
    assert.deepEqual(outcomes((await begun.apply([3])).results), ['3 done']);
  });

  test('that were to give back fail nobody else where others have done it before', async () => {
    for (const name of ['a', 'b', 'c']) await associate(wingtip, name, MEETINGS);
    const plan = await wingtip.plan([HEAD, allOff('a'), [at('x'), '', '', 'TRUE']]);
    const begun = await wingtip.begin(plan);
    await release(wingtip, 'a', MEETINGS);

    assert.deepEqual(outcomes((await begun.apply([2])).results), ['2 done']);
    assert.deepEqual(outcomes((await begun.apply([3])).results), ['3 done']);
    assert.equal(await wingtip.free(), '3 3 0 2');
  });

  test('leave the units alone that are held for later rows and for other jobs', async () => {
    const row = (name: string) => [at(name), '', '', 'TRUE'];
    const one = await wingtip.begin(await wingtip.plan([HEAD, row('a'), row('b')]));
    const other = await wingtip.begin(await wingtip.plan([HEAD, row('c')]));
    await associate(wingtip, 'a', SUITE);
    assert.deepEqual(outcomes((await one.apply([2])).results).length, 1);
    assert.equal(await wingtip.free(), '2 3 1 2');
    assert.deepEqual(outcomes((await other.apply()).results), ['2 done']);
    assert.deepEqual(outcomes((await one.apply([3])).results), ['3 done']);
    await one.end();
    await other.end();
    assert.equal(await wingtip.free(), '2 3 1 2');
  });

  test('of two jobs at once keep the count right', async () => {
    const names = (from: number) => Array.from({ length: 40 }, (_, index) => `user${from + index}`);
    await wingtip.db
      .updateTable('services')
      .set({ units: 100 })
      .where('id', '=', await wingtip.idOf(MEETINGS))
      .execute();
    const rows = (from: number) => names(from).map((name) => [at(name), '', '', 'TRUE', 'TRUE']);
    const [one, other] = [
      await wingtip.begin(await wingtip.plan([FULL, ...rows(0)])),
      await wingtip.begin(await wingtip.plan([FULL, ...rows(20)])),
    ];
    const [first, second] = await Promise.all([one.apply(), other.apply()]);
    const done = [...first.results, ...second.results].filter(({ status }) => status === 'done');
    assert.equal(done.length, 60);
    await one.end();
    await other.end();
    await assertSums(wingtip.db);
    assert.match(await wingtip.free(), /^3 3 40 2$/);
  });
});
