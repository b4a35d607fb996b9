// Findings: what vendors have that does not agree with our books, and what is done about it.
import { z } from 'zod';
import { button, type Feature, type Role } from '../../bot/index.ts';
import { addAlias, alias, listAliases, removeAlias } from './aliases/aliases.ts';
import { answerButtons } from './answers/buttons.ts';
import { answerCommands } from './answers/commands.ts';
import { ANSWERERS } from './answers/rules.ts';
import { listAnswered, listFindings, reopen } from './list.ts';
import { AT_NIGHT, askForReading, READ, readingMessage, readNow } from './wishes/read.ts';

export { resumeReading } from './wishes/read.ts';

/** Article numbers are the provider's own business. */
const OPERATORS: readonly Role[] = ['provider admin', 'account manager'];

const page = z.coerce.number().int().min(1).max(1_000_000);
const text = z.string().max(200).default('');
const wordsOf = (typed: string): string[] => typed.split(' ').filter((word) => word !== '');

export const findings: Feature = {
  name: 'findings',
  summary: 'Findings',
  commands: [
    {
      name: 'findings',
      usage: 'findings [customer|reseller|10023/1|kind]',
      summary: 'List what vendors have that does not agree with our books',
      examples: ['findings', 'findings contoso', 'findings 10023/1', 'findings idle'],
      roles: ANSWERERS,
      run: (asked, words) => listFindings(asked, words),
    },
    {
      name: 'findings read',
      usage: 'findings read',
      summary: 'Read the vendors again, and compare',
      examples: ['findings read'],
      roles: ANSWERERS,
      run: askForReading,
    },
    {
      name: 'findings answered',
      usage: 'findings answered [text]',
      summary: 'List the findings that were answered, and open them again',
      examples: ['findings answered', 'findings answered contoso'],
      roles: ANSWERERS,
      run: (asked, words) => listAnswered(asked, words),
    },
    ...answerCommands,
    {
      name: 'alias',
      usage: 'alias',
      summary: 'List products that a vendor also knows under other article numbers',
      examples: ['alias'],
      roles: OPERATORS,
      run: alias,
    },
    {
      name: 'alias add',
      usage: 'alias add <article number> = <product>',
      summary: 'Say which product an article number of a vendor is',
      examples: ['alias add E3-NEW = Office 365 E3', 'alias add E3-NEW = O365-E3'],
      roles: OPERATORS,
      run: addAlias,
    },
    {
      name: 'alias remove',
      usage: 'alias remove <article number>',
      summary: 'Say that it is none any more',
      examples: ['alias remove E3-NEW'],
      roles: OPERATORS,
      run: removeAlias,
    },
  ],
  buttons: [
    button({
      verb: 'findings.page',
      roles: ANSWERERS,
      input: z.object({ text, page }),
      run: async (asked, wish) => ({
        ...(await listFindings(asked, wordsOf(wish.text), wish.page)),
        position: 'instead',
      }),
    }),
    button({
      verb: 'findings.answered',
      roles: ANSWERERS,
      input: z.object({ text, page }),
      run: async (asked, wish) => ({
        ...(await listAnswered(asked, wordsOf(wish.text), wish.page)),
        position: 'instead',
      }),
    }),
    button({
      verb: 'findings.reopen',
      roles: ANSWERERS,
      input: z.object({ finding: z.coerce.number().int().min(1).max(2_147_483_647) }),
      run: (asked, { finding }) => reopen(asked, finding),
    }),
    button({
      verb: 'findings.read',
      roles: ANSWERERS,
      input: z.object({}),
      run: async (asked) => ({ ...(await askForReading(asked)), position: 'instead' }),
    }),
    button({
      verb: 'alias.page',
      roles: OPERATORS,
      input: z.object({ page }),
      run: async (asked, wish) => ({ ...(await listAliases(asked, wish.page)), position: 'instead' }),
    }),
    ...answerButtons,
  ],
  work: [
    {
      name: READ,
      collapses: true,
      retries: 2,
      concurrency: 1,
      handle: (working, _, lastTry) => readNow(working, lastTry),
    },
  ],
  schedules: [
    {
      name: READ,
      cron: () => AT_NIGHT,
      timezone: ({ reconcileTimezone }) => reconcileTimezone,
      queue: READ,
    },
  ],
  tracks: { reading: readingMessage },
};
