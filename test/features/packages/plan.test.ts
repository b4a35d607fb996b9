import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
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
  sentences,
  type Wingtip,
} from './support.ts';

onBothEngines('the plan of a package sheet', (engine) => {
  let wingtip: Wingtip;
  before(async () => {
    wingtip = await openWingtip(engine);
    await associate(wingtip, 'sue', SUITE);
    await associate(wingtip, 'cal', CALLING);
    await associate(wingtip, 'mia', OFFICE);
    await associate(wingtip, 'old', ENDED);
  });
  after(() => wingtip.close());

  test('changes nothing', async () => {
    const plan = await wingtip.plan([
      HEAD,
      [at('new'), '', '', 'TRUE'],
      [at('sue'), 'FALSE', 'FALSE', 'FALSE'],
    ]);
    assert.equal(plan.valid.length, 2);
    assert.equal(await wingtip.user('new'), 'nobody');
    assert.equal(await wingtip.user('sue'), `${SUITE} |  | `);
    assert.equal(await wingtip.free(), '2 2 3 2');
  });

  test('says what each row does, whom the customer does not have yet and what has to be free', async () => {
    const plan = await wingtip.plan([
      HEAD,
      [at('new'), '', '', 'TRUE'],
      [at('SUE'), 'FALSE', '', 'TRUE'],
      [at('cal'), 'FALSE', 'FALSE', 'FALSE'],
      [at('mia'), '', '', ''],
      [at('gone'), 'FALSE', 'FALSE', 'FALSE'],
    ]);
    assert.deepEqual(plan.problems, []);
    assert.deepEqual(
      plan.valid.map(({ number, subject, units, early = false }) => [number, subject, units, early]),
      [
        [2, at('new'), 1, false],
        [3, at('sue'), 1, false],
        [4, at('cal'), 0, true],
        [5, at('mia'), 0, false],
        [6, at('gone'), 0, false],
      ],
    );
    assert.deepEqual(plan.newUsers, [at('new')]);
    assert.deepEqual(plan.header?.number, 1);
    const serviceId = await wingtip.idOf(MEETINGS);
    assert.deepEqual(plan.needs, [
      { serviceId, ref: MEETINGS, product: 'Webex Meetings', units: 2, free: 3 },
    ]);
  });

  test('takes units from the services in the order of their numbers, and none of a deleted order', async () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [
      at(name),
      'TRUE',
      '47',
      'Oslo',
      'a.webex.com',
    ]);
    const head = ['Email', 'Webex Suite', 'Extension', 'Location', 'Webex Site'];
    const needsOf = async (count: number) => {
      const { needs } = await wingtip.plan([head, ...rows.slice(0, count)]);
      return needs.map(({ ref, units, free }) => `${ref}: ${units} of ${free}`);
    };
    assert.deepEqual(await needsOf(2), [`${SUITE}: 2 of 2`]);
    assert.deepEqual(await needsOf(3), [`${SUITE}: 2 of 2`, `${MORE_SUITE}: 1 of 2`]);
    assert.deepEqual(await needsOf(6), [`${SUITE}: 2 of 2`, `${MORE_SUITE}: 4 of 2`]);
  });

  test('counts on what rows that go first give back', async () => {
    const head = ['Email', 'Webex Calling', 'Extension', 'Location'];
    const add = (name: string) => [at(name), 'TRUE', '47', 'Oslo'];
    const { needs } = await wingtip.plan([head, add('a'), add('b'), add('c'), [at('cal'), 'FALSE']]);
    assert.deepEqual(
      needs.map(({ ref, units, free }) => `${ref}: ${units} of ${free}`),
      [`${CALLING}: 2 of 2`],
    );
  });

  test('names the cell of everything that can’t be done', async () => {
    const { valid, problems } = await wingtip.plan([
      [...FULL, 'Webex Voice'],
      [at('sue'), '', 'TRUE', '', '', '', '', '', '47', 'Oslo'],
      [at('sam'), '', 'TRUE'],
      [at('sim'), '', 'TRUE', '', '', '', '', '46812345678'],
      [at('sol'), '', '', '', '', '', '', '', '', '', '', 'TRUE'],
      [at('sus'), '', '', '', '', '', 'Susan'],
      [at('old'), '', '', 'TRUE'],
      [at('two'), 'TRUE', '', 'TRUE'],
      [at('SUE'), 'TRUE'],
      ['', 'TRUE'],
    ]);
    assert.deepEqual(valid, []);
    assert.deepEqual(sentences(problems), [
      `B2: ${at('sue')} has Webex Suite. Set Webex Suite to FALSE to change the package.`,
      'H3: Webex Calling needs a phone number or an extension.',
      'J3: Webex Calling needs a location.',
      'J4: Webex Calling needs a location.',
      'L5: Wingtip has no service of Webex Voice.',
      `A6: Wingtip has no user ${at('sus')}, and the row gives no package or licence.`,
      `B7: ${at('old')} has Webex Suite. Set Webex Suite to FALSE to change the package.`,
      'D8: a user has one package at a time, and Webex Suite is TRUE as well.',
      `A9: ${at('sue')} is in row 2 already.`,
      'A10: the e-mail address is missing.',
    ]);
  });

  test('says which column is not there', async () => {
    const { problems } = await wingtip.plan([
      ['User', 'Webex Calling'],
      [at('sam'), 'TRUE'],
      [at('sue'), 'TRUE'],
    ]);
    assert.deepEqual(sentences(problems), [
      'Row 2: Webex Calling needs a phone number or an extension. There is no column Phone Number or Extension.',
      'Row 2: Webex Calling needs a location. There is no column Location.',
      `B3: ${at('sue')} has Webex Suite. Add a column Webex Suite with FALSE in it to change the package.`,
      'Row 3: Webex Calling needs a phone number or an extension. There is no column Phone Number or Extension.',
      'Row 3: Webex Calling needs a location. There is no column Location.',
    ]);
  });

  test('where services are only added, a package can’t be changed', async () => {
    const { problems } = await wingtip.plan([HEAD, [at('sue'), 'FALSE', '', 'TRUE']], 'add-only');
    assert.deepEqual(sentences(problems), [
      `B2: ${at('sue')} has Webex Suite. A package can only be changed with “Add and remove services”.`,
    ]);
  });

  test('warns where rows can be carried out all the same', async () => {
    const { valid, warnings } = await wingtip.plan([
      FULL,
      [at('new'), 'TRUE', '', '', '', '', '', '46 812345678', '', 'Oslo'],
      [at('sit'), '', '', 'TRUE', '', '', '', '', '', '', 'w.webex.com'],
      [at('bad'), '', '', 'maybe', '', '', '', '46812345678'],
    ]);
    assert.equal(valid.length, 2);
    assert.deepEqual(sentences(warnings), [
      'H2: “46 812345678” is taken for +46812345678.',
      'K2: Webex Suite has meetings; without a preferred Webex site their place may not work later.',
    ]);
    const columnless = await wingtip.plan([HEAD, [at('new'), '', '', 'TRUE']]);
    assert.deepEqual(sentences(columnless.warnings), [
      'Row 2: Webex Meetings has meetings; without a preferred Webex site their place may not work later. There is no column Preferred Webex Site.',
    ]);
    const kept = await wingtip.plan([
      ['User', 'Webex Calling'],
      [at('sue'), 'FALSE'],
    ]);
    assert.deepEqual(sentences(kept.warnings), [
      `A2: ${at('sue')} keeps Webex Suite, which the sheet has no column for.`,
    ]);
  });

  test('names once which columns are left out', async () => {
    const head = [...HEAD, 'User Status', '', 'Days Since Last Access'];
    const { notes } = await wingtip.plan([head, [at('new'), '', '', 'x', 'Active', 'lost', '3']]);
    assert.deepEqual(notes, [
      'Users who get a package: 1.',
      '3 columns are left out: User Status, Days Since Last Access and column F (no title).',
    ]);
    const whole = await wingtip.plan([HEAD, [at('new'), '', '', 'x']]);
    assert.deepEqual(whole.notes, ['Users who get a package: 1.']);
  });

  test('the header is the first row with something in it', async () => {
    const plan = await wingtip.plan([['', ' '], HEAD, [at('new'), '', '', 'maybe']]);
    assert.equal(plan.header?.number, 2);
    assert.deepEqual(sentences(plan.problems), ['D3: “maybe” is neither TRUE nor FALSE.']);
  });

  test('a sheet that can’t be understood is refused with a sentence', async () => {
    assert.equal(await wingtip.refusal([]), 'This sheet is empty.');
    assert.equal(await wingtip.refusal([HEAD]), 'This sheet has a header, but no row with a user.');
    assert.match(await wingtip.refusal([['User', 'Webex Suite (Suspended)'], ['x']]), /^B1: .* is suspended/);
    const many = Array.from({ length: 20_001 }, (_, row) => [at(`user${row}`), '', '', 'TRUE']);
    assert.equal(
      await wingtip.refusal([HEAD, ...many]),
      'This sheet has 20,001 rows; 20,000 users can go into one sheet. Send it in parts.',
    );
    assert.equal((await wingtip.plan([HEAD, ...many.slice(1)])).valid.length, 20_000);
  });

  test('stands until somebody gets or gives a package, or its details change', async () => {
    const basis = async () => (await wingtip.plan([HEAD, [at('new')]])).basis;
    const first = await basis();
    assert.equal(await basis(), first);

    await associate(wingtip, 'eve', MEETINGS);
    const second = await basis();
    assert.notEqual(second, first);
    await release(wingtip, 'eve', MEETINGS);
    const third = await basis();
    assert.ok(third !== first && third !== second);

    const extension = (digits: string) => [FULL, [at('eve'), '', '', '', '', '', '', '', digits]];
    const { results } = await wingtip.run(extension('4711'));
    assert.deepEqual(outcomes(results), ['2 done']);
    const fourth = await basis();
    assert.notEqual(fourth, third);
    await wingtip.run(extension('4712'));
    assert.notEqual(await basis(), fourth);
  });
});
