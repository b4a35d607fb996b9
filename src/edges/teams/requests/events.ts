import { type Activity, ActivityTypes } from 'botbuilder';
import type { Places } from '../../../chat/edge.ts';
import { channelOf, teamOf } from './places.ts';
import { dig, digText } from './request.ts';

/** What Teams tells of a place by itself. */
export type News =
  /** The bot was added to it; where Teams says so twice, it greets once. */
  | { readonly kind: 'added'; readonly where: Places; readonly greets: boolean }
  /** `why`: a sentence for whoever looks after the bot. */
  | { readonly kind: 'lost'; readonly where: Places; readonly why: string }
  | { readonly kind: 'found'; readonly where: Places }
  | { readonly kind: 'channel renamed' | 'team renamed' }
  | { readonly kind: 'chat renamed'; readonly name: string };

/**
 * Reads the events that Teams sends of a team, a channel or a chat; nothing, where they change nothing for the bot.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
 */
export function newsIn(activity: Activity): News | undefined {
  return activity.type === ActivityTypes.InstallationUpdate ? installed(activity) : updated(activity);
}

/**
 * An upgrade of the app may take the bot out only to put it in again (`remove-upgrade`, `add-upgrade`): should it be out for
 * good, the next post is told so.
 */
function installed(activity: Activity): News | undefined {
  const action = String(activity.action).toLowerCase();
  if (action.startsWith('add')) return { kind: 'added', where: all(activity), greets: false };
  return action === 'remove' ? removed(activity) : undefined;
}

function updated(activity: Activity): News | undefined {
  const { membersAdded = [], membersRemoved = [], topicName, recipient } = activity;
  if (membersAdded.some(({ id }) => id === recipient.id))
    return { kind: 'added', where: all(activity), greets: true };
  if (membersRemoved.some(({ id }) => id === recipient.id)) return removed(activity);
  // The documents write some of these names in two ways.
  const event = String(dig(activity.channelData, 'eventType')).toLowerCase();
  if (Object.hasOwn(EVENTS, event)) return EVENTS[event]?.(activity);
  return typeof topicName === 'string' && topicName !== ''
    ? { kind: 'chat renamed', name: topicName }
    : undefined;
}

const EVENTS: Readonly<Record<string, (activity: Activity) => News>> = {
  channelrenamed: () => ({ kind: 'channel renamed' }),
  teamrenamed: () => ({ kind: 'team renamed' }),
  channeldeleted: (activity) => ({ kind: 'lost', where: one(activity), why: 'The channel was deleted.' }),
  channelrestored: (activity) => ({ kind: 'found', where: one(activity) }),
  teamdeleted: (activity) => ({ kind: 'lost', where: all(activity), why: 'The team was deleted.' }),
  teamharddeleted: (activity) => ({ kind: 'lost', where: all(activity), why: 'The team was deleted.' }),
  teamrestored: (activity) => ({ kind: 'found', where: all(activity) }),
  teamarchived: (activity) => ({ kind: 'lost', where: all(activity), why: 'The team is archived.' }),
  teamunarchived: (activity) => ({ kind: 'found', where: all(activity) }),
};

function removed(activity: Activity): News {
  const where = all(activity);
  const isChat = activity.conversation.conversationType !== 'channel';
  const from = isChat ? 'chat' : 'within' in where ? 'team' : 'channel';
  return { kind: 'lost', where, why: `The bot was removed from the ${from}.` };
}

/** All channels of the team that it is about; a private or shared one has members of its own, and so has a chat. */
function all(activity: Activity): Places {
  const team = teamOf(activity);
  const type = digText(activity.channelData, 'channel', 'type') ?? 'standard';
  return team === undefined || type.toLowerCase() !== 'standard' ? one(activity) : { within: team };
}

const one = (activity: Activity): Places => ({ conversation: channelOf(activity) });
