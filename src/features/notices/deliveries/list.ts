import { type Asked, PAGE_SIZE, pageOf } from '../../../bot/index.ts';
import type { Place } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { deliveryList } from '../replies.ts';
import { countDeliveries, loadDeliveries, loadUnreachable, type Show } from './store.ts';

export const SHOWS = ['all', 'waiting', 'sent', 'dead'] as const satisfies readonly Show[];

/** `deliveries [waiting|sent|dead]` */
export function deliveriesCommand(asked: Asked, [word = 'all']: readonly string[]): Promise<Reply> {
  return listDeliveries(asked, SHOWS.find((show) => show === word.toLowerCase()) ?? 'all', 1);
}

export async function listDeliveries({ db, member }: Asked, show: Show, page: number): Promise<Reply> {
  const counts = await countDeliveries(db);
  const total = show === 'all' ? counts.sent + counts.waiting + counts.dead : counts[show];
  const paging = pageOf(page, total);
  const found = await loadDeliveries(db, show, (paging.page - 1) * PAGE_SIZE, PAGE_SIZE);
  return deliveryList({
    ...paging,
    organization: member.organization.name,
    show,
    counts,
    unreachable: (await loadUnreachable(db)).map(nameOf),
    deliveries: found.map(({ place, kind, what, secret, state, attempts, error, ...at }) => ({
      to: nameOf(place),
      platform: place.platform.charAt(0).toUpperCase() + place.platform.slice(1),
      kind,
      what: secret ? 'A letter that is not kept' : shortened(what),
      state,
      at: (at.sent_at ?? at.created_at).toISOString(),
      attempts,
      error: error === null ? undefined : shortened(error),
    })),
  });
}

const MOST_LETTERS = 120;
function shortened(text: string): string {
  const letters = [...text];
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…` : text;
}

const nameOf = ({ name, kind }: Place): string =>
  name || (kind === 'personal' ? 'a personal chat' : 'a channel');
