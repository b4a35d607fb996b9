/** What must not be in an answer. */

import { money } from '../../../cards/format.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { splitWords } from '../../../src/chat/words.ts';
import type { Db } from '../../../src/db/index.ts';
import { features } from '../../../src/features.ts';
import type { Somebody } from '../../support/talk.ts';

const MARKUP =
  /markup|\b(?:12|8|15|37|41|52\.73|63\.89|7\.31) %|10026|20005|Raised once more|purchase price|€61\.37/i;
/** The markup of the reseller itself, which its purchase prices have in them. */
const OWN_MARKUP = /7\.31 %|\b731\b/;
const FABRIKAM =
  /fabrikam|zinnober|77073\d\d|52\.73 %|10025|10028|2000[23]|2003[1-4]|has no e-mail address|e-mail address invalid|Meetings for|frank@|fred@|Frida/i;
const TAILSPIN = /tailspin|karmesin|77084\d\d|63\.89 %|20001|2002[1-4]|zoe@/i;
const PROVIDER = /ockergelb|77051\d\d|priya@|arjun/i;
const RESELLER = /indigoblau|77062\d\d|7\.31 %|nora@/i;

/** What stands in the history about findings: for those who sell, in a personal chat. */
const FINDINGS = /kobaltgrau/i;

type Reader = Exclude<Somebody, 'stranger'>;
export type Where = 'personal' | 'channel' | 'channel of Contoso' | 'channel of Fabrikam';

/** Amounts that nobody but the provider, or nobody but those who sell, may read. */
export type Prices = { readonly list: RegExp; readonly purchase: RegExp };

/** Smaller ones are found in too much. */
const LEAST_MINOR = 250;

/** What the provider asks and what a reseller pays, where no customer pays the same. */
export async function readPrices(db: Db): Promise<Prices> {
  const all = await db.selectFrom('customer_prices').selectAll().execute();
  const paid = new Set(all.map(({ price_minor }) => price_minor));
  const purchases = all.map(({ purchase_minor }) => purchase_minor).filter((minor) => !paid.has(minor));
  // The provider's own customers are bought for at the list price.
  const reseller = await db
    .selectFrom('customer_prices as p')
    .innerJoin('organizations as o', 'o.id', 'p.organization_id')
    .select('p.purchase_minor')
    .where('o.name', '=', 'Contoso')
    .execute();
  const visible = new Set([...paid, ...reseller.map(({ purchase_minor }) => purchase_minor)]);
  const list = all.map(({ list_minor }) => list_minor).filter((minor) => !visible.has(minor));
  return { list: anyOf(list, /list price/), purchase: anyOf(purchases, /purchase price/) };
}

function anyOf(minors: readonly number[], words: RegExp): RegExp {
  const amounts = [...new Set(minors)]
    .filter((minor) => minor >= LEAST_MINOR)
    .map((minor) => money({ minor, currency: 'EUR' }).replace('.', '\\.'));
  return new RegExp(`${words.source}|(?:${amounts.join('|')})(?!\\d)`, 'i');
}

/** What this person must never read in such a place. Markup is for a personal chat only. */
export function secretsOf(who: Reader, kind: Where, { list, purchase }: Prices): readonly RegExp[] {
  const foreign = [FABRIKAM, TAILSPIN, PROVIDER, RESELLER];
  const hidden: Readonly<Record<Reader, readonly RegExp[]>> = {
    priya: [],
    arjun: [],
    nora: [FABRIKAM, PROVIDER, list, OWN_MARKUP],
    carla: [...foreign, MARKUP, FINDINGS, list, purchase],
    chris: [...foreign, MARKUP, FINDINGS, list, purchase],
  };
  return kind === 'personal' ? hidden[who] : [...hidden[who], MARKUP, FINDINGS, list, purchase];
}

/** A name of a customer, an order, a product, a user or a person: data that is not for everybody in a channel. */
const CUSTOMER_DATA =
  /Contoso|Fabrikam|Tailspin|Northwind Partners|HAMARACLOUD\d|UniversalMessaging|Office 365 E3|Webex Suite|(?:bob|carol|zoe|frank|new)@|Nora Lindgren|Carla Diaz|smaragd|zinnober|karmesin|indigoblau|ockergelb/;
const NOT_OF_CONTOSO = /Fabrikam|Tailspin|zinnober|karmesin|indigoblau|ockergelb|zoe@|frank@/;
const NOT_OF_FABRIKAM = /Contoso|Tailspin|smaragd|karmesin|indigoblau|ockergelb|zoe@|(?:bob|carol|alice)@/;

/** What must not be for everybody in such a place. */
export function closedIn(kind: Where): RegExp | undefined {
  switch (kind) {
    case 'personal':
      return undefined;
    case 'channel':
      return CUSTOMER_DATA;
    case 'channel of Contoso':
      return NOT_OF_CONTOSO;
    case 'channel of Fabrikam':
      return NOT_OF_FABRIKAM;
  }
}

/** What the documentation says of the commands, with the numbers of the demo data. */
const DOCUMENTED = features
  .flatMap(({ commands }) => commands)
  .flatMap(({ usage, summary, examples }) => [
    usage,
    summary,
    ...examples.filter((one) => one.includes(' ')),
  ]);

/** The whole reply, without the marks of its forms, and what the person typed, which may be said back to them. */
export function withoutEcho(reply: Reply, typed: readonly string[]): string {
  const words = typed
    .flatMap((text) => [text, ...splitWords(text)])
    .flatMap((word) => [word, ...word.split(/[/=]/)]);
  const said = [...DOCUMENTED, ...words.filter((word) => word.length > 3)];
  const longest = [...new Set(said)].sort((a, b) => b.length - a.length);
  return longest.reduce(
    (text, word) => text.replaceAll(JSON.stringify(word).slice(1, -1), '…'),
    JSON.stringify(reply).replaceAll(MARKS, ''),
  );
}

/** The mark of a form and the seal of a shared answer are made up of digits in which any number may be found. */
const MARKS = /[0-9a-f]{8}-[0-9a-f-]{27}|"seal":"[^"]*"|"basis":"[^"]*"/g;

/** The reply without the marks of its forms, and with one name for an order. */
export const nameless = (reply: Reply, order: string): string =>
  JSON.stringify(reply).replaceAll(MARKS, '').replaceAll(order, '…');
