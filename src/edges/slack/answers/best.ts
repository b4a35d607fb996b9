import type { Reply } from '../../../chat/reply.ts';
import { Unshowable } from '../blocks/buttons.ts';
import { type Around, type Form, formsOf, type Message } from '../blocks/message.ts';
import type { RestFile } from '../blocks/rest.ts';
import type { Log } from '../options.ts';
import { refusesBlocks, slackWord } from './failures.ts';
import { blamed, type Refusals } from './refusals.ts';

/** What came of sending, and the files with what found no place in the message: they are to be shared beside it. */
export type Best<Result> = { readonly result: Result; readonly rest: readonly RestFile[] };

type Desk = { readonly log: Log; readonly refusals: Refusals };

/**
 * Tries ever barer forms of a reply while Slack refuses its blocks, so that it is never lost for its looks. What turns out
 * to be refused in this workspace is left out at once for a while.
 */
export async function sendBest<Result>(
  { log, refusals }: Desk,
  reply: Reply,
  around: Around,
  send: (message: Message) => Promise<Result>,
): Promise<Best<Result>> {
  const forms = formsOf(reply, around);
  const attempt = async (formOf: () => Form): Promise<Best<Result> | Refused> => {
    let shown: Form | undefined;
    try {
      shown = formOf();
      const { text, blocks, rest } = shown;
      return { result: await send({ text, blocks }), rest };
    } catch (err) {
      if (!(err instanceof Unshowable) && !refusesBlocks(err)) throw err;
      log.error({ err }, 'Slack can not show a message as it is');
      return { refusal: err, blocks: shown?.blocks ?? [] };
    }
  };
  const without = new Set(refusals.known());
  let doubted: ReturnType<typeof blamed>;
  for (;;) {
    const tried = await attempt(() => forms.rich(without));
    if (!('refusal' in tried)) {
      if (doubted !== undefined) refusals.learn(doubted);
      return tried;
    }
    doubted = saysTooLong(tried.refusal) ? undefined : blamed(tried.refusal, tried.blocks);
    if (doubted === undefined) break;
    without.add(doubted);
  }
  const plain = await attempt(forms.plain);
  if (!('refusal' in plain)) return plain;
  const bare = await attempt(forms.bare);
  if ('refusal' in bare) throw bare.refusal;
  return bare;
}

type Refused = { readonly refusal: unknown; readonly blocks: Form['blocks'] };

const tooLong = new Set(['msg_blocks_too_long', 'msg_too_long', 'attachment_payload_limit_exceeded']);
const saysTooLong = (error: unknown): boolean => tooLong.has(slackWord(error) ?? '');
