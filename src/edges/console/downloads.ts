import type { ServerResponse } from 'node:http';
import type { OpenFile } from '../../chat/edge.ts';
import { Refused, sendBytes } from './http.ts';

const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/;

/** Always as a download: a file that the bot made is never shown as a page of this site. */
export async function sendFile(res: ServerResponse, openFile: OpenFile, id: string): Promise<void> {
  const file = await openFile(id);
  if (!file) {
    throw new Refused(404, 'This file is no longer kept.');
  }
  const contentType = MEDIA_TYPE.test(file.contentType) ? file.contentType : 'application/octet-stream';
  const headers = { 'content-type': contentType, 'content-disposition': disposition(file.name) };
  sendBytes(res, 200, headers, file.bytes);
}

/** RFC 6266: a plain name for old clients, the exact one beside it. */
function disposition(name: string): string {
  const plain = name.replace(/[^\w.() -]/g, '_');
  const exact = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
