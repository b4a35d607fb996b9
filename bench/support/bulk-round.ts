/** One job from its sheet to its report, through the door of Teams, in a bot of its own. */
import type { BotTalk, Home } from '../processes/bot.ts';
import { actionOn, pressed, said, saidWithFile } from './activities.ts';
import { type Child, startChild } from './child.ts';
import type { Connector } from './connector.ts';
import { drip, dripFor, flood, send, type Target } from './load.ts';

export type Sheet = { readonly rows: number; readonly url: string };
export type Round = {
  readonly previewMs: number;
  /** From the press of the button to the completion card. */
  readonly runMs: number;
  /** The result workbook, written once more by itself. */
  readonly workbookMs: number;
  readonly copyMs: number;
  readonly peakOverIdle: number;
  readonly previewStallMs: number;
  readonly runStallMs: number;
  /** How long `free 10023/1` took somebody else. */
  readonly idle: readonly number[];
  readonly whilePreviewing: readonly number[];
  readonly whileRunning: readonly number[];
};

const BEAT_MS = 100;
const IDLE_MS = 5_000;
const WARM_UP_MS = 1_500;

export async function runRound(connector: Connector, home: Home, sheet: Sheet): Promise<Round> {
  const bot = startChild<BotTalk>('bot.ts');
  const port = await bot.ask('start', home);
  await bot.ask('addUnits');
  const command: Target = { port, activity: () => said(connector.url, 'free 10023/1') };
  await flood(command, 1, WARM_UP_MS);
  const idle = await dripFor(command, BEAT_MS, IDLE_MS);
  const round = await runJob(bot, connector, { ...sheet, command });
  const copyMs = await bot.ask('copy', sheet.rows);
  await bot.stop();
  return { ...round, idle, copyMs };
}

type Job = Sheet & { readonly command: Target };

async function runJob(bot: Child<BotTalk>, connector: Connector, { rows, url, command }: Job) {
  const { port } = command;
  const { now: idleMemory } = await bot.ask('usage');

  const file = { name: `users-${rows}.xlsx`, url };
  const preview = await meanwhile(command, async () => {
    const card = connector.next((message) => actionOn(message, 'bulk.run') !== undefined);
    await send(port, saidWithFile(connector.url, 'bulk 10024/1', file));
    return card;
  });
  const afterPreview = await bot.ask('usage');

  const action = actionOn(preview.result, 'bulk.run');
  if (action === undefined) throw new Error('The preview can’t be run.');
  const run = await meanwhile(command, async () => {
    const end = connector.next(({ summary = '' }) => /^Job \d+ \(/.test(summary));
    await send(port, pressed(connector.url, preview.result.id, action));
    return end;
  });
  const afterRun = await bot.ask('usage');
  const done = `${rows} done, 0 failed`;
  if (!run.result.summary?.includes(done)) throw new Error(`Not "${done}": ${run.result.summary}`);

  const workbook = await bot.ask('workbook', Number(action.data.job));
  return {
    previewMs: preview.ms,
    runMs: run.ms,
    workbookMs: workbook.ms,
    peakOverIdle: Math.max(afterPreview.peak, afterRun.peak) - idleMemory,
    previewStallMs: afterPreview.stallMs,
    runStallMs: afterRun.stallMs,
    whilePreviewing: preview.times,
    whileRunning: run.times,
  };
}

/** Does something while somebody else goes on to ask. */
async function meanwhile<Result>(command: Target, work: () => Promise<Result>) {
  const others = drip(command, BEAT_MS);
  const began = performance.now();
  const result = await work();
  const ms = performance.now() - began;
  return { result, ms, times: await others.stop() };
}
