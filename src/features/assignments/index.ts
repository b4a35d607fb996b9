// Assignments: vendors are told who has units of a service.
import type { Feature } from '../../bot/index.ts';
import { TELL } from './soon.ts';
import { tellVendors } from './tell.ts';

export { tellDue } from './soon.ts';

export const assignments: Feature = {
  name: 'assignments',
  summary: 'Who has units, at the vendor',
  commands: [],
  work: [
    {
      name: TELL,
      collapses: true,
      retries: 5,
      concurrency: 1,
      handle: (working) => tellVendors(working),
    },
  ],
  schedules: [{ name: TELL, cron: () => '*/5 * * * *', timezone: () => 'UTC', queue: TELL }],
};
