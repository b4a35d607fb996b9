// Help: derived from the features themselves, so that it never says anything else than what they do.
import { type Asked, type Command, EVERYBODY, type Feature, namesOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { nearest } from '../../chat/words.ts';
import { helpCommand, helpOverview, noSuchCommand } from './replies.ts';

export { voice } from './replies.ts';

/** The six buttons under the overview. */
const COMMON = [
  { title: 'Orders', command: 'orders' },
  { title: 'Free units', command: 'free' },
  { title: 'Associate users', command: 'associate' },
  { title: 'Bulk', command: 'bulk' },
  { title: 'Jobs', command: 'jobs' },
  { title: 'History', command: 'history' },
];

/** Help on the given features and on itself, as far as a person's role may use them. */
export function help(features: readonly Feature[]): Feature {
  const self: Feature = {
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
        run: async (asked, words) => answer(asked, [...features, self], words.join(' ')),
      },
    ],
  };
  return self;
}

function answer(asked: Asked, features: readonly Feature[], typed: string): Reply {
  const word = typed.toLowerCase();
  const may = ({ roles }: Command) => roles.includes(asked.member.role);
  const groups = features
    .map(({ summary, commands }) => ({ title: summary, commands: commands.filter(may) }))
    .filter(({ commands }) => commands.length > 0);
  const all = groups.flatMap(({ commands }) => commands);
  if (word === '') {
    const common = COMMON.filter(({ command }) => all.some(({ name }) => name === command));
    return helpOverview({ groups, common });
  }
  const command = all.find((one) => namesOf(one).includes(word));
  return command === undefined ? noSuchCommand(typed, nearestTo(word, all)) : details(command);
}

function nearestTo(word: string, commands: readonly Command[]): string[] {
  const names = nearest(word, commands.flatMap(namesOf), 3);
  const found = commands.filter((one) => namesOf(one).some((name) => names.includes(name)));
  return found.map(({ name }) => name);
}

/** The button is the command alone, where that shows something or opens a form. */
function details({ name, usage, summary, examples, aliases = [] }: Command): Reply {
  const [first] = examples;
  return helpCommand({
    name,
    usage,
    summary,
    aliases,
    examples,
    buttons: first === name ? [{ title: name, command: name }] : [],
  });
}
