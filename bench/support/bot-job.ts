/** A bot of its own, and a job of it from its sheet to its report, through the door of Teams. */
import type { BotTalk, Home } from '../processes/bot.ts';
import { actionOn, pressed, said, saidWithFile } from './activities.ts';
import { type Child, startChild } from './child.ts';
import type { Connector } from './connector.ts';
import { flood, send, type Target } from './load.ts';
import { now } from './numbers.ts';

export type Bot = Pick<Child<BotTalk>, 'ask' | 'stop'> & {
  readonly port: number;
  readonly connector: Connector;
};
export type Sheet = { readonly rows: number; readonly url: string };

/** The moments of a job, as `now()` tells them. */
export type Moments = {
  /** The message with the sheet. */
  readonly sent: number;
  /** The preview. */
  readonly previewed: number;
  readonly accepted: number;
  /** The last batch had its results. */
  readonly applied: number;
  /** The completion card. */
  readonly told: number;
};

const WARM_UP_MS = 1_500;

export async function openBot(connector: Connector, home: Home): Promise<Bot> {
  const bot = startChild<BotTalk>('bot.ts');
  const port = await bot.ask('start', home);
  await bot.ask('addUnits');
  return { ...bot, port, connector };
}

export const asking = ({ port, connector }: Bot, text: () => string): Target => ({
  port,
  activity: () => said(connector.url, text()),
});

/** What somebody else asks. */
export const command = (bot: Bot): Target => asking(bot, () => 'free 10023/1');
export const warmUp = (bot: Bot) => flood(command(bot), 1, WARM_UP_MS);

/** Has a sheet previewed and run to its end. */
export async function runSheet(bot: Bot, { rows, url }: Sheet): Promise<Moments> {
  const { connector, port } = bot;
  const file = { name: `users-${rows}.xlsx`, url };
  const sent = now();
  const card = connector.next((message) => actionOn(message, 'bulk.run') !== undefined);
  await send(port, saidWithFile(connector.url, 'bulk 10024/1', file));
  const preview = await card;
  const previewed = now();

  const action = actionOn(preview, 'bulk.run');
  if (action === undefined) throw new Error('The preview can’t be run.');
  const end = connector.next(({ summary = '' }) => /^Job \d+ \(/.test(summary));
  await send(port, pressed(connector.url, preview.id, action));
  const { summary } = await end;
  const told = now();
  if (!summary?.includes(`${rows} done, 0 failed`)) throw new Error(`Not all is done: ${summary}`);

  const { from: accepted, until: applied } = await bot.ask('batches', Number(action.data.job));
  return { sent, previewed, accepted, applied, told };
}
