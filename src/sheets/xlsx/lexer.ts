import { hasDoctype, Refusal, tooMuchMarkup } from '../sentences.ts';
import { withoutEntities } from './entities.ts';
import { INCOMPLETE, isAt, newTag, PLACES, readTag, skipSpace, type Tag } from './tag.ts';

/** What happens in a document, in its order. Elements are named without their prefix. */
export type XmlHandlers = {
  open(element: string, tag: Tag): void;
  close?(element: string): void;
  /** A text may come in several pieces. */
  text?(piece: string): void;
};

/** Elements and attributes that may still come. */
export type MarkupLeft = { left: number };

/** Where reading stands between two pieces. Plain functions around it: V8 optimizes closures anew for each document. */
export type Lexer = {
  readonly handlers: XmlHandlers;
  readonly markup: MarkupLeft;
  readonly tag: Tag;
  /** The names of the elements that are open, with and without their prefix. */
  readonly open: string[];
  readonly locals: string[];
  /** The beginning of a token whose end is still to come. */
  rest: string;
  /** Whether the outermost element was closed. */
  ended: boolean;
};

const BANG = 0x21;
const SLASH = 0x2f;
const LESS = 0x3c;
const GREATER = 0x3e;
const QUESTION = 0x3f;

/** Characters of one tag, comment or instruction; texts have no limit here, since they are handed on in pieces. */
const LONGEST_TOKEN = 1_000_000;
/** An entity may be cut in two where a piece ends. */
const LONGEST_ENTITY = 14;
const MAX_DEPTH = 100;

/**
 * Takes a document apart as it comes, a piece at a time, and throws where it is not well-formed. It knows the XML that
 * spreadsheets are made of: a document type is refused, so no entities but those of XML exist.
 */
export function newLexer(handlers: XmlHandlers, markup: MarkupLeft): Lexer {
  return { handlers, markup, tag: newTag(), open: [], locals: [], rest: '', ended: false };
}

export function lex(lexer: Lexer, piece: string): void {
  const xml = lexer.rest + piece;
  let at = 0;
  while (at < xml.length) {
    const next = xml.charCodeAt(at) === LESS ? markup(lexer, xml, at) : text(lexer, xml, at);
    if (next === INCOMPLETE) break;
    at = next;
  }
  lexer.rest = xml.slice(at);
  if (lexer.rest.length > LONGEST_TOKEN) throw new Error('a tag without end');
}

/** Nothing follows. */
export function endLexing({ rest, ended }: Lexer): void {
  if (rest !== '' || !ended) throw new Error('the document breaks off');
}

function markup(lexer: Lexer, xml: string, at: number): number {
  if (at + 1 >= xml.length) return INCOMPLETE;
  switch (xml.charCodeAt(at + 1)) {
    case SLASH:
      return closingTag(lexer, xml, at);
    case QUESTION:
      return behind(xml, '?>', at + 2);
    case BANG:
      return declaration(lexer, xml, at);
    default:
      return openingTag(lexer, xml, at);
  }
}

function openingTag(lexer: Lexer, xml: string, at: number): number {
  const { tag, open, locals, handlers, markup } = lexer;
  const next = readTag(tag, xml, at);
  if (next === INCOMPLETE) return INCOMPLETE;
  markup.left -= 1 + tag.count / PLACES;
  if (markup.left < 0) throw new Refusal(tooMuchMarkup);
  if (lexer.ended || tag.name === '') throw new Error('an element where none may be');
  const { name, empty } = tag;
  const element = localName(name);
  handlers.open(element, tag);
  if (empty) {
    handlers.close?.(element);
    lexer.ended = open.length === 0;
  } else {
    open.push(name);
    locals.push(element);
    if (open.length > MAX_DEPTH) throw new Error('elements nested too deep');
  }
  return next;
}

function closingTag(lexer: Lexer, xml: string, at: number): number {
  const { open, locals, handlers } = lexer;
  const name = open[open.length - 1];
  if (name === undefined) throw new Error('an end without a beginning');
  const nameEnd = at + 2 + name.length;
  if (nameEnd >= xml.length) return xml.includes('>', at) ? notClosed(name) : INCOMPLETE;
  if (!isAt(xml, name, at + 2)) return notClosed(name);
  const end = skipSpace(xml, nameEnd);
  if (end >= xml.length) return INCOMPLETE;
  if (xml.charCodeAt(end) !== GREATER) return notClosed(name);
  open.pop();
  handlers.close?.(locals.pop() ?? '');
  lexer.ended = open.length === 0;
  return end + 1;
}

function notClosed(name: string): never {
  throw new Error(`${name} is not closed`);
}

const CDATA = '<![CDATA[';

function declaration(lexer: Lexer, xml: string, at: number): number {
  if (xml.startsWith('<!--', at)) return behind(xml, '-->', at + 4);
  if (xml.startsWith(CDATA, at)) {
    const next = behind(xml, ']]>', at + CDATA.length);
    if (next !== INCOMPLETE) handOn(lexer, xml.slice(at + CDATA.length, next - 3));
    return next;
  }
  if (xml.startsWith('<!DOCTYPE', at)) throw new Refusal(hasDoctype);
  const start = xml.slice(at, at + CDATA.length);
  const begun = ['<!--', CDATA, '<!DOCTYPE'].some((known) => known.startsWith(start));
  if (!begun) throw new Error('an unknown declaration');
  return INCOMPLETE;
}

/** The place behind the next `end`. */
function behind(xml: string, end: string, from: number): number {
  const at = xml.indexOf(end, from);
  return at < 0 ? INCOMPLETE : at + end.length;
}

function text(lexer: Lexer, xml: string, at: number): number {
  let end = xml.indexOf('<', at);
  if (end < 0) {
    const entity = xml.indexOf('&', Math.max(at, xml.length - LONGEST_ENTITY));
    end = entity < 0 ? xml.length : entity;
    if (end === at) return INCOMPLETE;
  }
  handOn(lexer, withoutEntities(xml.slice(at, end)));
  return end;
}

function handOn({ open, handlers }: Lexer, piece: string): void {
  if (open.length > 0) handlers.text?.(piece);
  else if (piece.trim() !== '') throw new Error('text outside of the document');
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
