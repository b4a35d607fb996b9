import { type Asked, scopeOf } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { deliverSoon } from '../notify.ts';
import {
  hoursNotUnderstood,
  isQuietNow,
  noticesOfOthers,
  quietByOthers,
  quietNow,
  wasNotQuiet,
} from '../replies.ts';
import { placeName } from '../rules.ts';
import { type Hours, parseHours, quietUntil } from './rules.ts';
import { deleteHours, holdUntil, isChosenAbove, loadHoursAt, saveHours } from './store.ts';

/** `notify quiet 20:00-07:00 Europe/Berlin`, `notify quiet weekends`, `notify quiet off`, `notify quiet` */
export async function quietCommand(asked: Asked, words: readonly string[]): Promise<Reply> {
  const scope = scopeOf(asked.member.organization);
  const now = await loadHoursAt(asked.db, asked.place, scope);
  const [first = ''] = words;
  if (first === '') return isQuietNow(placeName(asked.place), now?.hours, zoneOf(asked));
  if (now?.ours === false) return quietByOthers();
  if (first.toLowerCase() === 'off') return setHours(asked, undefined, now?.hours);
  if (await isChosenAbove(asked.db, asked.place, scope)) return noticesOfOthers();
  const parsed = parseHours(words.join(' '), now?.hours.timeZone ?? zoneOf(asked));
  return parsed.kind === 'wrong' ? hoursNotUnderstood(parsed) : setHours(asked, parsed.hours, now?.hours);
}

const zoneOf = ({ settings }: Asked): string => settings.reconcileTimezone;

/** What is held back already waits for the end of the new hours, or is sent at once. */
async function setHours(asked: Asked, hours: Hours | undefined, before: Hours | undefined): Promise<Reply> {
  const { db, place, member, now } = asked;
  if (hours === undefined && before === undefined) return wasNotQuiet();
  if (hours === undefined) await deleteHours(db, place);
  else await saveHours(db, place, member.organization.id, hours);
  const until = hours && quietUntil(now, hours);
  const held = await holdUntil(db, place, until);
  if (held > 0) await deliverSoon(asked, place.platform, place.conversation, until);
  return quietNow(placeName(place), { hours, until, held });
}
