import type { Role } from '../../bot/index.ts';

/** Who may make keys: each for the organization they are of. */
export const KEEPERS: readonly Role[] = ['provider admin', 'reseller admin'];

const LONGEST_NAME = 50;

/** The name of a key as it is kept, or what is wrong with it. */
export function parseName(typed: string): { readonly name: string } | { readonly error: string } {
  const name = typed.trim().replace(/\s+/g, ' ');
  if (name === '') return { error: 'Write a name, such as that of the program that will use the key.' };
  const letters = [...name].length;
  return letters > LONGEST_NAME
    ? { error: `Up to ${LONGEST_NAME} letters fit here; these are ${letters}.` }
    : { name };
}

const KEY = /^qm_[\w-]{43}$/;

/** Whether an `Authorization` header holds a key at all, ours or not. */
export const holdsKey = (header: string | undefined): boolean => /^bearer +\S+ *$/i.test(header ?? '');

/** The key in an `Authorization` header; `undefined` where there is none that could be one of ours. */
export function bearerIn(header: string | undefined): string | undefined {
  const [, token = ''] = /^bearer +(\S+) *$/i.exec(header ?? '') ?? [];
  return KEY.test(token) ? token : undefined;
}

/** What a key is recognized by in a list. */
export const hintOf = (key: string): string => `${key.slice(0, 7)}…${key.slice(-4)}`;
