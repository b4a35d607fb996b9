// Assignments: providers are told who has units of a service.
import type { Feature } from '../../bot/index.ts';
import { TELL, tellWhatIsLeft } from './soon.ts';
import { tellProvider } from './tell.ts';

export { tellWhatIsLeft } from './soon.ts';

const SWEEP = 'assignments.sweep';

export const assignments: Feature = {
  name: 'assignments',
  summary: 'Who has units, at the vendor',
  commands: [],
  work: [
    {
      name: TELL,
      retries: 5,
      concurrency: 1,
      handle: (working, data) => tellProvider(working, Number((data as { service: number }).service)),
    },
    {
      name: SWEEP,
      collapses: true,
      retries: 3,
      concurrency: 1,
      handle: (working) => tellWhatIsLeft(working),
    },
  ],
  schedules: [{ name: SWEEP, cron: () => '41 * * * *', timezone: () => 'UTC', queue: SWEEP }],
};
