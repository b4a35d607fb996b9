import { isTopic, type Topic } from '../../../chat/edge.ts';

type Command = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
} & (
  | { readonly type: 'query'; readonly parameter: { readonly title: string; readonly description: string } }
  | { readonly type: 'action' }
);

/** The parameter of each search. */
export const WORDS = 'words';
export const AT_MESSAGE = 'find_named';

/**
 * What the app offers where people write, and at what they wrote; the manifest has them from here. A query is called as what
 * it looks up.
 * Source: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/define-search-command
 */
export const commands: readonly Command[] = [
  {
    id: 'orders' satisfies Topic,
    type: 'query',
    title: 'Orders',
    description: 'Show an order in your message',
    parameter: { title: 'Order', description: 'Its number, its customer or what was ordered' },
  },
  {
    id: 'services' satisfies Topic,
    type: 'query',
    title: 'Services',
    description: 'Show a service and its free units in your message',
    parameter: { title: 'Service', description: 'Its number such as 10023/1, its product or its customer' },
  },
  {
    id: 'users' satisfies Topic,
    type: 'query',
    title: 'Users',
    description: 'Show in your message what a user has',
    parameter: { title: 'User', description: 'The e-mail address or the name' },
  },
  {
    id: AT_MESSAGE,
    type: 'action',
    title: 'Find the orders named',
    description: 'Look up the orders whose numbers stand in this message',
  },
];

export const topicOf = (command: unknown): Topic | undefined =>
  isTopic(command) && commands.some(({ id, type }) => id === command && type === 'query')
    ? command
    : undefined;
