import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { hasDoctype, Refusal } from '../sentences.ts';

export type Attributes = Readonly<Record<string, string>>;

/** What happens in a document, in its order. Elements are named without their prefix. */
export type XmlHandlers = {
  open(element: string, attributes: Attributes): void;
  close?(element: string): void;
  text?(text: string): void;
};

/** Characters between two tags, which saxes gathers in memory: longer than any cell may be. */
const MAX_RUN = 1_000_000;
const MAX_DEPTH = 100;

export async function parseXml(chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  let run = 0;
  let depth = 0;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('doctype', () => {
    throw new Refusal(hasDoctype);
  });
  parser.on('opentag', ({ name, attributes }) => {
    run = 0;
    depth += 1;
    if (depth > MAX_DEPTH) throw new Error('elements nested too deep');
    handlers.open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    run = 0;
    depth -= 1;
    handlers.close?.(localName(name));
  });
  if (handlers.text !== undefined) {
    const { text } = handlers;
    parser.on('text', text);
    parser.on('cdata', text);
  }
  for await (const piece of decoded(chunks)) {
    run += piece.length;
    parser.write(piece);
    // A document type is told only at its end, which may never come.
    if (run > MAX_RUN) throw new Error('a run of text without end');
  }
  parser.close();
}

/** XML is UTF-8, or UTF-16 with a mark in front. */
async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder !== undefined) yield decoder.decode();
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const ESCAPED = /_x([0-9a-f]{4})_/gi;

/** Excel writes what XML can't hold as `_x000D_`, and an underscore that looks like that as `_x005F_`. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
