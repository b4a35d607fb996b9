import type { Command } from '../../../bot/index.ts';
import { findingCommand } from './answer.ts';
import { ANSWERERS } from './rules.ts';

export const answerCommands: readonly Command[] = [
  {
    name: 'finding',
    usage: 'finding 12 [accept|leave|snooze [day|week|run|renewal]]',
    summary: 'Show one finding, why it can be, and what you can do about it',
    examples: ['finding 12', 'finding 12 accept', 'finding 12 snooze week'],
    roles: ANSWERERS,
    run: findingCommand,
  },
];
