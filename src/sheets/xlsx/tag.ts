import { withoutEntities } from './entities.ts';

/** An opening tag: the same object for each, so its attributes are to be read at once. */
export type Tag = {
  xml: string;
  name: string;
  /** Whether it closes itself. */
  empty: boolean;
  /** Whether an entity stands in a value. */
  escaped: boolean;
  /** Of each attribute: where its name begins and ends, where its value begins and ends. */
  readonly places: number[];
  /** How many of the places are of this tag. */
  count: number;
};

/** How many places an attribute takes. */
export const PLACES = 4;

/** The token goes on in the next piece. */
export const INCOMPLETE = -1;

const QUOTE = 0x22;
const AMPERSAND = 0x26;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const LESS = 0x3c;
const EQUALS = 0x3d;
const GREATER = 0x3e;

export function newTag(): Tag {
  return { xml: '', name: '', empty: false, escaped: false, places: [], count: 0 };
}

/** Reads the tag that begins at `from`; returns the place behind it. Values are cut out when they are asked for. */
export function readTag(tag: Tag, xml: string, from: number): number {
  tag.xml = xml;
  tag.count = 0;
  tag.empty = false;
  tag.escaped = false;
  let at = endOfName(xml, from + 1);
  tag.name = xml.slice(from + 1, at);
  for (;;) {
    const next = skipSpace(xml, at);
    if (next >= xml.length) return INCOMPLETE;
    const code = xml.charCodeAt(next);
    if (code === GREATER) return next + 1;
    if (code === SLASH) return endOfEmpty(tag, next + 1);
    if (next === at) throw new Error('attributes without a space between them');
    at = readAttribute(tag, next);
    if (at === INCOMPLETE) return INCOMPLETE;
  }
}

function endOfEmpty(tag: Tag, at: number): number {
  if (at >= tag.xml.length) return INCOMPLETE;
  if (tag.xml.charCodeAt(at) !== GREATER) throw new Error('a slash within a tag');
  tag.empty = true;
  return at + 1;
}

/** Reads `name = "value"`; returns the place behind it. */
function readAttribute(tag: Tag, from: number): number {
  const { xml, places } = tag;
  const nameEnd = endOfName(xml, from);
  const sign = skipSpace(xml, nameEnd);
  const start = skipSpace(xml, sign + 1);
  if (start >= xml.length) return INCOMPLETE;
  const quote = xml.charCodeAt(start);
  const quoted = quote === QUOTE || quote === APOSTROPHE;
  if (nameEnd === from || xml.charCodeAt(sign) !== EQUALS || !quoted) throw new Error('no attribute');
  for (let at = start + 1; at < xml.length; at += 1) {
    const code = xml.charCodeAt(at);
    if (code > LESS) continue;
    if (code === quote) {
      places[tag.count] = from;
      places[tag.count + 1] = nameEnd;
      places[tag.count + 2] = start + 1;
      places[tag.count + 3] = at;
      tag.count += PLACES;
      return at + 1;
    }
    if (code === AMPERSAND) tag.escaped = true;
    if (code === LESS) throw new Error('an attribute without an end');
  }
  return INCOMPLETE;
}

/** The value of the attribute with this name. */
export function attributeOf(tag: Tag, name: string): string | undefined {
  const { xml, places, count } = tag;
  for (let place = 0; place < count; place += PLACES) {
    const start = places[place] ?? 0;
    if ((places[place + 1] ?? 0) - start === name.length && isAt(xml, name, start))
      return valueAt(tag, place);
  }
  return undefined;
}

/** The value of the first attribute whose name ends so: `:id`, whatever the prefix. */
export function attributeEnding(tag: Tag, end: string): string | undefined {
  const { xml, places, count } = tag;
  for (let place = 0; place < count; place += PLACES) {
    if (xml.slice(places[place], places[place + 1]).endsWith(end)) return valueAt(tag, place);
  }
  return undefined;
}

function valueAt({ xml, places, escaped }: Tag, place: number): string {
  const raw = xml.slice(places[place + 2], places[place + 3]);
  return escaped ? withoutEntities(raw) : raw;
}

function endOfName(xml: string, from: number): number {
  let at = from;
  for (; at < xml.length; at += 1) {
    const code = xml.charCodeAt(at);
    if (code > GREATER) continue;
    if (isSpace(code) || code === GREATER || code === SLASH || code === EQUALS) break;
    if (code === LESS || code === QUOTE || code === APOSTROPHE) throw new Error('no name');
  }
  return at;
}

/** Carriage returns have become line feeds by now. */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09;
}

export function skipSpace(xml: string, from: number): number {
  let at = from;
  while (at < xml.length && isSpace(xml.charCodeAt(at))) at += 1;
  return at;
}

/** `startsWith` for the few letters of a name, in a fraction of its time. */
export function isAt(xml: string, name: string, from: number): boolean {
  for (let at = 0; at < name.length; at += 1) {
    if (xml.charCodeAt(from + at) !== name.charCodeAt(at)) return false;
  }
  return true;
}

export function isTrue(flag: string | undefined): boolean {
  return flag === '1' || flag === 'true';
}
