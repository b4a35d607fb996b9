/** What must not be in an answer. */

import type { Reply } from '../../../src/chat/reply.ts';
import { splitWords } from '../../../src/chat/words.ts';
import type { Somebody } from '../../support/talk.ts';

const MARKUP = /markup|\b(?:12|8|15|37|41) %|10026|20005|Raised once more/i;
const FABRIKAM =
  /fabrikam|10025|10028|20002|20003|has no e-mail address|e-mail address invalid|Meetings for|frank@|fred@|Frida/i;
const TAILSPIN = /tailspin|20001|zoe@/i;
const PROVIDER = /priya@|arjun/i;
const RESELLER = /nora@/i;

/** Who sees what of others. Markup is for a personal chat only. */
const HIDDEN: Readonly<Record<Exclude<Somebody, 'stranger'>, readonly RegExp[]>> = {
  priya: [],
  arjun: [],
  nora: [FABRIKAM, PROVIDER],
  carla: [FABRIKAM, TAILSPIN, PROVIDER, RESELLER, MARKUP],
  chris: [FABRIKAM, TAILSPIN, PROVIDER, RESELLER, MARKUP],
};

/** What this person must never read in such a place. */
export const secretsOf = (
  who: Exclude<Somebody, 'stranger'>,
  kind: 'personal' | 'channel',
): readonly RegExp[] => (kind === 'channel' ? [...HIDDEN[who], MARKUP] : HIDDEN[who]);

/** A name of a customer, an order, a product, a user or a person: data that is not for everybody in a channel. */
export const CUSTOMER_DATA =
  /Contoso|Fabrikam|Tailspin|Northwind Partners|HAMARACLOUD\d|UniversalMessaging|Office 365 E3|Webex Suite|(?:bob|carol|zoe|frank|new)@|Nora Lindgren|Carla Diaz/;

/** The whole reply, without what the person typed, which may be said back to them. */
export function withoutEcho(reply: Reply, typed: readonly string[]): string {
  const words = typed
    .flatMap((text) => [text, ...splitWords(text)])
    .flatMap((word) => [word, ...word.split('/')]);
  const longest = [...new Set(words)].filter((word) => word.length > 3).sort((a, b) => b.length - a.length);
  return longest.reduce(
    (text, word) => text.replaceAll(JSON.stringify(word).slice(1, -1), '…'),
    JSON.stringify(reply),
  );
}

/** The reply without the marks of its forms, and with one name for an order. */
export const nameless = (reply: Reply, order: string): string =>
  JSON.stringify(reply)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')
    .replaceAll(order, '…');
