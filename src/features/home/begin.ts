import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { askForCustomer } from '../organizations/view.ts';
import type { BEGUN } from './rules.ts';

/** Who looks at all customers has none of them in mind yet, whichever it was the last time: it is asked first. */
export async function beginForOne(asked: Asked, command: (typeof BEGUN)[number]): Promise<Reply> {
  return (await askForCustomer(asked, command)) ?? asked.again(asked, command);
}
