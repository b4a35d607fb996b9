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

const STANDS_FOR_ATTACHMENT = /<attachment\s+id=/gi;

function withheldFrom({ attachments = [] }: Activity, { kind }: Place): KeptBack['withheld'] {
  const html = attachments.flatMap(({ contentType, content }) =>
    contentType === 'text/html' && typeof content === 'string' ? [content] : [],
  );
  const stand = html.flatMap((text) => text.match(STANDS_FOR_ATTACHMENT) ?? []).length;
  if (stand > attachments.filter(isNoFile).length) return 'surely';
  return kind === 'group' && html.length > 0 ? 'perhaps' : undefined;
}

/**
 * A card, or a message that is answered: an element stands for it as well.
 * Source: https://learn.microsoft.com/graph/api/resources/chatmessageattachment
 */
const isNoFile = ({ contentType }: { readonly contentType: string }): boolean =>
  /^(application\/vnd\.microsoft\.(teams\.)?card\.|messageReference$|forwardedMessageReference$)/.test(
    contentType,
  );

/** The message as Graph names it: a team goes there by the id of its group. */
async function messageIn(context: TurnContext, place: Place): Promise<MessageRef> {
  const { activity } = context;
  const { id: message = '' } = activity;
  const said = { message, tenant: tenantOf(activity), sender: activity.from.aadObjectId };
  if (place.kind === 'group') return { kind: 'chat', ...said, chat: place.conversation };
  const { thread = message } = place;
  return {
    kind: 'channel',
    ...said,
    team: await groupOf(context),
    channel: channelOf(activity),
    thread,
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
