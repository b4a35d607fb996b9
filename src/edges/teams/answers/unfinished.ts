import { createHash } from 'node:crypto';
import { type FormStore, PostFailed } from '../../../chat/edge.ts';
import type { Log } from '../options.ts';
import { isRecord } from '../requests/request.ts';
import type { Course } from './parts.ts';

export type Unfinished = ReturnType<typeof openUnfinished>;

const A_DAY = 24 * 60 * 60;

/** Long posts of which only the beginning was taken, by their keys: when they are tried again they go on, and don't begin anew. */
export function openUnfinished(forms: FormStore | undefined, log: Log) {
  return {
    /** How far an earlier try came; rejects with `PostFailed` where that can't be known just now. */
    async find(key: string): Promise<Course | undefined> {
      const kept = await forms?.find(idOf(key)).catch((cause: unknown) => {
        throw new PostFailed('later', 'it is not known how much of a post stands already', { cause });
      });
      return isCourse(kept) ? kept : undefined;
    },

    /** Whether it could be kept. */
    async keep(key: string, { last, messages, pieces }: Course): Promise<boolean> {
      if (forms === undefined) return false;
      try {
        await forms.keep(idOf(key), { what: 'post', last, messages, pieces }, A_DAY);
        return true;
      } catch (err) {
        log.error({ err }, 'it could not be kept how much of a post stands');
        return false;
      }
    },

    async forget(key: string): Promise<void> {
      await forms
        ?.forget(idOf(key))
        .catch((err: unknown) => log.warn({ err }, 'it was not forgotten how much of a post stood'));
    },
  };
}

const idOf = (key: string): string =>
  createHash('sha256')
    .update(JSON.stringify(['teams post', key]))
    .digest('base64url');

/** Other things are kept there too; what is of this kind was written here. */
const isCourse = (kept: unknown): kept is Course => isRecord(kept) && kept.what === 'post';
