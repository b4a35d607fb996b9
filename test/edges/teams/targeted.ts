/** What tests of messages for one person have in common. */
import type { Card } from '../../../src/chat/card.ts';
import { formsInMemory } from '../slack/forms-store.ts';
import type { Call } from './connector.ts';
import { BOT, inChannel, openTalk, reply } from './talk.ts';

export const THREAD = '/v3/conversations/19:orders@thread.tacv2;messageid=1600/activities';
export const card: Card = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'Orders', wrap: true }],
  actions: [{ type: 'Action.Execute', title: 'Next', verb: 'say', data: { text: 'orders page 2' } }],
};
export const forAsker = reply({ audience: 'asker', card });
/** Said behind a slash. */
export const toBotAlone = { ...inChannel, recipient: { ...BOT, isTargeted: true } };

type Options = NonNullable<Parameters<typeof openTalk>[1]>;
export const openTargeted = (t: Parameters<typeof openTalk>[0], options: Options = {}) =>
  openTalk(t, { targeted: true, forms: formsInMemory(), ...options });

export const shape = ({ method, path, targeted }: Call) => [method, path, targeted];
export const isTargeted = ({ targeted }: Call) => targeted;
