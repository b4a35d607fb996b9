// Files that come with words and without, and those that are sent elsewhere than where they are asked for.
import type { Attachment, Message } from '../chat/inbound.ts';
import type { Place } from '../chat/place.ts';
import type { Reply } from '../chat/reply.ts';
import { type Expected, expectedFile, expectInPrivate, fileCame } from './expect.ts';
import type { Asked } from './feature.ts';
import { postSoon } from './share.ts';

/** What is said of files on the bot's own behalf. */
export type FileVoice = {
  /** An answer in private to a file that was asked for elsewhere. */
  forElsewhere(place: Place, reply: Reply): Reply;
  /** The answer to such a file was for everybody there. */
  postedThere(place: Place): Reply;
  /** Nobody can say whether a file was attached. */
  noFileCame(reply: Reply): Reply;
  /** One was, and is asked for again. */
  fileStayedBehind(reply: Reply): Reply;
};

type Files = {
  readonly files: readonly Attachment[];
  /** Whoever is asked for one can't send it here. */
  readonly inPrivate: boolean;
};

/** What a message says, as a command. */
export type Taken = {
  readonly text: string;
  /** Where its file was asked for, if that was elsewhere. */
  readonly there: Place | undefined;
  /** What its file was asked for. */
  readonly expected?: Expected;
  /** A file did not come along; or it said nothing, and may have had one. */
  readonly missing?: Message['withheld'];
  /** The files; looked for when first asked for. */
  readonly files: () => Promise<Files>;
};

/**
 * A file without a word belongs to what the bot asked a file for, or else to `bulk`; so does one with words that are no
 * command, such as `here it is`, where a file is awaited.
 */
export async function taken(
  asked: Asked,
  message: Message,
  isCommand: (text: string) => boolean,
): Promise<Taken> {
  const text = message.text.trim();
  const files = onceFound(message);
  const isMissing = message.withheld === 'surely' && { missing: 'surely' as const };
  const said = { text, there: undefined, files, ...isMissing };
  if (text !== '') {
    if (message.attachments.length === 0) return said;
    const expected = await expectedFile(asked);
    if (expected === undefined) return said;
    const isMeant = expected.command.toLowerCase() === text.toLowerCase() || !isCommand(text);
    return isMeant ? { ...said, text: expected.command, there: expected.place, expected } : said;
  }
  const found = await files();
  if (found.files.length === 0 && !isMissing) {
    const perhaps = message.withheld === 'perhaps' && found.inPrivate;
    return { ...said, text: 'help', ...(perhaps && { missing: 'perhaps' }) };
  }
  const expected = await expectedFile(asked);
  if (expected === undefined) return { ...said, text: 'bulk' };
  return { ...said, text: expected.command, there: expected.place, expected };
}

/** They are looked for once. */
function onceFound({ attachments, findFiles, filesInPrivate }: Message): Taken['files'] {
  let found: Promise<Files> | undefined;
  return () => {
    found ??= find();
    return found;
  };
  async function find(): Promise<Files> {
    const inPrivate = filesInPrivate === true;
    if (attachments.length > 0 || findFiles === undefined) return { files: attachments, inPrivate };
    const looked = await findFiles();
    return looked === 'out of reach' ? { files: [], inPrivate: true } : { files: looked, inPrivate };
  }
}

/**
 * The answer where it belongs: what asks for a file that can't be sent here is remembered for where it can; what was asked
 * for elsewhere is posted there, unless it is for who sent the file alone, as where nobody saw that they were asked for it.
 */
export async function placed(
  asked: Asked,
  reply: Reply,
  {
    there,
    expected,
    missing,
    inPrivate,
  }: Pick<Taken, 'there' | 'expected' | 'missing'> & Pick<Files, 'inPrivate'>,
  voice: FileVoice,
): Promise<Reply> {
  const { wantsFile } = reply;
  if (wantsFile !== undefined && wantsFile.inPrivate === undefined && (inPrivate || there !== undefined)) {
    const minutes = await expectInPrivate(asked, wantsFile.text);
    const asks: Reply = { ...reply, wantsFile: { ...wantsFile, inPrivate: { minutes } } };
    return missing === 'surely' && there !== undefined ? voice.fileStayedBehind(asks) : asks;
  }
  const isTaken = wantsFile === undefined && reply.wrong === undefined && missing === undefined;
  if (expected !== undefined && isTaken) await fileCame(asked, expected);
  if (missing === 'perhaps') return voice.noFileCame(reply);
  if (missing === 'surely' && wantsFile !== undefined) return voice.fileStayedBehind(reply);
  if (there === undefined || there.reader !== undefined) return reply;
  if (reply.audience === 'asker') return reply.wrong ? reply : voice.forElsewhere(there, reply);
  await postSoon(asked, there, reply);
  return voice.postedThere(there);
}
