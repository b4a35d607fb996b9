import { PostFailed } from '../../../chat/edge.ts';
import { ForeignService } from '../identity/authentication.ts';
import { dig, digText } from '../requests/request.ts';

/** Answers that mean: the same again may work. 401 is the bot's own secret, which somebody will renew. */
const LATER = [401, 408, 412, 425, 429];
/** The place is no more, or the app was removed or blocked there (403 `MessageWritesBlocked`). */
const GONE = [403, 404];

/**
 * What a failed call means for the post.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
 */
export function postFailed(error: unknown): PostFailed {
  if (error instanceof PostFailed) return error;
  if (error instanceof ForeignService) return new PostFailed('refused', error.message, { cause: error });
  const status = dig(error, 'statusCode');
  if (typeof status !== 'number') return new PostFailed('later', explain(error), { cause: error });
  const retryAfterSeconds = retryAfter(error);
  return new PostFailed(reasonOf(status), `${status} ${explain(error)}`, {
    cause: error,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

function reasonOf(status: number): PostFailed['reason'] {
  if (GONE.includes(status)) return 'gone';
  return status >= 500 || LATER.includes(status) ? 'later' : 'refused';
}

/** The Connector says it in seconds; HTTP allows a date too (RFC 9110, section 10.2.3). */
function retryAfter(error: unknown): number | undefined {
  const headers = dig(error, 'response', 'headers');
  const get = dig(headers, 'get');
  const said = typeof get === 'function' ? get.call(headers, 'retry-after') : undefined;
  if (typeof said !== 'string' || said.trim() === '') return undefined;
  const seconds = Number.isFinite(Number(said)) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

/** What Teams answered, where it answered at all. */
export function statusOf({ cause }: PostFailed): number | undefined {
  const status = dig(cause, 'statusCode');
  return typeof status === 'number' ? status : undefined;
}

/** `MessageSizeTooBig`: the same in smaller parts may work. */
export const isTooLarge = (error: unknown): boolean => error instanceof PostFailed && statusOf(error) === 413;

/** Teams does not take it this way, now or later. */
export const isRefused = (error: unknown): boolean => error instanceof PostFailed && error.reason !== 'later';

/** The other way, where Teams does not take the first one; a fault that passes is the caller's. */
export const unlessRefused =
  <Result>(otherwise: () => Promise<Result>) =>
  (error: unknown): Promise<Result> => {
    if (!isRefused(error)) throw error;
    return otherwise();
  };

function explain(error: unknown): string {
  const words = [
    digText(error, 'code'),
    subCodeOf(error),
    error instanceof Error ? error.message : String(error),
  ];
  return words
    .filter((word) => word !== undefined)
    .join(' ')
    .trim()
    .slice(0, 500);
}

/** `MessageWritesBlocked` stands beside the code; the client under botbuilder leaves it in the body. */
function subCodeOf(error: unknown): string | undefined {
  const body = digText(error, 'response', 'bodyAsText');
  try {
    return digText(JSON.parse(body ?? ''), 'error', 'subCode');
  } catch {
    return undefined;
  }
}
