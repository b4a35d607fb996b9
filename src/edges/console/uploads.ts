/** Files that were uploaded and wait for the message they belong to. They are kept in memory only. */
import { randomUUID } from 'node:crypto';
import { type Attachment, Unreadable } from '../../chat/inbound.ts';
import { Refused } from './http.ts';

const MEGABYTE = 1024 * 1024;
export const FILE_LIMIT = 30 * MEGABYTE;
const WAITING_LIMIT = 300 * MEGABYTE;
const KEEP_MS = 15 * 60_000;

export type Uploads = {
  keep(name: string, bytes: Uint8Array): { readonly id: string };
  /** The attachments of a message; a file can be taken once. */
  take(ids: readonly string[]): readonly Attachment[];
};

type Waiting = { readonly name: string; readonly bytes: Uint8Array; readonly since: number };

export function tooLarge(name: string, size?: number): string {
  const is = size === undefined ? 'is larger' : `has ${Math.ceil(size / MEGABYTE)} MB`;
  return `${name} ${is}; a file may have at most ${FILE_LIMIT / MEGABYTE} MB.`;
}

export function openUploads(now: () => number = Date.now): Uploads {
  const waiting = new Map<string, Waiting>();

  function dropOld(): void {
    for (const [id, file] of waiting) {
      if (now() - file.since > KEEP_MS) {
        waiting.delete(id);
      }
    }
  }

  return {
    keep(name, bytes) {
      dropOld();
      const total = [...waiting.values()].reduce((sum, file) => sum + file.bytes.length, bytes.length);
      if (total > WAITING_LIMIT) {
        throw new Refused(413, 'Too many files wait to be sent. Send or remove some of them first.');
      }
      const id = randomUUID();
      waiting.set(id, { name, bytes, since: now() });
      return { id };
    },
    take(ids) {
      const files = ids.map((id) => waiting.get(id) ?? gone());
      for (const id of ids) {
        waiting.delete(id);
      }
      return files.map(attachment);
    },
  };
}

function gone(): never {
  throw new Refused(410, 'An attached file is no longer here. Attach it again.');
}

function attachment({ name, bytes }: Waiting): Attachment {
  return {
    name,
    async read(limit) {
      if (bytes.length > limit) {
        throw new Unreadable(
          `${name} has ${megabytes(bytes.length)}; at most ${megabytes(limit)} can be read.`,
        );
      }
      return bytes;
    },
  };
}

/** Rounded up: what is too large must not look as if it were not. */
const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 102.4) / 10} MB`;
