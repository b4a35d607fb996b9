import { decoded } from './decode.ts';
import { endLexing, lex, type MarkupLeft, newLexer, type XmlHandlers } from './lexer.ts';
import type { Package } from './package.ts';

/** Reads one part of a workbook. */
export function parsePart(xlsx: Package, part: string, handlers: XmlHandlers): Promise<void> {
  return parseXml(xlsx.read(part), handlers, xlsx.markup);
}

export async function parseXml(
  chunks: AsyncIterable<Uint8Array>,
  handlers: XmlHandlers,
  markup: MarkupLeft,
): Promise<void> {
  const lexer = newLexer(handlers, markup);
  for await (const piece of decoded(chunks)) lex(lexer, piece);
  endLexing(lexer);
}
