import type { Role } from '../../bot/index.ts';

export const TOPICS = ['jobs', 'orders', 'reconciliation'] as const;
export type Topic = (typeof TOPICS)[number];

/** Who may see markup, where nobody reads along. */
export const SELLERS: readonly Role[] = ['provider admin', 'account manager', 'reseller admin'];

/** When a channel hears of each topic. */
export const WHEN: Readonly<Record<Topic, string>> = {
  jobs: 'When a bulk job ends',
  orders: 'When an order waits for approval, is completed or fails',
  reconciliation: 'When quantities were reconciled',
};

/** Reconciliation is between the provider and its resellers. */
export function topicsFor(role: Role): readonly Topic[] {
  const customer = role === 'customer admin' || role === 'customer';
  return customer ? TOPICS.filter((topic) => topic !== 'reconciliation') : TOPICS;
}

export const parseTopic = (word: string, among: readonly Topic[]): Topic | undefined =>
  among.find((topic) => topic === word.toLowerCase());

/** How long to wait before the next try, in seconds: as the platform asks, or longer each time up to five minutes. */
export function pause(attempts: number, retryAfterSeconds: number | undefined): number {
  return retryAfterSeconds ?? Math.min(300, 2 ** Math.min(attempts, 8));
}

/** After this many tries a post is given up. */
export const MOST_ATTEMPTS = 20;
