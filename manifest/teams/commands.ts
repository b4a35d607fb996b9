import { features } from '../../src/features.ts';

type Scope = 'personal' | 'team' | 'groupChat';

export type CommandList = {
  readonly triggers: readonly ('mention' | 'slash')[];
  readonly scopes: readonly Scope[];
  readonly commands: readonly { readonly title: string; readonly description: string }[];
};

/**
 * What somebody needs first in each kind of place; Teams shows ten of a list, in this order.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/create-a-bot-commands-menu
 */
const FIRST: Readonly<Record<Scope, readonly string[]>> = {
  // Teams hands a bot files here only, so this is where `bulk` is.
  personal: [
    'home',
    'orders',
    'services',
    'free',
    'associate',
    'release',
    'bulk',
    'new order',
    'use',
    'help',
  ],
  team: ['orders', 'services', 'free', 'associate', 'jobs', 'reconcile', 'notify', 'watch', 'use', 'help'],
  groupChat: ['orders', 'services', 'free', 'associate', 'release', 'user', 'jobs', 'notify', 'use', 'help'],
};

/**
 * A slash command reaches the bot as a message that nobody else sees; a personal chat has none.
 * Source: https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/agent-slash-commands
 */
export function commandLists(takesTargeted: boolean): CommandList[] {
  return (['personal', 'team', 'groupChat'] as const).map((scope) => ({
    triggers: takesTargeted && scope !== 'personal' ? ['mention', 'slash'] : ['mention'],
    scopes: [scope],
    commands: FIRST[scope].map(entry),
  }));
}

const commands = features.flatMap((feature) => feature.commands);

function entry(title: string) {
  const command = commands.find(({ name }) => name === title);
  if (command === undefined) throw new Error(`There is no command “${title}” any more.`);
  const example = command.examples.find((one) => one !== title);
  return { title, description: command.summary + (example === undefined ? '' : `: ${example}`) };
}
