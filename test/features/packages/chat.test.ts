import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import type { Target } from '../../../src/features/bulk/kind.ts';
import { onBothEngines } from '../../support/database.ts';
import { file, openTalk, type Post, type Speaker, type Talk } from '../../support/talk.ts';
import {
  assertSums,
  buttons,
  type Cells,
  cardText,
  csv,
  isEndOf,
  jobOf,
  openBook,
  runButton,
  sheet,
  unitsOf,
  xlsx,
} from '../bulk/support.ts';
import { addWingtip, at, CALLING, FULL, HEAD, MEETINGS, reset, SUITE } from './support.ts';

const BOTH = 'Add and remove services';
const ADD = 'Add services only, with Messaging, Meetings and Calling';
const off = (name: string): Cells => [at(name), 'FALSE', 'FALSE', 'FALSE'];
const meetings = (name: string): Cells => [at(name), '', '', 'TRUE'];

onBothEngines('a package sheet in the chat', (engine) => {
  let talk: Talk;
  let priya: Speaker;
  let wingtip: Target;
  before(async () => {
    talk = await openTalk(engine);
    wingtip = await addWingtip(talk.db);
    priya = talk.as('priya');
    await priya.say('use Wingtip');
  });
  beforeEach(() => reset(talk.db, wingtip));
  after(() => talk.close());

  async function preview(rows: readonly Cells[], answer = BOTH): Promise<Reply> {
    return priya.press(await priya.say('bulk packages', [sheet(rows, 'packages.csv')]), answer);
  }
  async function run(shown: Reply): Promise<Post> {
    await priya.press(shown, runButton(shown));
    const end = await talk.waitForPost(isEndOf(jobOf(shown)));
    await assertSums(talk.db);
    return end;
  }
  const has = (ref: string, name: string) => unitsOf(talk.db, ref, at(name));

  test('asks how it is meant, shows what it would do, does it, and takes it back', async () => {
    await run(await preview([HEAD, meetings('gone'), meetings('sam')]));
    const rows: readonly Cells[] = [
      [...FULL, 'User Status'],
      [at('new'), 'SANT', '', '', '', '', 'Nora', '46812345678', '', 'Oslo'],
      [at('sam'), '', 'TRUE', 'FALSKT', '', '', '', '', '47', 'Oslo'],
      [at('gone'), 'FALSKT', 'FALSKT', 'FALSKT'],
      [at('bad'), 'maybe'],
      [at('NEW'), 'TRUE'],
    ];

    const question = await priya.say('bulk packages', [file('packages.csv', csv(rows).replaceAll(',', ';'))]);
    assert.match(question.text, /^What may this sheet do\?$/);
    assert.deepEqual(buttons(question).slice(0, 2), [BOTH, ADD]);
    const shown = await priya.press(question, BOTH);

    assert.match(shown.text, /3 of 5 rows are valid/);
    const card = cardText(shown);
    assert.match(card, /Packages of the users of Wingtip/);
    assert.match(card, /B5: “maybe” is neither TRUE nor FALSE\./);
    assert.match(card, /A6: new@wingtip\.example is in row 2 already\./);
    assert.match(card, /H2: “46812345678” is taken for \+46812345678\./);
    assert.match(card, /K2: Webex Suite has meetings; without a preferred Webex site/);
    assert.match(card, /1 column is left out: User Status\./);
    assert.match(card, /new@wingtip\.example/);
    assert.equal(await has(SUITE, 'new'), 0);

    const end = await run(shown);
    assert.match(end.reply.text, /3 done/);
    const held = await Promise.all([
      has(SUITE, 'new'),
      has(CALLING, 'sam'),
      has(MEETINGS, 'sam'),
      has(MEETINGS, 'gone'),
    ]);
    assert.deepEqual(held, [1, 1, 0, 0]);
    assert.match((await priya.say(`user ${at('gone')}`)).text, /has no user/);
    const { Result: [, ...results] = [] } = await openBook(talk, end.reply.files?.[0]);
    assert.match(results[0]?.join(' ') ?? '', /Done/);
    assert.match(results[3]?.join(' ') ?? '', /B5: “maybe” is neither TRUE nor FALSE\./);

    const undo = await priya.say(`job ${jobOf(shown)} undo`);
    await talk.waitForPost(isEndOf(jobOf(undo)));
    const restored = await Promise.all([
      has(SUITE, 'new'),
      has(CALLING, 'sam'),
      has(MEETINGS, 'sam'),
      has(MEETINGS, 'gone'),
    ]);
    assert.deepEqual(restored, [0, 0, 1, 1]);
    assert.match((await priya.say(`user ${at('new')}`)).text, /has no user/);
    await assertSums(talk.db);
  });

  test('gives to some what it takes from others, where nothing is free', async () => {
    await run(await preview([HEAD, meetings('a'), meetings('b'), meetings('c')]));

    const shown = await preview([HEAD, meetings('x'), off('a'), meetings('y'), off('b')]);
    assert.match((await run(shown)).reply.text, /4 done/);

    const held = await Promise.all(['a', 'b', 'c', 'x', 'y'].map((name) => has(MEETINGS, name)));
    assert.deepEqual(held, [0, 0, 1, 1, 1]);
  });

  test('offers no run where units are short, and says how many', async () => {
    const rows = ['a', 'b', 'c', 'd'].map(meetings);
    const shown = await preview([HEAD, ...rows]);
    assert.match(cardText(shown), /1 unit short: the sheet needs 4 and 3 are free\./);
    assert.equal(
      buttons(shown).some((title) => title.startsWith('Run ')),
      false,
    );
  });

  test('is planned again where packages have moved on since the preview', async () => {
    const shown = await preview([HEAD, meetings('a'), [at('b'), 'TRUE']]);
    const other = await preview([HEAD, meetings('a')]);
    await run(other);

    const again = await priya.press(shown, runButton(shown));
    assert.match(cardText(again), /things have changed/);
  });

  test('adds only, where that is the answer', async () => {
    await run(await preview([HEAD, [at('a'), 'FALSE', 'FALSE', 'TRUE']], ADD));
    const user = await talk.db
      .selectFrom('users')
      .select('base_licenses')
      .where('email', '=', at('a'))
      .executeTakeFirst();
    assert.deepEqual(user?.base_licenses, ['messaging', 'meetings', 'calling']);
  });

  test('that is the template, sent back as it is, changes nothing', async () => {
    await run(
      await preview([
        FULL,
        [at('a'), '', '', 'TRUE', 'x', '', 'Ann', '+46812345678', '', 'Oslo', 'w.webex.com'],
      ]),
    );
    const template = await priya.say('bulk packages template');
    const [rows = []] = Object.values(await openBook(talk, template.files?.[0]));
    assert.deepEqual(rows, [
      [
        'First Name',
        'Last Name',
        'Display Name',
        'User ID/Email (Required)',
        'Extension',
        'Phone Number',
        'Location',
        'Preferred Webex Site',
        'Messaging',
        'Meetings',
        'Calling',
        'Webex Suite',
        'Webex Calling',
        'Webex Meetings',
      ],
      [
        'Ann',
        '',
        '',
        at('a'),
        '',
        '+46812345678',
        'Oslo',
        'w.webex.com',
        'TRUE',
        'FALSE',
        'FALSE',
        'FALSE',
        'FALSE',
        'TRUE',
      ],
    ]);
    const question = await priya.say('bulk packages', [file('packages.xlsx', await xlsx(rows))]);
    const end = await run(await priya.press(question, BOTH));
    assert.match(end.reply.text, /0 done, 0 failed, 1 skipped of 1 row/);
    const { Result: [, row] = [] } = await openBook(talk, end.reply.files?.[0]);
    assert.equal(row?.at(-1), 'Nothing to change.');
  });

  test('that can’t be understood gets a sentence and no job', async () => {
    const question = await priya.say('bulk packages', [
      sheet([
        ['User', 'Webex Suite (Suspended)'],
        [at('a'), 'TRUE'],
      ]),
    ]);
    const refused = await priya.press(question, BOTH);
    assert.match(refused.text, /B1: “Webex Suite \(Suspended\)” is suspended\./);
    assert.deepEqual(
      buttons(refused).filter((title) => title.startsWith('Run ')),
      [],
    );
  });
});
