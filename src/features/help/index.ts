// Help: derived from the features themselves, so that it never says anything else than what they do.
import { type Asked, type Command, EVERYBODY, type Feature } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { helpCommand, helpOverview, voice } from './replies.ts';

export { voice } from './replies.ts';

/** The six buttons under the overview. */
const COMMON = [
  { title: 'Orders', command: 'orders' },
  { title: 'Free units', command: 'free' },
  { title: 'Associate users', command: 'associate' },
  { title: 'Bulk', command: 'bulk' },
  { title: 'Jobs', command: 'jobs' },
  { title: 'Undo', command: 'undo' },
];

/** Help on the given features, as far as a person's role may use them. */
export function help(features: readonly Feature[]): Feature {
  return {
    name: 'help',
    summary: 'Help',
    commands: [
      {
        name: 'help',
        aliases: ['hi', 'hello', '?'],
        usage: 'help [command]',
        summary: 'Say what I can do, or how one command works',
        examples: ['help', 'help associate'],
        roles: EVERYBODY,
        run: async (asked, words) => answer(asked, features, words.join(' ').toLowerCase()),
      },
    ],
  };
}

function answer(asked: Asked, features: readonly Feature[], word: string): Reply {
  const may = ({ roles }: Command) => roles.includes(asked.member.role);
  const groups = features
    .map(({ summary, commands }) => ({ title: summary, commands: commands.filter(may) }))
    .filter(({ commands }) => commands.length > 0);
  const all = groups.flatMap(({ commands }) => commands);
  if (word === '') {
    const common = COMMON.filter(({ command }) => all.some(({ name }) => name === command));
    return helpOverview({ groups, common });
  }
  const command = all.find(({ name, aliases = [] }) => name === word || aliases.includes(word));
  return command === undefined ? voice.unclear(word, []) : details(command);
}

function details({ name, usage, summary, examples, aliases = [] }: Command): Reply {
  return helpCommand({
    name,
    usage,
    summary,
    aliases,
    examples,
    buttons: examples.slice(0, 1).map((command) => ({ title: command, command })),
  });
}
