import type { LookupFunction } from 'node:net';
import { isFileUrl } from '../identity/hosts.ts';
import { request } from './connection.ts';

/**
 * Most of a file in one request: below 60 MiB, and a multiple of 320 KiB.
 * Source: https://learn.microsoft.com/graph/api/driveitem-createuploadsession#upload-bytes-to-the-upload-session
 */
export const FRAGMENT_BYTES = 30 * 1024 * 1024;
const TIME_LIMIT_MS = 120_000;

export type Upload = {
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly local: boolean;
  readonly resolve?: LookupFunction;
};

/** A file that OneDrive did not take. */
export class UploadFailed extends Error {
  override name = 'UploadFailed';
}

/**
 * Puts a file into the OneDrive of whoever asked for it. The link itself is what allows it: a token of the bot
 * is none of its business, and a redirect leads somewhere that nobody allowed.
 */
export async function upload({ url, bytes, local, resolve }: Upload): Promise<void> {
  if (!isFileUrl(url, local)) throw new UploadFailed('the link does not lead to OneDrive or SharePoint');
  if (bytes.length === 0) throw new UploadFailed('the file is empty');
  const far = { url: new URL(url), local, resolve };
  for (let start = 0; start < bytes.length; start += FRAGMENT_BYTES) {
    const body = bytes.subarray(start, start + FRAGMENT_BYTES);
    const response = await request(far, {
      method: 'PUT',
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': body.length,
        'content-range': `bytes ${start}-${start + body.length - 1}/${bytes.length}`,
      },
      body,
    });
    response.destroy();
    const expected = start + body.length < bytes.length ? [202] : [200, 201];
    const { statusCode = 0 } = response;
    if (!expected.includes(statusCode)) throw new UploadFailed(`OneDrive answered with ${statusCode}`);
  }
}
