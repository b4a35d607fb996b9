import type { Role } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';

export const TOPICS = ['jobs', 'orders', 'reconciliation', 'low-units'] as const;
export type Topic = (typeof TOPICS)[number];

/** When a channel hears of each topic. */
export const WHEN: Readonly<Record<Topic, string>> = {
  jobs: 'When a bulk job ends: done, cancelled, broken off or taken back',
  orders:
    'When an order waits for approval, is approved, refused or not approved in time, is placed, completed, or fails',
  reconciliation: 'When quantities were reconciled, and two days before',
  'low-units': 'When the free units of a service that somebody watches fall below the number they gave',
};

/** `#licences`, `this conversation` */
export const placeName = ({ kind, name }: Place): string =>
  kind === 'personal' ? 'this conversation' : name || 'this channel';

/** Low units of one channel can be of other channels' watches: whose, who chooses them is to know. */
export const HEARD_OF: Partial<Readonly<Record<Topic, string>>> = {
  'low-units':
    'That is every watch over a service that your organization may see, wherever it was set. Set one with: watch 10023/1 below 5',
};

/** What is of many customers at once is not told in a channel that belongs to one of them. */
export const ofMany = (topic: Topic): boolean => topic === 'reconciliation';

/** Reconciliation is between the provider and its resellers. */
export function topicsFor(role: Role): readonly Topic[] {
  const customer = role === 'customer admin' || role === 'customer';
  return customer ? TOPICS.filter((topic) => topic !== 'reconciliation') : TOPICS;
}

/** `jobs orders`, `low units`, `jobs, low-units`; or the word that is none of them. */
export function parseTopics(
  words: readonly string[],
  among: readonly Topic[],
): readonly Topic[] | { readonly unknown: string } {
  const typed = words
    .join(' ')
    .toLowerCase()
    .replaceAll(/low units/g, 'low-units');
  const named = typed.split(/[\s,]+|\band\b/).filter((word) => word !== '');
  const unknown = named.find((word) => !among.some((topic) => topic === word));
  if (unknown !== undefined || named.length === 0) return { unknown: unknown ?? '' };
  return among.filter((topic) => named.includes(topic));
}

/** Of a pause: what failed together is not to come back together. */
const JITTER = 0.2;
const LONGEST_PAUSE = 300;

/**
 * How long to wait before the next try, in seconds: a little longer than the platform asks, or longer each time up to five
 * minutes. `chance` is between 0 and 1, another one each time.
 */
export function pause(attempts: number, retryAfterSeconds: number | undefined, chance: number): number {
  if (retryAfterSeconds !== undefined) return retryAfterSeconds * (1 + chance * JITTER);
  return Math.min(LONGEST_PAUSE, 2 ** Math.min(attempts, 9)) * (1 - chance * JITTER);
}

/** A post at which we ourselves stumbled this often is given up; what others are to blame for passes. */
export const MOST_FAULTS = 20;

/** Letters have a queue of their own: a thousand of them keep no channel waiting. */
export const DELIVER = 'notices.deliver';
export const LETTERS = 'notices.letters';
export const queueFor = (platform: string): string => (platform === 'mail' ? LETTERS : DELIVER);

/** The threads into which notices of one order, or of one job and what took it back, belong. */
export const orderThread = (number: number): string => `order:${number}`;
export const jobThread = (id: number): string => `job:${id}`;
