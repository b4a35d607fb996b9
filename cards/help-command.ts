/** One command: how it is written, what it does, what it looks like in use. */
import type { Card } from '../src/chat/card.ts';
import { type Command, commandButton } from './buttons.ts';
import { card, lead, section, subtle, text } from './elements.ts';
import { list } from './format.ts';

export type HelpCommand = {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  /** Whole commands, as one types them. */
  readonly examples: readonly string[];
  readonly aliases: readonly string[];
  /** Such as the command without its arguments, which opens its form. */
  readonly buttons?: readonly Command[] | undefined;
};

export function helpCommandCard({
  name,
  usage,
  summary,
  examples,
  aliases,
  buttons = [],
}: HelpCommand): Card {
  return card({
    title: name,
    body: [
      lead(summary),
      text(usage, { weight: 'bolder', spacing: 'medium' }),
      examples.length === 0 ? undefined : section('For example'),
      ...examples.map((example) => text(example, { spacing: 'small' })),
      aliases.length === 0 ? undefined : subtle(`Also understood: ${list(aliases)}`, 'medium'),
    ],
    actions: [
      ...buttons.slice(0, 5).map(({ title, command }) => commandButton(title, command)),
      commandButton('All commands', 'help'),
    ],
  });
}

export const samples: Record<string, Card> = {
  full: helpCommandCard({
    name: 'associate',
    usage: 'associate [10023/1 alice@contoso.example [units]]',
    summary: 'Gives units of a service to a user. Without a number of units it is one.',
    examples: [
      'associate',
      'associate 10023/1 alice@contoso.example',
      'associate 10023/1 alice@contoso.example 2',
    ],
    aliases: ['assign'],
    buttons: [{ title: 'Associate users', command: 'associate' }],
  }),
  plain: helpCommandCard({
    name: 'jobs',
    usage: 'jobs',
    summary: 'Lists the jobs.',
    examples: [],
    aliases: [],
  }),
};
