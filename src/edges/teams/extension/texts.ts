import { isRecord } from '../requests/request.ts';
import { decode } from '../requests/words.ts';

const LONGEST_READ = 40_000;
const DEEPEST_READ = 16;
/** A card that stands at a message, by the type of its attachment. */
const CARD = /^application\/vnd\.microsoft\.(?:teams\.)?card\./;
const READ = new Set(['text', 'title', 'subtitle', 'summary', 'value', 'altText', 'fallbackText']);

/**
 * Everything that can be read in a message. What a bot posts may stand in its cards alone, which come as JSON in a string.
 * Source: https://learn.microsoft.com/graph/api/resources/chatmessage
 */
export function textsIn(message: unknown): string {
  const found: string[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (depth > DEEPEST_READ) return;
    if (Array.isArray(value)) {
      for (const inner of value) walk(inner, depth + 1);
    } else if (isRecord(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (typeof inner !== 'string') walk(inner, depth + 1);
        else if (READ.has(key)) found.push(plain(inner));
        else if (key === 'content') readContent(inner, value.contentType, depth);
      }
    }
  };
  const readContent = (text: string, type: unknown, depth: number): void => {
    const card = typeof type === 'string' && CARD.test(type) ? parsed(text) : undefined;
    if (card === undefined) found.push(plain(text));
    else walk(card, depth + 1);
  };
  walk(message, 0);
  return [...new Set(found)].join('\n').slice(0, LONGEST_READ);
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Marks divide words; a number may be bold in its middle, but nobody writes so. */
const plain = (html: string): string => decode(html.slice(0, LONGEST_READ).replace(/<[^<>]*>/g, ' '));
