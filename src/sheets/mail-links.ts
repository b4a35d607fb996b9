import { plainText } from './cells.ts';
import type { Row } from './row-chunk.ts';
import type { MailLink } from './source.ts';

/** The address that a link leads to, where it leads to one. */
export function addressOf(target: string): string | undefined {
  const [, encoded = ''] = /^mailto:([^?]*)/i.exec(target.trim()) ?? [];
  const address = plainText(decoded(encoded));
  return address.includes('@') ? address : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The rows, where a cell that shows a name and leads to an address holds the address. What shows one keeps it. */
export function withAddresses(rows: readonly Row[], links: readonly MailLink[]): readonly Row[] {
  if (links.length === 0) return rows;
  const linksOf = Map.groupBy(links, ({ row }) => row);
  return rows.map((row) => {
    const its = linksOf.get(row.number);
    if (its === undefined) return row;
    const addresses = new Map(its.map(({ column, address }) => [column, address]));
    const cells = row.cells.map((text, at) => (isName(text) ? (addresses.get(at + 1) ?? text) : text));
    return { number: row.number, cells };
  });
}

function isName(text: string): boolean {
  return text !== '' && !text.includes('@');
}
