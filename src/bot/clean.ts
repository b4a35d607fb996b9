import type { Inbound } from '../chat/inbound.ts';

/** What no database keeps: NUL, and halves of a character that was cut in two. */
const clean = (text: string): string => text.toWellFormed().replaceAll('\0', '');

/** The request with nothing in its words that could not be stored. */
export function cleaned(inbound: Inbound): Inbound {
  if (inbound.kind === 'message') return { ...inbound, text: clean(inbound.text) };
  const values = Object.entries(inbound.values).map(([name, value]) => [
    clean(name),
    typeof value === 'string' ? clean(value) : value,
  ]);
  return { ...inbound, values: Object.fromEntries(values) };
}
