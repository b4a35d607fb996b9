import type { WebClient } from '@slack/web-api';
import { type Attachment, Unreadable } from '../../../chat/inbound.ts';
import { slackWord } from '../answers/failures.ts';
import { HttpRefused } from '../answers/http-refused.ts';
import { patiently } from '../answers/patience.ts';
import type { Log } from '../options.ts';

/** What of Slack's file object is read here. Source: https://docs.slack.dev/reference/objects/file-object */
export type SlackFile = {
  readonly id?: string;
  readonly name?: string | null;
  readonly title?: string | null;
  readonly mimetype?: string;
  readonly mode?: string;
  readonly size?: number;
  readonly is_external?: boolean;
  readonly file_access?: string;
  readonly url_private?: string;
  readonly url_private_download?: string;
};

export type Reader = {
  readonly client: WebClient;
  readonly token: string;
  /** The origin of a test server that may be given the token as well. */
  readonly apiOrigin: string | undefined;
  readonly log: Log;
};

const timeLimit = 30_000;
const mostRedirects = 5;

export const attachmentOf = (reader: Reader, file: SlackFile): Attachment => ({
  name: nameOf(file),
  read: (limit) =>
    readFile(reader, file, limit).catch((err: unknown) => {
      if (err instanceof Unreadable) throw err;
      reader.log.warn({ err, file: file.id }, 'A file could not be fetched from Slack');
      throw new Unreadable(`I could not fetch ${nameOf(file)} from Slack. Please attach it once more.`);
    }),
});

/** As people can read it: a name has one line, and no letter that turns what follows it around. */
const nameOf = (file: SlackFile): string =>
  (file.name || file.title || file.id || 'file')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Bidi_Control}/gu, '')
    .trim() || 'file';

async function readFile(reader: Reader, shared: SlackFile, limit: number): Promise<Uint8Array> {
  const file = await completed(reader.client, shared);
  const name = nameOf(file);
  const trouble = troubles[file.mode ?? ''] ?? troubles[file.file_access ?? ''];
  if (trouble !== undefined) throw new Unreadable(trouble(name));
  if (file.is_external || file.mode === 'external') {
    throw new Unreadable(`${name} is only linked to in Slack. Please attach the file itself.`);
  }
  const url = file.url_private_download ?? file.url_private;
  if (url === undefined) throw new Unreadable(`${name} is no longer in Slack, or I may not see it.`);
  if ((file.size ?? 0) > limit) throw tooLarge(name, limit);
  const response = await follow(reader, new URL(url), name);
  // Slack answers a token without the scope files:read with its sign-in page and status 200.
  if (response.headers.get('content-type')?.startsWith('text/html') && file.mimetype !== 'text/html') {
    await response.body?.cancel();
    throw new Unreadable(noScope(name));
  }
  return collect(response, name, limit);
}

type Sentence = (name: string) => string;

const gone: Sentence = (name) => `${name} is no longer in Slack. Please attach it once more.`;
const denied: Sentence = (name) =>
  `I may not see ${name}: the organization that shared it keeps it to itself. Please attach the file itself.`;
const noScope: Sentence = (name) =>
  `I may not read files here: ${name} could not be opened. An admin can grant files:read.`;

/**
 * What to say of a file that can't be had, by its mode, its `file_access` or the error of `files.info`.
 * Source: https://docs.slack.dev/reference/objects/file-object and https://docs.slack.dev/reference/methods/files.info
 */
const troubles: Readonly<Record<string, Sentence>> = {
  tombstone: gone,
  file_deleted: gone,
  file_not_found: gone,
  hidden_by_limit: (name) =>
    `Slack hides ${name}: the workspace has no room for older files. Please attach it once more.`,
  access_denied: denied,
  missing_scope: noScope,
};

/** Files of Slack Connect arrive without their addresses. */
async function completed(client: WebClient, file: SlackFile): Promise<SlackFile> {
  const { id } = file;
  const isComplete = file.file_access !== 'check_file_info' && file.url_private !== undefined;
  if (isComplete || id === undefined) return file;
  try {
    return (await patiently(() => client.files.info({ file: id }))).file ?? file;
  } catch (err) {
    const trouble = troubles[slackWord(err) ?? ''];
    throw trouble === undefined ? err : new Unreadable(trouble(nameOf(file)), { cause: err });
  }
}

/** Redirects are followed by hand, since `fetch` would take the token along. */
async function follow(reader: Reader, start: URL, name: string): Promise<Response> {
  let url = start;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    if (!mayHaveToken(url, reader.apiOrigin)) {
      reader.log.warn({ host: url.host }, 'A file led away from Slack and was not fetched');
      throw new Unreadable(`${name} is not kept in Slack. Please attach the file itself.`);
    }
    const address = url;
    const answer = await patiently(() => fetchOnce(address, reader.token));
    if (!('elsewhere' in answer)) return answer;
    url = answer.elsewhere;
  }
  throw new Error('Slack redirected a file too often');
}

async function fetchOnce(url: URL, token: string): Promise<Response | { readonly elsewhere: URL }> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeLimit),
  });
  if (response.ok) return response;
  await response.body?.cancel();
  const location = response.headers.get('location');
  if (response.status >= 300 && response.status < 400 && location !== null) {
    return { elsewhere: new URL(location, url) };
  }
  throw new HttpRefused(`Slack answered ${response.status} for a file`, response);
}

/** Slack's own hosts, with those of GovSlack (https://docs.slack.dev/govslack). */
export function mayHaveToken(url: URL, apiOrigin: string | undefined): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (apiOrigin !== undefined && url.origin === apiOrigin) return true;
  const isSlack = /(?:^|\.)slack(?:-files|-gov)?\.com$/.test(url.hostname);
  return isSlack && url.protocol === 'https:' && url.port === '';
}

async function collect(response: Response, name: string, limit: number): Promise<Uint8Array> {
  if (Number(response.headers.get('content-length') ?? 0) > limit) {
    await response.body?.cancel();
    throw tooLarge(name, limit);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > limit) throw tooLarge(name, limit);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function tooLarge(name: string, limit: number): Unreadable {
  const room = limit >= 1_000_000 ? `${Math.floor(limit / 1_000_000)} MB` : `${limit} bytes`;
  return new Unreadable(`${name} is larger than the ${room} I can read.`);
}
