import type { Place } from '../../../chat/place.ts';

const HOUR_MS = 60 * 60 * 1000;
/** What is older than this is not told any more once a place can be reached again. */
export const WORTH_TELLING_HOURS = 24;

export const OUTDATED = `The place could not be reached for more than ${WORTH_TELLING_HOURS} hours.`;

const DAY_MS = 24 * HOUR_MS;
const KEPT_DAYS = 30;
const REMEMBERED_DAYS = 90;
export const NEVER_SENT = `It could not be sent for ${KEPT_DAYS} days.`;
/** Since when posts are kept for a place that can't be reached. */
export const keptSince = (now: Date): Date => new Date(now.getTime() - KEPT_DAYS * DAY_MS);
/** Since when it is remembered what became of a post. */
export const rememberedSince = (now: Date): Date => new Date(now.getTime() - REMEMBERED_DAYS * DAY_MS);

export const worthTellingSince = (now: Date): Date => new Date(now.getTime() - WORTH_TELLING_HOURS * HOUR_MS);

export const nameOf = ({ name, kind }: Place): string =>
  name || (kind === 'personal' ? 'a personal chat' : 'a channel');

export const platformOf = ({ platform }: Place): string =>
  platform.charAt(0).toUpperCase() + platform.slice(1);

/** Those that somebody may mean: by the name, with or without its #, or by the platform's own id. */
export function meant<One extends { readonly place: Place }>(all: readonly One[], word: string): One[] {
  const bare = (text: string) => text.replace(/^#/, '').toLowerCase();
  return all.filter(({ place }) => place.conversation === word || bare(place.name) === bare(word));
}
