import type { Ctx, Onlooker } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { parseOrderNumber } from '../orders/rules.ts';
import { viewerHere } from '../organizations/view.ts';
import { progress } from './replies.ts';
import { loadSteps } from './steps/store.ts';
import { findOrderId, loadApproval } from './store.ts';
import { loadWorld } from './world.ts';

/** The name of a message that shows how far an order is, for `Reply.track`. */
export const orderTrack = (orderId: number): string => `order:${orderId}`;

/** The same, of the message in one more place than that where it was placed. */
export const orderTrackIn = (
  orderId: number,
  { platform, conversation }: Place,
  what: 'notice' | 'approved',
): string => `${orderTrack(orderId)}:${what} ${platform} ${conversation}`;

/** How far an order is. Nothing in it is kept from anybody who may see the order. */
export async function progressReply(ctx: Ctx, orderId: number): Promise<Reply> {
  const reply = await progressIfAny(ctx, orderId);
  if (reply === undefined) throw new Error(`There is no order with the id ${orderId}.`);
  return reply;
}

export async function progressIfAny(ctx: Ctx, orderId: number): Promise<Reply | undefined> {
  const world = await loadWorld(ctx.db, orderId);
  if (world === undefined) return undefined;
  const steps = await loadSteps(ctx.db, orderId);
  const approval = await loadApproval(ctx.db, orderId);
  return { ...progress(world, steps, approval), track: orderTrack(orderId) };
}

/** The same, for somebody who may see the order. */
export async function lookAtOrder(
  onlooker: Onlooker,
  { order: word }: { readonly order: string },
): Promise<Reply | undefined> {
  const { db, settings } = onlooker;
  const number = parseOrderNumber(settings.orderPrefix, word);
  const id = number === undefined ? undefined : await findOrderId(db, viewerHere(onlooker), number);
  return id === undefined ? undefined : progressIfAny(onlooker, id);
}
