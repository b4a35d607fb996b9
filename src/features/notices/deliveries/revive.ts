import { type Asked, type Ctx, record } from '../../../bot/index.ts';
import type { Place } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { inTransaction } from '../../../db/index.ts';
import { deliverSoon } from '../notify.ts';
import { isReached, noSuchDead, reachedSummary, whichDead } from './replies.ts';
import { meant, nameOf, worthTellingSince } from './rules.ts';
import { isDead, loadDead, type Revived, revive } from './store.ts';

type To = Pick<Place, 'platform' | 'conversation'>;

/** `deliveries revive <place>` */
export async function reviveCommand(asked: Asked, word: string): Promise<Reply> {
  const dead = await loadDead(asked.db);
  const found = word === '' ? dead : meant(dead, word);
  const [one] = found;
  if (one === undefined) return noSuchDead(word, dead);
  return found.length > 1 ? whichDead(found) : reviveOne(asked, one.place);
}

export async function reviveOne(asked: Asked, to: To): Promise<Reply> {
  const revived = await reach(asked, to);
  if (revived === undefined) return noSuchDead('', await loadDead(asked.db));
  await record(asked, {
    organizationId: asked.member.organization.id,
    orderId: null,
    kind: 'deliveries',
    summary: reachedSummary(revived),
    after: { place: nameOf(revived.place), told: revived.told, dropped: revived.dropped },
  });
  return isReached(revived);
}

/** Where somebody talks to the bot, it may be heard again. It may also not: Slack lets commands through from anywhere. */
export async function heardFrom(ctx: Ctx, place: Place): Promise<void> {
  if (!(await isDead(ctx.db, place))) return;
  await inTransaction({ db: ctx.db }, ({ db }) => reach({ ...ctx, db }, place));
}

/** The bot is in a workspace again. Each of its conversations that were given up is tried: those that are gone, are gone again. */
export async function reachAgain(ctx: Ctx, platform: string, workspace: string): Promise<void> {
  for (const { place } of await loadDead(ctx.db)) {
    if (place.platform === platform && place.conversation.startsWith(`${workspace}:`))
      await inTransaction({ db: ctx.db }, ({ db }) => reach({ ...ctx, db }, place));
  }
}

/** Has posted there what waits, as far as it is worth telling still. */
export async function reach(ctx: Ctx, { platform, conversation }: To): Promise<Revived | undefined> {
  const revived = await revive(ctx.db, { platform, conversation }, worthTellingSince(ctx.now));
  if (revived !== undefined) await deliverSoon(ctx, platform, conversation);
  return revived;
}
