/** What Teams posts to the bot, as the text of a request. */
import { randomUUID } from 'node:crypto';
import type { Posted } from './connector.ts';

const common = (serviceUrl: string) => ({
  id: randomUUID(),
  channelId: 'msteams',
  serviceUrl,
  from: { id: '29:priya', name: 'Priya Raman' },
  recipient: { id: '28:quartermaster', name: 'Quartermaster' },
  conversation: { id: 'a:priya-and-bot', conversationType: 'personal', tenantId: 'tenant-1' },
  channelData: { tenant: { id: 'tenant-1' } },
});

export const said = (serviceUrl: string, text: string): string =>
  JSON.stringify({ ...common(serviceUrl), type: 'message', text });

export function saidWithFile(serviceUrl: string, text: string, file: { name: string; url: string }): string {
  const attachment = {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    name: file.name,
    content: { downloadUrl: file.url },
  };
  return JSON.stringify({ ...common(serviceUrl), type: 'message', text, attachments: [attachment] });
}

export type Action = { readonly verb: string; readonly data: Readonly<Record<string, unknown>> };

export function pressed(serviceUrl: string, message: string, { verb, data }: Action): string {
  const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' };
  const rest = { type: 'invoke', name: 'adaptiveCard/action', replyToId: message, value };
  return JSON.stringify({ ...common(serviceUrl), ...rest });
}

/** The button with this verb on the card of a message. */
export function actionOn(message: Posted, verb: string): Action | undefined {
  const card = message.attachments?.[0]?.content as { actions?: readonly Action[] } | undefined;
  return card?.actions?.find((action) => action.verb === verb);
}
