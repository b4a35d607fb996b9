// The windows that are no forms: wait, done, sorry.
import type { ModalView } from '@slack/types';
import type { Place } from '../../../chat/place.ts';
import { keptOf, type Reply } from '../../../chat/reply.ts';
import { plainText, sections, shorten } from '../blocks/text.ts';
import { callback, short } from './view.ts';

const note = (title: string, lines: readonly string[], close = 'Close'): ModalView => ({
  type: 'modal',
  callback_id: callback,
  title: short(title),
  close: short(close),
  // What lies below is done with as well.
  clear_on_close: true,
  blocks: lines.flatMap((line) => sections(line)),
});

export const waitView = (): ModalView => ({
  ...note('One moment…', ['I am at it.']),
  blocks: [
    ...sections('I am at it.'),
    { type: 'context', elements: [plainText('You may close this: the answer then comes as a message.')] },
  ],
});

/** The window below is still wanted: only this one is closed. */
export const onTop = (view: ModalView): ModalView => ({ ...view, clear_on_close: false });

/** For an answer that went elsewhere. */
export const doneView = (reply: Reply, place: Place): ModalView =>
  note(titleOf(reply), [shorten(keptOf(reply).text, 2_500), whereView(reply, place)]);

const titleOf = ({ fault }: Reply): string => (fault ? 'That did not work' : 'The answer');

export function whereView({ audience }: Pick<Reply, 'audience'>, { kind, name }: Place): string {
  if (kind === 'personal') return 'The answer is in your conversation with me.';
  const alone = audience === 'asker' ? ', where only you see it' : '';
  return `The answer is in ${name || 'the conversation'}${alone}.`;
}

/** For an answer that found no way to the conversation. */
export const answerView = (reply: Reply): ModalView => note(titleOf(reply), [shorten(reply.text, 2_900)]);

export const answeredView = (): ModalView =>
  note('Handed in before', ['This was handed in before, and its answer is in the conversation.']);

export const troubleView = (): ModalView =>
  note('That did not work', ['I could not do that just now, and nothing was done. Please try once more.']);

/** What is typed is told again, so that it can be taken along. */
export const unknownView = (typed: readonly string[]): ModalView =>
  note('Not open any more', [
    'I do not know this form any more, and nothing was done. Please open it once more.',
    ...(typed.length === 0 ? [] : [`You had typed:\n${shorten(typed.join('\n'), 2_900)}`]),
  ]);
