/** What goes on by itself: the month's reconciliation, and the page while the bot is away. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { sql } from 'kysely';
import { describeInBrowser } from '../edges/console/browser.ts';
import { eventually } from '../edges/console/visit.ts';
import { type Bot, closeBots, openBot, visit } from './visitor.ts';

const EVERY_SECOND = '* * * * * *';

/** How often the clock has asked for a reconciliation and was answered. */
async function ticks({ running }: Bot): Promise<number> {
  const query = sql<{ ticks: number }>`select count(*)::int as ticks from pgboss.job
    where name = 'reconciliation.run' and state = 'completed'`;
  const { rows } = await query.execute(running.opened.db);
  return rows[0]?.ticks ?? 0;
}

describeInBrowser('the bot by itself', (openPage) => {
  afterEach(closeBots);

  test('shows a reconciliation before, does it, and shows it after', async () => {
    const { say } = await visit(openPage, await openBot());
    const preview = await say('reconcile preview');
    await preview.reads('3 subscriptions would change.', '−2,010', 'Nothing has been changed yet.');
    await preview.confirm('Reconcile now', 'Reconcile now');
    await preview.reads('3 subscriptions now have the quantity that is really used.');
    await (await say('subscriptions')).reads('Which customer?');
    const right = await say('reconcile preview');
    await right.reads('Every quantity is right.');
    assert.deepEqual(await right.buttons(), ['Findings', 'Subscriptions']);
  });

  test('posts the reconciliation of the month once to a channel that asked for it', async () => {
    const bot = await openBot();
    const visitor = await visit(openPage, bot, { in: 'billing' });
    await (await visitor.say('notify here reconciliation')).reads(
      'Notices about reconciliation arrive here now.',
    );

    const again = await bot.restart({ RECONCILE_CRON: EVERY_SECOND });
    await visitor.saying('3 subscriptions now have the quantity that is really used.').waitFor();
    const before = await ticks(again);
    await eventually(async () => (await ticks(again)) >= before + 2, 'the clock ticks on');
    assert.equal(await visitor.fromBot.count(), 2);
  });

  test('comes back after a restart with all that was there, and the page finds it', async () => {
    const bot = await openBot();
    const { page, say, fromBot, problems } = await visit(openPage, bot, { as: 'Carla Diaz' });
    const done = await say('associate 10023/1 dave@contoso.example 2');
    await done.reads('5 of 10 free now.');

    await bot.restart();
    await page.getByText('No connection to the bot').waitFor({ state: 'hidden' });
    await (await say('free 10023/1')).reads('5 of 10 free');
    await done.press('Undo');
    await done.reads('Undone', '7 of 10 free now.');
    await page.reload();
    await eventually(async () => (await fromBot.count()) === 2, 'both answers are there again');
    await done.reads('Undone');
    assert.deepEqual(problems, []);
  });
});
