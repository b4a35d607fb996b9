import { PostFailed } from '../../../chat/edge.ts';
import type { Place, Sent } from '../../../chat/place.ts';
import type { Reply, WantsFile } from '../../../chat/reply.ts';
import { type Asked, isUnseen } from '../answers/asked.ts';
import { tellAside } from '../answers/privately.ts';

import type { TeamsOptions } from '../options.ts';
import type { Desk } from '../requests/desk.ts';
import { readAddress } from '../requests/places.ts';
import { sentences } from '../sentences.ts';

type InPrivate = NonNullable<WantsFile['inPrivate']>;

/** Whether a reply asks for a file in a conversation where Teams hands none over. */
export function handedOver({ wantsFile }: Reply, place: Place): InPrivate | undefined {
  return place.kind === 'personal' ? undefined : wantsFile?.inPrivate;
}

/**
 * Asks for the file where the person talks to the bot alone, and says so in the conversation, with a button that leads there.
 * Where the bot can't write to them yet the button is all there is; the file is awaited all the same.
 */
export async function handOver(
  asked: Asked,
  desk: Desk,
  reply: Reply,
  { minutes }: InPrivate,
  held: Sent | undefined,
): Promise<Sent | undefined> {
  const { place, from, press } = asked;
  const unseen = isUnseen(asked);
  const sent = await askInPrivate(desk, place, from, forPlace(reply, place, unseen));
  const says = (sent === undefined ? sentences.sendFileInChat : sentences.askedInChat)(minutes, unseen);
  const message = desk.delivery.message(place, signpost(says, chatUrl(place, desk.options)));
  // Who asked so that nobody saw it is not named before all for what they find in their chat.
  const openly = sent === undefined || !unseen;
  await tellAside(asked, desk, message, { held, openly }).catch((error: unknown) => {
    // Asked for once more, they would be asked twice.
    if (sent === undefined || !(error instanceof PostFailed)) throw error;
    desk.options.log.warn({ err: error }, 'it was not said where a file is asked for');
  });
  press?.note('');
  return sent;
}

async function askInPrivate(
  { posting, delivery, options }: Desk,
  place: Place,
  from: Asked['from'],
  reply: Reply,
): Promise<Sent | undefined> {
  try {
    return await delivery.post(await posting.personalChat(place, from), reply);
  } catch (error) {
    if (!(error instanceof PostFailed) || error.reason === 'later') throw error;
    options.log.info({ err: error }, 'somebody can not be asked for a file in private yet');
    return undefined;
  }
}

/** What is asked, and for where. */
function forPlace({ text, card, ...reply }: Reply, place: Place, unseen: boolean): Reply {
  const line = sentences.fileForPlace(
    place.name || (place.kind === 'group' ? 'the group chat' : 'the channel'),
    unseen,
  );
  return {
    ...reply,
    text: `${text}\n${line}`,
    ...(card && {
      card: {
        ...card,
        body: [...card.body, { type: 'TextBlock', text: line, wrap: true, weight: 'bolder' }],
      },
    }),
  };
}

const signpost = (text: string, url: string | undefined): Reply => ({
  text: url === undefined ? text : `${text}\n${url}`,
  card: {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [{ type: 'TextBlock', text, wrap: true }],
    ...(url !== undefined && {
      actions: [{ type: 'Action.OpenUrl', title: sentences.openChat, url }],
    }),
  },
  audience: 'asker',
  position: 'below',
});

/**
 * A link to the personal chat with the bot. By the bot's id it is the same however the app came into the tenant; the documented
 * link to an app needs the id of the app in its catalogue.
 * Source: https://learn.microsoft.com/azure/bot-service/channel-connect-teams ("Get embed code"),
 * https://github.com/MicrosoftDocs/msteams-docs/issues/11653
 */
function chatUrl(
  place: Place,
  { credentials, chatsWith = credentials && `28:${credentials.appId}` }: TeamsOptions,
) {
  if (chatsWith === undefined) return undefined;
  const { tenantId } = readAddress(place);
  const tenant = tenantId === undefined ? '' : `tenantId=${encodeURIComponent(tenantId)}&`;
  return `https://teams.microsoft.com/l/chat/0/0?${tenant}users=${encodeURIComponent(chatsWith)}`;
}
