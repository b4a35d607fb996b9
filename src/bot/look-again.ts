import { randomBytes } from 'node:crypto';
import { ZodError } from 'zod';
import type { Respond } from '../chat/edge.ts';
import type { Inbound, Submit } from '../chat/inbound.ts';
import type { Reply } from '../chat/reply.ts';
import type { Db } from '../db/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { Onlooker, Settings } from './feature.ts';
import { pressable } from './pressable.ts';
import type { Registry } from './registry.ts';
import { actorOf, findMember } from './who.ts';

type Shelves = {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly settings: Settings;
  readonly registry: Registry;
  readonly clock: () => Date;
  readonly logFault: (fault: unknown, reference: string, what: string) => void;
};

type Refresh = Submit & { readonly refresh: true };

export const isRefresh = (inbound: Inbound): inbound is Refresh =>
  inbound.kind === 'submit' && inbound.refresh === true;

/**
 * Draws a card anew before one person's eyes. It is nothing they said: no place is remembered, nothing is claimed, tracked or
 * kept, and whoever may not see it, and every fault, leaves the card as it is.
 */
export async function lookAgain(
  shelves: Shelves,
  inbound: Refresh,
  respond: Respond,
): Promise<'answered' | 'fault'> {
  try {
    const reply = await shownNow(shelves, inbound);
    if (reply !== undefined) await respond(reply);
    return 'answered';
  } catch (fault) {
    // What a client sent does not fit.
    if (fault instanceof ZodError) return 'answered';
    shelves.logFault(fault, randomBytes(3).toString('hex').toUpperCase(), 'drawing a card anew');
    return 'fault';
  }
}

async function shownNow(
  { db, jobs, settings, registry, clock }: Shelves,
  { person, place, verb, values }: Refresh,
): Promise<Reply | undefined> {
  const look = registry.look(verb);
  const member = look && (await findMember(db, person));
  if (look === undefined || member === undefined || !look.roles.includes(member.role)) return undefined;
  const actor = actorOf(member, person);
  const onlooker: Onlooker = { db, jobs, settings, now: clock(), actor, person, place, member };
  const reply = await look.run(onlooker, values);
  if (reply === undefined) return undefined;
  const { text, card, files } = reply;
  const alone: Reply = { text, audience: 'asker', position: 'instead', ...(files && { files }) };
  return pressable(registry, onlooker, card === undefined ? alone : { ...alone, card });
}
