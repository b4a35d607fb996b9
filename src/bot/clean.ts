import type { Inbound } from '../chat/inbound.ts';

/** What no database keeps: NUL, and halves of a character that was cut in two. */
export const cleanText = (text: string): string => text.toWellFormed().replaceAll('\0', '');

/** The request with nothing in its words that could not be stored. */
export function cleaned(inbound: Inbound): Inbound {
  if (inbound.kind === 'message') return { ...inbound, text: cleanText(inbound.text) };
  const values = Object.entries(inbound.values).map(([name, value]) => [
    cleanText(name),
    typeof value === 'string' ? cleanText(value) : value,
  ]);
  return { ...inbound, values: Object.fromEntries(values) };
}
