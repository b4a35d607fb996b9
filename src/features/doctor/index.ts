// Doctor: what is wrong with the installation, and what to do about it.
import type { Feature } from '../../bot/index.ts';
import { examine } from './examine.ts';
import { lookedAt, report } from './replies.ts';
import { about } from './rules.ts';

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
      async read(asked, words) {
        const all = await examine(asked);
        const word = words.join(' ');
        const findings = word === '' ? all : about(all, word);
        if (findings.length === 0) return async () => lookedAt(word, all);
        const { now, member } = asked;
        return async () =>
          report({ organization: member.organization.name, at: now.toISOString(), findings });
      },
    },
  ],
};
