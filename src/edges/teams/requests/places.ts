import type { Activity, ConversationReference } from 'botbuilder';
import { PostFailed } from '../../../chat/edge.ts';
import type { Place } from '../../../chat/place.ts';
import { digText } from './request.ts';

const THREAD = ';messageid=';

/** What the edge needs to find a place again. */
export type Address = {
  readonly serviceUrl: string;
  readonly channelId: string;
  readonly bot: { readonly id: string; readonly name: string };
  readonly tenantId?: string;
};

export function placeOf(activity: Activity, name: string): Place {
  const [conversation = '', thread] = activity.conversation.id.split(THREAD);
  const team = teamOf(activity);
  return {
    platform: 'teams',
    conversation,
    kind: kindOf(activity),
    name,
    ...(team !== undefined && { within: team }),
    ...(thread !== undefined && { thread }),
    address: addressOf(activity),
  };
}

/** Ids do not tell: a group chat's may look like a personal one's. */
function kindOf({ conversation }: Activity): Place['kind'] {
  switch (conversation.conversationType) {
    case 'channel':
      return 'channel';
    case 'groupChat':
      return 'group';
    default:
      return conversation.isGroup || isOfPeople(conversation.id) ? 'group' : 'personal';
  }
}

/** A chat of people with each other, or of a meeting, from which the app may be used: the bot's own with somebody has no such id. */
const isOfPeople = (id: string): boolean => id.startsWith('19:');

export function tenantOf(activity: Activity): string | undefined {
  return digText(activity.channelData, 'tenant', 'id') ?? activity.conversation.tenantId;
}

/** The team whose channel it is. */
export function teamOf({ channelData, conversation }: Activity): string | undefined {
  return conversation.conversationType === 'channel' ? digText(channelData, 'team', 'id') : undefined;
}

/** The channel or chat, whatever thread of it. */
export function channelOf({ channelData, conversation }: Activity): string {
  const [whole = ''] = conversation.id.split(THREAD);
  return digText(channelData, 'channel', 'id') ?? whole;
}

function addressOf(activity: Activity): Address {
  const { serviceUrl, channelId, recipient } = activity;
  const tenantId = tenantOf(activity);
  return {
    serviceUrl,
    channelId,
    bot: { id: recipient.id, name: recipient.name ?? '' },
    ...(tenantId !== undefined && { tenantId }),
  };
}

/** The address of a place that was stored; it is data like any other, and may be old. */
export function readAddress(place: Place): Address {
  const serviceUrl = digText(place.address, 'serviceUrl');
  const id = digText(place.address, 'bot', 'id');
  if (serviceUrl === undefined || id === undefined) {
    throw new PostFailed('refused', `no address of ${place.conversation} is known`);
  }
  const tenantId = digText(place.address, 'tenantId');
  return {
    serviceUrl,
    channelId: digText(place.address, 'channelId') ?? 'msteams',
    bot: { id, name: digText(place.address, 'bot', 'name') ?? '' },
    ...(tenantId !== undefined && { tenantId }),
  };
}

/** The id that a post to this place is sent to: of the thread, where it is one. */
export function conversationId({ conversation, thread }: Place): string {
  return thread === undefined ? conversation : conversation + THREAD + thread;
}

export function referenceTo(place: Place): Partial<ConversationReference> {
  const { serviceUrl, channelId, bot, tenantId } = readAddress(place);
  return {
    serviceUrl,
    channelId,
    bot,
    conversation: {
      id: conversationId(place),
      name: place.name,
      isGroup: place.kind !== 'personal',
      conversationType: place.kind === 'group' ? 'groupChat' : place.kind,
      ...(tenantId !== undefined && { tenantId }),
    },
  };
}

/** The place that was made by starting a thread: its id names the first message. */
export function inThread(place: Place, started: string): Place & { readonly thread: string } {
  const [, thread = started] = started.split(THREAD);
  return { ...place, thread };
}
