/** One command: how it is written, what it does, what it looks like in use. */
import type { Card } from '../src/chat/card.ts';
import { type Command, card, commandButton, facts, lead, section, text } from './elements.ts';
import { list } from './format.ts';

export type HelpCommand = {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly examples: readonly { readonly command: string; readonly says: string }[];
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
      section('Type'),
      text(usage, { spacing: 'small' }),
      ...(examples.length === 0
        ? []
        : [section('For example'), facts(examples.map(({ command, says }) => [command, says] as const))]),
      ...(aliases.length === 0
        ? []
        : [section('Also understood'), text(list(aliases), { spacing: 'small' })]),
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
      { command: 'associate', says: 'opens the form' },
      { command: 'associate 10023/1 alice@contoso.example', says: 'gives Alice one unit' },
      { command: 'associate 10023/1 @Alice 2', says: 'gives Alice two units' },
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
