import type { Waits } from '../../../../cards/notices-deliveries.ts';
import { type Asked, PAGE_SIZE, pageOf } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { deliveryList, noSuchShow } from './replies.ts';
import { reviveCommand } from './revive.ts';
import { nameOf, platformOf } from './rules.ts';
import { countDeliveries, loadDead, loadDeliveries, type Show } from './store.ts';

export const SHOWS = ['all', 'waiting', 'sent', 'dead'] as const satisfies readonly Show[];

/** `deliveries [waiting|sent|dead]`, `deliveries revive <place>` */
export async function deliveriesCommand(
  asked: Asked,
  [word = 'all', ...more]: readonly string[],
): Promise<Reply> {
  if (word.toLowerCase() === 'revive') return reviveCommand(asked, more.join(' '));
  const show = SHOWS.find((one) => one === word.toLowerCase());
  return show === undefined ? noSuchShow(word, SHOWS) : listDeliveries(asked, show, 1);
}

export async function listDeliveries({ db, member, now }: Asked, show: Show, page: number): Promise<Reply> {
  const counts = await countDeliveries(db);
  const total = show === 'all' ? counts.sent + counts.waiting + counts.dead : counts[show];
  const paging = pageOf(page, total);
  const found = await loadDeliveries(db, show, (paging.page - 1) * PAGE_SIZE, PAGE_SIZE);
  const dead = await loadDead(db);
  return deliveryList({
    ...paging,
    organization: member.organization.name,
    show,
    counts,
    unreachable: dead.map(({ place, since, why, waiting }) => ({
      name: nameOf(place),
      platform: platformOf(place),
      since: since.toISOString(),
      why: shortened(why),
      waiting,
      to: { platform: place.platform, conversation: place.conversation },
    })),
    deliveries: found.map((one) => ({
      to: nameOf(one.place),
      platform: platformOf(one.place),
      kind: one.kind,
      what: one.secret ? 'A letter that is not kept' : shortened(one.what),
      state: one.state,
      at: (one.sent_at ?? one.created_at).toISOString(),
      attempts: one.attempts,
      waits: one.state === 'waiting' ? waitsFor(one, now) : undefined,
      error: one.error === null ? undefined : shortened(one.error),
    })),
  });
}

type Held = { dead_since: Date | null; outdated: boolean; not_before: Date | null; paused: Date | null };

/** The first of these that keeps it back. */
function waitsFor({ dead_since, outdated, not_before, paused }: Held, now: Date): Waits | undefined {
  if (dead_since !== null || outdated) return { for: 'reach' };
  if (not_before !== null && not_before > now) {
    return { for: 'the end of quiet hours', until: not_before.toISOString() };
  }
  return paused === null ? undefined : { for: 'the platform', until: paused.toISOString() };
}

const MOST_LETTERS = 120;
function shortened(text: string): string {
  const letters = [...text];
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…` : text;
}
