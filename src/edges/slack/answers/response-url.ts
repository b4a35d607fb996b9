import type { Message } from '../blocks/message.ts';

/** What a `response_url` answered other than yes. */
export class ResponseUrlFailed extends Error {
  override name = 'ResponseUrlFailed';
  readonly status: number;
  /** Slack's own word, such as `used_url`, `expired_url` or `invalid_blocks`. */
  readonly word: string;
  /** How long Slack asks to wait. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, word: string, retryAfter?: string | null) {
    super(`The response_url answered ${status}: ${word}`);
    this.status = status;
    this.word = word;
    const seconds = retryAfter ? Number(retryAfter) : Number.NaN;
    this.retryAfterSeconds = status === 429 && Number.isFinite(seconds) ? seconds : undefined;
  }
}

export type Manner = {
  readonly response_type: 'ephemeral' | 'in_channel';
  readonly replace_original: boolean;
  readonly thread_ts?: string;
};

/** Source: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export const sendToUrl = (url: string, message: Message, manner: Manner): Promise<void> =>
  post(url, { ...message, ...manner });

/** Takes the message away whose button was pressed; same source. */
export const deleteOriginal = (url: string): Promise<void> => post(url, { delete_original: true });

async function post(url: string, content: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(content),
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  });
  const body = await response.text();
  const isRefused = !response.ok || /"ok"\s*:\s*false/.test(body);
  if (isRefused) {
    throw new ResponseUrlFailed(response.status, wordIn(body), response.headers.get('retry-after'));
  }
}

/** Slack answers with a word alone or in JSON. */
const wordIn = (body: string): string => /"error"\s*:\s*"(\w+)"/.exec(body)?.[1] ?? body.trim().slice(0, 200);
