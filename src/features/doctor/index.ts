// Doctor: what is wrong with the installation, and what to do about it.
import type { Feature } from '../../bot/index.ts';
import { examine } from './examine.ts';
import { report } from './replies.ts';

export const doctor: Feature = {
  name: 'doctor',
  summary: 'Doctor',
  commands: [
    {
      name: 'doctor',
      usage: 'doctor',
      summary:
        'Tell what is wrong with the installation: platforms, database, clock, notices, background work',
      examples: ['doctor'],
      roles: ['provider admin'],
      // Platforms are asked, and that takes time: not in the transaction of the request.
      async read(asked) {
        const findings = await examine(asked);
        const { now, member } = asked;
        return async () =>
          report({ organization: member.organization.name, at: now.toISOString(), findings });
      },
    },
  ],
};
