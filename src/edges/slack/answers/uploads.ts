import type { WebClient } from '@slack/web-api';
import type { OpenFile } from '../../../chat/edge.ts';
import type { OutFile } from '../../../chat/reply.ts';
import type { FileUrl, Log } from '../options.ts';
import { mayHaveToken } from '../requests/attachments.ts';
import { type Refused, troubleWith, whyRefused } from '../requests/file-trouble.ts';
import type { Identity } from '../web-api.ts';
import { HttpRefused } from './http-refused.ts';
import { patiently } from './patience.ts';

export type Uploader = {
  readonly client: WebClient;
  /** Sends nothing again of its own accord. */
  readonly once: WebClient;
  readonly identity: () => Promise<Identity>;
  readonly openFile: OpenFile;
  readonly fileUrl?: FileUrl | undefined;
  /** The origin of a test server that stands for Slack. */
  readonly apiOrigin: string | undefined;
  readonly log: Log;
};
export type Destination = { readonly channel: string; readonly thread?: string; readonly comment?: string };
/** A file with its bytes: `gone` where it is no longer kept, `unread` where it could not be opened just now. */
export type Loaded = OutFile & { readonly bytes: Uint8Array | 'gone' | 'unread' };

const timeLimit = 60_000;

/** Never rejects: a message is not held back for a file of it. */
export const load = (uploader: Uploader, files: readonly OutFile[]): Promise<Loaded[]> =>
  Promise.all(files.map(async (file) => ({ ...file, bytes: await bytesOf(uploader, file) })));

async function bytesOf({ openFile, log }: Uploader, { id }: OutFile): Promise<Loaded['bytes']> {
  try {
    return (await openFile(id))?.bytes ?? 'gone';
  } catch (err) {
    log.error({ err, file: id }, 'A file of the bot could not be opened');
    return 'unread';
  }
}

/** `trouble` is what to say of files that were not shared, as mrkdwn. */
type Shared = { readonly messages: number; readonly trouble: string | undefined };

/**
 * Shares the files of a reply, all in one message; the message they belong to is sent by then and stays.
 * Source: https://docs.slack.dev/messaging/working-with-files#uploading_files
 */
export async function shareFiles(
  uploader: Uploader,
  files: readonly Loaded[],
  destination: Destination,
): Promise<Shared> {
  const results = await Promise.all(files.map((file) => upload(uploader, file)));
  const uploaded = results.flatMap((result) => ('id' in result ? [result] : []));
  const refused = results.flatMap((result) => ('why' in result ? [result] : []));
  try {
    await complete(uploader.once, uploaded, destination);
    return { messages: Math.min(uploaded.length, 1), trouble: troubleWith(uploader, refused) };
  } catch (err) {
    uploader.log.error({ err, files: uploaded }, 'Files could not be shared in Slack');
    const why = whyRefused(err);
    const trouble = troubleWith(uploader, [...refused, ...uploaded.map(({ file }) => ({ file, why }))]);
    return { messages: 0, trouble };
  }
}

type Uploaded = { readonly id: string; readonly file: OutFile };

async function upload(uploader: Uploader, { bytes, ...file }: Loaded): Promise<Uploaded | Refused> {
  if (bytes === 'gone') return { file, why: 'gone' };
  if (bytes === 'unread') return { file, why: { words: '' } };
  try {
    return { file, id: await send(uploader, file.name, bytes) };
  } catch (err) {
    uploader.log.error({ err, file: file.id }, 'A file could not be uploaded to Slack');
    return { file, why: whyRefused(err) };
  }
}

/** The bytes go to Slack's own hosts only, as the token does, which is not sent along. */
async function send({ client, apiOrigin }: Uploader, name: string, bytes: Uint8Array): Promise<string> {
  const { upload_url, file_id } = await patiently(() =>
    client.files.getUploadURLExternal({ filename: name, length: bytes.byteLength }),
  );
  if (upload_url === undefined || file_id === undefined) {
    throw new Error('Slack gave no address to upload to');
  }
  const url = new URL(upload_url);
  if (!mayHaveToken(url, apiOrigin)) throw new Error(`Not a host of Slack: ${url.host}`);
  await patiently(() => push(url, bytes));
  return file_id;
}

async function push(url: URL, bytes: Uint8Array): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Uint8Array.from(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(timeLimit),
  });
  await response.body?.cancel();
  if (!response.ok) throw new HttpRefused(`Slack answered ${response.status} for an upload`, response);
}

async function complete(once: WebClient, uploaded: readonly Uploaded[], to: Destination): Promise<void> {
  if (uploaded.length === 0) return;
  const files = uploaded.map(({ id, file }) => ({ id, title: file.name }));
  await patiently(() =>
    once.files.completeUploadExternal({
      files,
      channel_id: to.channel,
      ...(to.comment === undefined ? {} : { initial_comment: to.comment }),
      ...(to.thread === undefined ? {} : { thread_ts: to.thread }),
    } as Parameters<WebClient['files']['completeUploadExternal']>[0]),
  );
}
