import type { IncomingMessage } from 'node:http';
import { type Activity, ActivityTypes } from 'botbuilder';
import { isCompose } from './compose.ts';

const MAX_BODY = 1024 * 1024;

/** A request that is not an activity; `status` is what Teams gets as the answer. */
export class BadRequest extends Error {
  override name = 'BadRequest';
  readonly status: 400 | 401 | 403 | 413;

  constructor(status: BadRequest['status'], message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Reads the body of a request, which nobody has read before. `incomplete` answers what is no activity: where
 * a token vouches for channel and service URL, a body without them is one that nobody vouches for.
 */
export async function readActivity(request: IncomingMessage, incomplete: 400 | 401): Promise<Activity> {
  const body = await readBody(request);
  const value = withConversation(parseJson(body));
  if (!isActivity(value)) throw new BadRequest(incomplete, 'not an activity');
  return value;
}

async function readBody(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length']) > MAX_BODY) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

const tooLarge = () => new BadRequest(413, 'larger than 1 MB');

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new BadRequest(400, 'not JSON');
  }
}

/** Everything the edge reads without asking again; the rest of an activity is looked at where it is used. */
function isActivity(value: unknown): value is Activity {
  return (
    isRecord(value) &&
    typeof value.type === 'string' &&
    typeof value.channelId === 'string' &&
    typeof value.serviceUrl === 'string' &&
    value.serviceUrl !== '' &&
    hasId(value.conversation) &&
    hasId(value.from) &&
    hasId(value.recipient) &&
    (value.type !== ActivityTypes.Message || value.text == null || typeof value.text === 'string')
  );
}

/** Where somebody uses the app in a chat in which the bot is not, Teams may leave out which chat that is. */
function withConversation(value: unknown): unknown {
  if (!isRecord(value) || !isCompose(value.name) || value.conversation != null) return value;
  return { ...value, conversation: { id: 'unnamed', conversationType: 'groupChat', isGroup: true } };
}

const hasId = (value: unknown): boolean => isRecord(value) && typeof value.id === 'string';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What lies under the keys, one below the other. */
export function dig(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

export function digText(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = dig(value, ...keys);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
