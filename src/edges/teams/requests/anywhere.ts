// The app is also used where the bot itself is not: its searches, its lookups at messages, and the cards that people put into theirs.
import type { TurnContext } from 'botbuilder';
import type { Person, Place } from '../../../chat/place.ts';
import type { Desk } from './desk.ts';
import { placeOf, tenantOf } from './places.ts';

/** In the data of each button of a card that somebody put into a message of their own. */
export const SHOWN = 'shown.by';

/**
 * Who somebody is: the members of a conversation are told only to a bot that is in it, so they are looked up in the personal
 * chat that the bot has with them.
 * Source: https://github.com/MicrosoftDocs/msteams-docs/issues/1428
 */
export async function personAnywhere(desk: Desk, context: TurnContext): Promise<Person> {
  const here = await desk.roster.person(context);
  if (here.email !== undefined) return here;
  const chat = await chatWithBot(desk, context);
  return chat === undefined || chat === context.activity.conversation.id
    ? here
    : desk.roster.person(inChat(context, chat));
}

/**
 * Where somebody is: a chat of two people may look like the one that one of them has with the bot, where nobody else reads.
 * Source: https://github.com/microsoft/botbuilder-dotnet/issues/3019
 */
export async function placeAnywhere(desk: Desk, context: TurnContext, place: Place): Promise<Place> {
  if (place.kind !== 'personal') return place;
  const chat = await chatWithBot(desk, context);
  return chat === place.conversation ? place : { ...place, kind: 'group' };
}

async function chatWithBot(
  { posting, options, chats }: Desk,
  { activity }: TurnContext,
): Promise<string | undefined> {
  const { id, name = '' } = activity.from;
  const key = `${tenantOf(activity)} ${id}`;
  const known = chats.known.find(key);
  if (known !== undefined || chats.missing.find(key)) return known;
  try {
    const { conversation } = await posting.personalChat(placeOf(activity, ''), { id, name });
    return chats.known.keep(key, conversation);
  } catch (err) {
    options.log.info({ err }, 'somebody uses the app who has no personal chat with the bot');
    chats.missing.keep(key, true);
    return undefined;
  }
}

/** The same turn, as if it were one of the personal chat. */
function inChat(context: TurnContext, id: string): TurnContext {
  const { activity } = context;
  const { tenantId } = activity.conversation;
  const { tenant } = (activity.channelData ?? {}) as { tenant?: unknown };
  const conversation = { id, conversationType: 'personal', isGroup: false, tenantId };
  const inside = { ...activity, conversation, channelData: { tenant } };
  return Object.create(context, { activity: { value: inside } }) as TurnContext;
}
