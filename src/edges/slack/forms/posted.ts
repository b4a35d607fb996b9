import type { ModalView } from '@slack/types';
import type { Sent } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { Log } from '../options.ts';
import { partOf } from './kept.ts';
import { answerView } from './notes.ts';
import { formView, hasInputs } from './view.ts';

/** Posts an answer; where it finds no way to the conversation the window shows it. Rejects where nobody sees it. */
export async function postOrShow(
  log: Log,
  reply: Reply,
  post: () => Promise<Sent | undefined>,
  show: (view: ModalView) => Promise<boolean>,
): Promise<{ readonly sent: Sent | undefined } | 'shown'> {
  try {
    return { sent: await post() };
  } catch (err) {
    log.error({ err }, 'An answer could not be posted; its window shows it');
    if (await show(readOnly(reply))) return 'shown';
    throw err;
  }
}

/** Only to be read. */
function readOnly(reply: Reply): ModalView {
  const { actions: _, ...card } = reply.card ?? { body: [] };
  const isReadable = 'type' in card && !hasInputs(card);
  const { wantsFile: __, ...part } = partOf(reply);
  return (isReadable ? formView({ reply: { ...part, card } }, '') : undefined) ?? answerView(reply);
}
