import type { Feature } from './feature.ts';
import { forgetUndos } from './history.ts';
import { forgetRequests } from './once.ts';
import { shareWork } from './share.ts';
import { forgetForms } from './views.ts';

const QUEUE = 'bot.housekeeping';
const DAY_MS = 24 * 60 * 60 * 1000;

/** Once a day the bot forgets what nobody asks for any more; and it posts what was shared from elsewhere. */
export const housekeeping: Feature = {
  name: 'housekeeping',
  summary: 'Housekeeping',
  commands: [],
  work: [
    shareWork,
    {
      name: QUEUE,
      collapses: true,
      retries: 3,
      concurrency: 1,
      async handle({ db, now }) {
        await forgetRequests(db, new Date(now.getTime() - DAY_MS));
        await forgetUndos(db, now);
        await forgetForms(db, now);
        await db.deleteFrom('files').where('keep_until', '<', now).execute();
        await db.deleteFrom('expectations').where('expires_at', '<', now).execute();
      },
    },
  ],
  schedules: [{ name: 'housekeeping', cron: () => '17 3 * * *', timezone: () => 'UTC', queue: QUEUE }],
};
