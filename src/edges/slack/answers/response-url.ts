import type { Message } from '../blocks/message.ts';
import { HttpRefused } from './http-refused.ts';

/** What a `response_url` answered other than yes, or that it did not answer at all. */
export class ResponseUrlFailed extends HttpRefused {
  override name = 'ResponseUrlFailed';
  /** Slack's own word, such as `used_url`, `expired_url` or `invalid_blocks`. */
  readonly word: string;

  constructor(response: Pick<Response, 'status' | 'headers'>, word: string, cause?: unknown) {
    super(`The response_url answered ${response.status}: ${word}`, response);
    this.word = word;
    if (cause !== undefined) this.cause = cause;
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

const noAnswer = { status: 0, headers: new Headers() };

async function post(url: string, content: object): Promise<void> {
  const { response, body } = await ask(url, content);
  const isRefused = !response.ok || /"ok"\s*:\s*false/.test(body);
  if (isRefused) throw new ResponseUrlFailed(response, wordIn(body));
}

async function ask(url: string, content: object): Promise<{ response: Response; body: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(content),
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
    return { response, body: await response.text() };
  } catch (err) {
    throw new ResponseUrlFailed(noAnswer, '', err);
  }
}

/** Slack answers with a word alone or in JSON. */
const wordIn = (body: string): string => /"error"\s*:\s*"(\w+)"/.exec(body)?.[1] ?? body.trim().slice(0, 200);
