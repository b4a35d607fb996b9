import type { KnownBlock } from '@slack/types';
import type { Block } from '../blocks/charts.ts';
import { limits } from '../blocks/limits.ts';
import type { RestFile } from '../blocks/rest.ts';
import { preformatted } from '../blocks/tables.ts';
import { escapeMrkdwn, plainText, split } from '../blocks/text.ts';
import { refusesBlocks } from './failures.ts';
import { type Destination, type Loaded, shareFiles, type Uploader } from './uploads.ts';

/** As many messages as people can be expected to scroll through. */
const mostMessages = 10;

/**
 * Shares the files with what a message had no place for, and gives how many messages that took. Where Slack takes no file,
 * what is in them is posted in parts: nothing is left out without a way to see it.
 */
export async function shareRest(
  desk: Uploader,
  rest: readonly RestFile[],
  destination: Destination,
): Promise<number> {
  if (rest.length === 0) return 0;
  const { messages, trouble } = await shareFiles(desk, rest.map(loaded), destination);
  if (trouble === undefined) return messages;
  const parts = rest.flatMap(partsOf);
  const shown = parts
    .slice(0, mostMessages)
    .map(
      (part, index): Part =>
        index === mostMessages - 1 && parts.length > mostMessages
          ? { ...part, text: part.text + more }
          : part,
    );
  for (const part of shown) await postPart(desk, part, destination);
  return messages + shown.length;
}

export const loaded = ({ name, bytes }: RestFile): Loaded => ({ id: '', name, bytes });

const more = ', and there is more: an admin of this workspace can let me attach files';

type Part = { readonly text: string; readonly lines: string };

function partsOf({ name, bytes }: RestFile): Part[] {
  const pieces = split(new TextDecoder().decode(bytes), limits.sectionText - 200);
  return pieces.map((lines, index) => ({ text: `${name}, part ${index + 1} of ${pieces.length}`, lines }));
}

async function postPart({ once, log }: Uploader, { text, lines }: Part, { channel, thread }: Destination) {
  const heading: Block = { type: 'context', elements: [plainText(text)] };
  const post = (blocks: Block[], said: string) =>
    once.chat.postMessage({
      channel,
      text: escapeMrkdwn(said),
      blocks: blocks as KnownBlock[],
      unfurl_links: false,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    });
  try {
    await post([heading, preformatted(lines)], text).catch((err: unknown) => {
      if (!refusesBlocks(err)) throw err;
      return post([], `${text}\n${lines}`);
    });
  } catch (err) {
    log.error({ err, channel }, 'The rest of a message could not be posted to Slack');
  }
}
