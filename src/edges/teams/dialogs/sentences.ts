import type { Place } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { keptOf } from '../../../chat/reply.ts';

const LONGEST = 2_500;

/** What the edge itself says in dialogs. */
export const titles = {
  goesOn: 'One moment …',
  trouble: 'That did not work',
  answer: 'The answer',
  unknown: 'Not open any more',
} as const;

export const says = {
  goesOn: 'I am at it. You may close this: the answer then comes as a message.',
  trouble: 'I could not do that just now, and nothing was done. Please try once more.',
  notDelivered: 'Teams did not take the answer. It may be done already: look before you try again.',
  /** For an answer that is for one person alone, to whom there is no way. */
  lost: (bot: string) =>
    `The answer is for you alone, and I can't write to you privately yet. It may be done already: open a chat with ${bot || 'me'} in Teams, add the app there, and look before you try again.`,
  handedIn: 'This was handed in before, and its answer is in the conversation.',
  unknown(typed: readonly string[]): string {
    const again = 'I do not know this form any more, and nothing was done. Please open it once more.';
    return typed.length === 0 ? again : `${again}\n\nYou had typed:\n${cut(typed.join('\n'))}`;
  },
  /** For an answer that went elsewhere. */
  done: (reply: Reply, place: Place): string => `${cut(keptOf(reply).text)}\n\n${says.where(place)}`,
  where: ({ kind, name }: Place): string =>
    kind === 'personal' ? 'The answer is in our chat.' : `The answer is in ${name || 'the conversation'}.`,
};

export const cut = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST).toWellFormed()} …` : text;
