import type { WebClient } from '@slack/web-api';
import type { OpenFile } from '../../chat/edge.ts';
import type { OutFile } from '../../chat/reply.ts';
import type { Log } from './options.ts';

export type Uploader = { readonly client: WebClient; readonly openFile: OpenFile; readonly log: Log };
export type Destination = { readonly channel: string; readonly thread?: string; readonly comment?: string };

const timeLimit = 60_000;

/**
 * Shares the files of a reply. Gives the sentence to say where that failed; the message they belong to
 * is sent by then and stays.
 * Source: https://docs.slack.dev/messaging/working-with-files#uploading_files
 */
export async function shareFiles(
  uploader: Uploader,
  files: readonly OutFile[],
  destination: Destination,
): Promise<string | undefined> {
  try {
    const uploaded = await Promise.all(files.map((file) => upload(uploader, file)));
    const [first, ...rest] = uploaded.filter((file) => file !== undefined);
    if (first !== undefined) await complete(uploader.client, [first, ...rest], destination);
    const missing = files.filter((_, index) => uploaded[index] === undefined);
    return missing.length === 0 ? undefined : `No longer kept: ${namesOf(missing)}.`;
  } catch (err) {
    uploader.log.error({ err, files }, 'Files could not be uploaded to Slack');
    return `I could not attach ${namesOf(files)} here.`;
  }
}

type Uploaded = { id: string; title: string };

async function upload({ client, openFile }: Uploader, { id, name }: OutFile): Promise<Uploaded | undefined> {
  const file = await openFile(id);
  if (file === undefined) return undefined;
  const { upload_url, file_id } = await client.files.getUploadURLExternal({
    filename: name,
    length: file.bytes.byteLength,
  });
  if (upload_url === undefined || file_id === undefined)
    throw new Error('Slack gave no address to upload to');
  const response = await fetch(upload_url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Uint8Array.from(file.bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(timeLimit),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`Slack answered ${response.status} for an upload`);
  return { id: file_id, title: name };
}

const complete = (client: WebClient, files: [Uploaded, ...Uploaded[]], destination: Destination) =>
  client.files.completeUploadExternal({
    files,
    channel_id: destination.channel,
    ...(destination.comment === undefined ? {} : { initial_comment: destination.comment }),
    ...(destination.thread === undefined ? {} : { thread_ts: destination.thread }),
  } as Parameters<WebClient['files']['completeUploadExternal']>[0]);

const namesOf = (files: readonly OutFile[]): string => files.map(({ name }) => name).join(', ');
