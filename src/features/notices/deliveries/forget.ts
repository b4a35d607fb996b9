import type { Schedule, Work } from '../../../bot/index.ts';
import { inTransaction } from '../../../db/index.ts';
import { keptSince, rememberedSince } from './rules.ts';
import { forgetOld } from './store.ts';

const FORGET = 'notices.forget';

/** Once a day what was posted long ago is forgotten, and what could not be posted for too long is given up. */
export const forgetWork: Work = {
  name: FORGET,
  collapses: true,
  retries: 3,
  concurrency: 1,
  async handle({ db, now }) {
    const limits = { now, keptSince: keptSince(now), endedBefore: rememberedSince(now) };
    await inTransaction({ db }, (inside) => forgetOld(inside.db, limits));
  },
};

export const forgetting: Schedule = {
  name: FORGET,
  cron: () => '27 3 * * *',
  timezone: () => 'UTC',
  queue: FORGET,
};
