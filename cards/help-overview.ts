/** Everything one can type, by feature. */
import type { Card, Table } from '../src/chat/card.ts';
import { type Command, commandButton } from './buttons.ts';
import { card, lead } from './elements.ts';
import { table } from './table.ts';

export type HelpOverview = {
  readonly groups: readonly {
    readonly title: string;
    readonly commands: readonly { readonly usage: string; readonly summary: string }[];
  }[];
  /** The six that are used most. */
  readonly common: readonly Command[];
};

export function helpOverviewCard({ groups, common }: HelpOverview): Card {
  return card({
    title: 'What you can type',
    body: [
      lead('Words in [brackets] can be left out. A command without them opens its form.'),
      ...groups.map(
        ({ title, commands }): Table => ({
          ...table(
            [
              { title, width: 5 },
              { title: 'What it does', width: 4 },
            ],
            commands.map(({ usage, summary }) => [usage, summary]),
          ),
          list: 'commands',
        }),
      ),
    ],
    actions: common.map(({ title, command }) => commandButton(title, command)),
  });
}

export const samples: Record<string, Card> = {
  all: helpOverviewCard({
    groups: [
      {
        title: 'Orders',
        commands: [
          { usage: 'orders [recent|historical] [active|draft|all] [text]', summary: 'Lists orders' },
          { usage: 'order 10023', summary: 'Shows one order' },
          { usage: 'services 10023', summary: 'Lists the services of an order' },
          { usage: 'note 10023 [text]', summary: 'Puts a note on an order' },
        ],
      },
      {
        title: 'Units and users',
        commands: [
          { usage: 'free [10023[/1] | text]', summary: 'Tells how many units are free' },
          { usage: 'associate [10023/1 alice@contoso.example [units]]', summary: 'Gives units to a user' },
          { usage: 'release [10023/1 alice@contoso.example [units]]', summary: 'Takes units back' },
          {
            usage: 'move [alice@contoso.example 10023/1 10023/2 [units]]',
            summary: 'Changes the service of a user',
          },
          { usage: 'user alice@contoso.example', summary: 'Shows what a user has' },
        ],
      },
      {
        title: 'Spreadsheets',
        commands: [
          { usage: 'bulk [10023/1]', summary: 'Checks an attached sheet, then runs it' },
          { usage: 'jobs', summary: 'Lists the jobs' },
          { usage: 'job 7 [cancel|report]', summary: 'Shows or stops a job' },
        ],
      },
      {
        title: 'Month end',
        commands: [
          {
            usage: 'reconcile [preview|now|2026-11]',
            summary: 'Counts what is used and corrects quantities',
          },
          { usage: 'subscriptions [text]', summary: 'Lists subscriptions' },
        ],
      },
      {
        title: 'This conversation',
        commands: [
          { usage: 'use [customer]', summary: 'Chooses the customer you work for' },
          {
            usage: 'notify [here|list|off] [jobs|orders|reconciliation]',
            summary: 'Chooses what is posted here',
          },
          { usage: 'history [10023]', summary: 'Tells who did what' },
          { usage: 'undo [n]', summary: 'Takes a change back' },
        ],
      },
    ],
    common: [
      { title: 'Orders', command: 'orders' },
      { title: 'Free units', command: 'free' },
      { title: 'Associate users', command: 'associate' },
      { title: 'Bulk', command: 'bulk' },
      { title: 'Jobs', command: 'jobs' },
      { title: 'History', command: 'history' },
    ],
  }),
  reader: helpOverviewCard({
    groups: [{ title: 'Orders', commands: [{ usage: 'orders', summary: 'Lists orders' }] }],
    common: [{ title: 'Orders', command: 'orders' }],
  }),
};
