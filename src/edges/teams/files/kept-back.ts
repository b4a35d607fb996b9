import { type Activity, TeamsInfo, type TurnContext } from 'botbuilder';
import type { Message } from '../../../chat/inbound.ts';
import type { Place } from '../../../chat/place.ts';
import type { Desk } from '../requests/desk.ts';
import { channelOf, tenantOf } from '../requests/places.ts';
import { digText } from '../requests/request.ts';
import type { MessageRef } from './graph.ts';

type KeptBack = Pick<Message, 'withheld' | 'findFiles'>;

/**
 * What is known of files that did not come along with a message: Teams sends a bot none from channels and group chats, and not
 * every one from personal chats. The words are sent as HTML too, where an element stands for each file; in group chats even
 * that is taken out.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4,
 * https://github.com/openclaw/openclaw/pull/101096 (the HTML)
 */
export function keptBack(desk: Desk, context: TurnContext, place: Place): KeptBack {
  const graph = place.kind === 'personal' ? undefined : desk.graph;
  const withheld = withheldFrom(context.activity, place);
  return {
    ...(withheld && { withheld }),
    ...(graph && { findFiles: () => graph.filesOf(() => messageIn(context, place)) }),
  };
}

const STANDS_FOR_FILE = /<attachment\s+id=/i;

function withheldFrom({ attachments = [] }: Activity, { kind }: Place): KeptBack['withheld'] {
  const html = attachments.flatMap(({ contentType, content }) =>
    contentType === 'text/html' && typeof content === 'string' ? [content] : [],
  );
  if (html.some((text) => STANDS_FOR_FILE.test(text))) return 'surely';
  return kind === 'group' && html.length > 0 ? 'perhaps' : undefined;
}

/** The message as Graph names it: a team goes there by the id of its group. */
async function messageIn(context: TurnContext, place: Place): Promise<MessageRef> {
  const { activity } = context;
  const { id: message = '' } = activity;
  const tenant = tenantOf(activity);
  if (place.kind === 'group') return { kind: 'chat', tenant, chat: place.conversation, message };
  const { thread = message } = place;
  return {
    kind: 'channel',
    tenant,
    team: await groupOf(context),
    channel: channelOf(activity),
    thread,
    message,
  };
}

async function groupOf(context: TurnContext): Promise<string> {
  const { channelData } = context.activity;
  const told = digText(channelData, 'team', 'aadGroupId');
  if (told !== undefined) return told;
  const { aadGroupId } = await TeamsInfo.getTeamDetails(context, digText(channelData, 'team', 'id'));
  if (aadGroupId === undefined) throw new Error('Teams did not say of which group the team is');
  return aadGroupId;
}
