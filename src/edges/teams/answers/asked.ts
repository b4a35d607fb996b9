import type { Place } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { Answer } from './answer.ts';
import type { Known } from './known.ts';
import { type Reader, readerOf } from './targeted.ts';
import type { Waiting } from './waiting.ts';

/** To whom and about what an answer goes. */
export type Asked = {
  readonly place: Place;
  readonly from: Reader;
  /** The message with the card that was pressed. */
  readonly card?: string;
  /** Of that message: only who pressed sees it. */
  readonly known?: Known;
  /** The request that waits for the answer, where a button was pressed. */
  readonly press?: Answer;
  /** Nobody else saw what was said: nobody else sees the answer. */
  readonly alone?: true;
  /** Where Teams takes an answer for one person neither here nor in their chat it fails: it is shown in another way. */
  readonly shownElse?: true;
  /** What is shown meanwhile to who said something. */
  readonly waiting?: Waiting;
};

/** Whether nobody else saw that they asked, nor is to see it by what is said of the answer. */
export const isUnseen = ({ alone, known }: Pick<Asked, 'alone' | 'known'>): boolean =>
  alone === true || known?.alone === true;

/** Whether others would read along what is meant for one person. */
export const isPrivate = (reply: Reply, place: Place): boolean =>
  reply.audience === 'asker' && place.kind !== 'personal' && readerOf(place) === undefined;
