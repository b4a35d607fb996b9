import { type Edge, PostFailed } from '../chat/edge.ts';
import type { Place, Sent } from '../chat/place.ts';
import { type Db, noteThrottled, pausedUntil } from '../db/index.ts';
import type { Ctx, Feature, Work } from './feature.ts';
import { isOfFormerMember } from './places.ts';

const REFRESH = 'chat.refresh';
/** Slack allows about one message a second and channel; an update counts as one. */
const PACE_MS = 1000;

/** Remembers where a message with this name is, so that it can be changed later: `job:7`, and `job:7:…` for one more. */
export async function rememberSent(db: Db, name: string, sent: Sent): Promise<void> {
  const row = { place: JSON.stringify(sent.place), message: sent.message };
  await db
    .insertInto('sent_messages')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}

/**
 * Has the messages with this name drawn again, from the state as it will be then. A wish that finds another one waiting
 * is that one, which may be granted before this transaction ends; the last wish of all is one of its own.
 */
export async function refreshSoon(
  ctx: Pick<Ctx, 'db' | 'jobs'>,
  name: string,
  wish: 'one of many' | 'the last' = 'one of many',
): Promise<void> {
  const key = wish === 'the last' ? `${name} at the end` : name;
  await ctx.jobs.enqueue(ctx.db, REFRESH, { name }, { key });
}

/** Draws messages again. Several wishes for the same message are one, and at most one a second is granted. */
export function refreshWork(
  features: readonly Feature[],
  edgeOf: (platform: string) => Edge | undefined,
): Work {
  const trackers = Object.assign({}, ...features.map((feature) => feature.tracks ?? {})) as NonNullable<
    Feature['tracks']
  >;
  return {
    name: REFRESH,
    collapses: true,
    retries: 20,
    concurrency: 4,
    async handle(ctx, data) {
      const { name } = data as { name: string };
      await inTurn(name, () => draw(ctx, name));
    },
  };

  async function draw(ctx: Ctx, name: string): Promise<void> {
    const [kind = '', id = ''] = name.split(':');
    const render = trackers[kind];
    if (render === undefined) return;
    for (const { name: known, sent } of await findSent(ctx.db, name)) {
      const pause = await pausedUntil(ctx.db, sent.place.platform);
      if (pause !== undefined) return drawLater(ctx, name, pause);
      if (await isOfFormerMember(ctx.db, sent.place)) continue;
      const reply = await render(ctx, id, sent.place);
      if (reply === undefined) continue;
      const edge = edgeOf(sent.place.platform);
      // Not yet, while the bot is still starting.
      if (edge === undefined)
        throw new PostFailed('later', `The bot is not connected to ${sent.place.platform}.`);
      try {
        const now = await edge.update(sent, reply);
        if (now.message !== sent.message) await rememberSent(ctx.db, known, now);
      } catch (failed) {
        if (!(failed instanceof PostFailed)) throw failed;
        if (failed.retryAfterSeconds !== undefined)
          return slowDown(ctx, name, sent, failed.retryAfterSeconds);
        if (failed.reason === 'later') throw failed;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, PACE_MS));
  }
}

async function slowDown(ctx: Ctx, name: string, { place }: Sent, seconds: number): Promise<void> {
  const until = await noteThrottled(ctx.db, place, Math.max(1, seconds));
  await drawLater(ctx, name, until ?? ctx.now);
}

const drawLater = (ctx: Ctx, name: string, after: Date): Promise<void> =>
  ctx.jobs.enqueue(ctx.db, REFRESH, { name }, { key: name, after });

/** Of two that want the same message, the second waits: an older drawing must not land last. */
const turns = new Map<string, Promise<void>>();
function inTurn(name: string, draw: () => Promise<void>): Promise<void> {
  const turn = (turns.get(name) ?? Promise.resolve()).then(draw);
  const over = turn
    .catch(() => undefined)
    .then(() => {
      if (turns.get(name) === over) turns.delete(name);
    });
  turns.set(name, over);
  return turn;
}

async function findSent(db: Db, name: string): Promise<{ name: string; sent: Sent }[]> {
  const rows = await db
    .selectFrom('sent_messages')
    .selectAll()
    .where((is) => is.or([is('name', '=', name), is('name', 'like', `${name}:%`)]))
    .execute();
  return rows.map((row) => ({ name: row.name, sent: { place: row.place as Place, message: row.message } }));
}
