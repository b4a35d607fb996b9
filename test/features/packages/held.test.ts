/** Package sheets where somebody changes units by hand between the preview, the run and the undo. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import type { Target } from '../../../src/features/bulk/kind.ts';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Post, type Speaker, type Talk } from '../../support/talk.ts';
import {
  assertSums,
  type Cells,
  hold,
  isEndOf,
  jobOf,
  openBook,
  runButton,
  sheet,
  unitsOf,
} from '../bulk/support.ts';
import {
  addWingtip,
  at,
  CALLING,
  FULL,
  HEAD,
  MEETINGS,
  MORE_SUITE,
  OFFICE,
  reset,
  SUITE,
} from './support.ts';

onBothEngines('a package sheet beside changes by hand', (engine) => {
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

  const preview = (rows: readonly Cells[]): Promise<Reply> =>
    priya.say('bulk packages add-and-remove', [sheet(rows, 'packages.csv')]);
  async function run(rows: readonly Cells[]): Promise<Post> {
    const shown = await preview(rows);
    await priya.press(shown, runButton(shown));
    return talk.waitForPost(isEndOf(jobOf(shown)));
  }
  const associate = (ref: string, name: string) => priya.say(`associate ${ref} ${at(name)}`);
  const has = (ref: string, name: string) => unitsOf(talk.db, ref, at(name));
  const reservedUnits = async () => {
    const services = await talk.db.selectFrom('services').select('reserved').execute();
    return services.reduce((sum, { reserved }) => sum + reserved, 0);
  };

  test('a row that would give a unit to another row and is short itself books nothing', async () => {
    await associate(SUITE, 'sue');
    await associate(CALLING, 'sue');
    // Both packages have calling.
    const reached = ['', '', '', '', '+46812345678', '', 'Oslo'];
    const shown = await preview([
      FULL,
      [at('sue'), 'TRUE', 'FALSE', ...reached],
      [at('bob'), '', 'TRUE', ...reached],
    ]);
    const { release } = await hold(talk.db);
    await priya.press(shown, runButton(shown));
    await priya.say(`release ${SUITE} ${at('sue')}`);
    // No Webex Suite is left for her.
    for (const name of ['a', 'b', 'c']) await associate(SUITE, name);
    for (const name of ['d', 'e']) await associate(MORE_SUITE, name);
    await release();
    const end = await talk.waitForPost(isEndOf(jobOf(shown)));

    assert.match(end.reply.text, /: 1 done, 1 failed, 0 skipped of 2 rows/);
    assert.deepEqual(
      [await has(SUITE, 'sue'), await has(CALLING, 'sue'), await has(CALLING, 'bob')],
      [0, 1, 1],
    );
    await assertSums(talk.db);
    assert.equal(await reservedUnits(), 0);
  });

  test('a row that changed nothing and would remove a user by now is shown anew', async () => {
    const shown = await preview([HEAD, [at('gus'), 'FALSE', 'FALSE', 'FALSE']]);
    await associate(MEETINGS, 'gus');

    const refused = await priya.press(shown, runButton(shown));

    assert.match(
      refused.text,
      /^Since the preview things have changed\. Some rows would do something else now, so nothing was run\./,
    );
    assert.equal(await has(MEETINGS, 'gus'), 1);
    // What is shown now is what is run.
    await priya.press(refused, runButton(refused));
    const end = await talk.waitForPost(isEndOf(jobOf(refused)));
    assert.match(end.reply.text, /: 1 done/);
    assert.equal(await has(MEETINGS, 'gus'), 0);
  });

  test('the undo of an association leaves a user of whom a sheet knows more since', async () => {
    const associated = await associate(OFFICE, 'ina');
    const other = await associate(OFFICE, 'jan');
    const end = await run([FULL, [at('ina'), '', '', '', '', '', 'Ina']]);
    assert.match(end.reply.text, /: 1 done/);

    for (const reply of [associated, other]) {
      assert.match((await priya.press(reply, 'Undo')).text, /^Undone: /);
    }

    assert.equal(await has(OFFICE, 'ina'), 0);
    const users = talk.db.selectFrom('users').select(['email', 'first_name']);
    assert.deepEqual(await users.where('organization_id', '=', wingtip.organizationId).execute(), [
      { email: at('ina'), first_name: 'Ina' },
    ]);
  });

  test('only rows that were not carried out are tried again', async () => {
    await associate(MEETINGS, 'mia');
    const end = await run([
      HEAD,
      [at('mia'), '', '', 'TRUE'],
      [at('nil'), '', '', 'TRUE'],
      [at('bad'), 'maybe'],
      [at('off'), 'FALSE', 'FALSE', 'FALSE'],
    ]);
    assert.match(end.reply.text, /: 1 done, 0 failed, 3 skipped of 4 rows/);
    const job = jobOf(end.reply);

    const retry = await priya.say(`job ${job} retry`);
    assert.match(retry.text, new RegExp(`^1 row of job ${job} to try again\\.`));
    const { Retry = [] } = await openBook(talk, retry.files?.[0]);
    assert.deepEqual(
      Retry.map(([user]) => user),
      [HEAD[0], at('bad')],
    );

    const again = await priya.press(retry, 'Check these rows again');
    assert.match(again.text, /0 of 1 rows are valid/);
  });

  test('where every row was done or had nothing to change there is nothing to try again', async () => {
    await associate(MEETINGS, 'mia');
    const end = await run([HEAD, [at('mia'), '', '', 'TRUE'], [at('nil'), '', '', 'TRUE']]);
    const job = jobOf(end.reply);

    assert.deepEqual(
      end.reply.files?.map(({ name }) => name),
      [`job-${job}-result.xlsx`],
    );
    for (const what of ['retry', 'again']) {
      assert.match((await priya.say(`job ${job} ${what}`)).text, /has no rows to try again/);
    }
  });
});
