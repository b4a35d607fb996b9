/** What is wrong with a value, in words of our own: those of the library are not for who asks. */
import type { z } from 'zod';

const LONGEST_QUOTED = 40;

/** In front of what is wrong with a value stands what would be right. */
const needed = (what: string, input: unknown, said = given(input)): string =>
  input === undefined ? `It is missing: ${lower(what)} is needed.` : `${what} is needed${said}.`;

const lower = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

/** For a schema of which the library knows less than we do: `needs('A date, such as 2026-09-14,')`. */
export const needs =
  (what: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    needed(what, input);

/** `; this is “x”`; nothing for what was no number and can’t be told any more. */
function given(input: unknown): string {
  if (typeof input === 'string') return `; this is ${quoted(input)}`;
  if (typeof input !== 'number') return `; this is ${typeOf(input)}`;
  if (Number.isNaN(input)) return '';
  return Number.isFinite(input) ? `; this is ${input}` : '; this is too large';
}

function quoted(text: string): string {
  if (text === '') return 'empty';
  const letters = [...text];
  return `“${letters.slice(0, LONGEST_QUOTED).join('')}${letters.length > LONGEST_QUOTED ? '…' : ''}”`;
}

function typeOf(input: unknown): string {
  if (input === null || typeof input === 'boolean') return String(input);
  if (Array.isArray(input)) return 'an array';
  return typeof input === 'object' ? 'an object' : `a ${typeof input}`;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'A string',
  number: 'A number',
  int: 'A whole number',
  boolean: 'True or false',
  array: 'An array',
  object: 'An object',
  null: 'Null',
};

const FORMATS: Readonly<Record<string, string>> = {
  date: 'A date such as 2026-09-14',
  datetime: 'A time in UTC such as 2026-09-14T09:30:00Z',
};

type Bounded = { readonly origin: string; readonly inclusive?: boolean | undefined; readonly input: unknown };

function tooSmall({ origin, inclusive, input }: Bounded, least: number): string {
  if (!isCounted(origin))
    return `${inclusive === false ? 'It has to be more than' : 'The least here is'} ${figure(least)}${given(input)}.`;
  const there = sizeOf(input);
  const needs = `At least ${entries(origin, least)} ${least === 1 ? 'is' : 'are'} needed`;
  return `${needs}; there ${there === 1 ? 'is 1' : there === 0 ? 'is none' : `are ${figure(there)}`}.`;
}

function tooBig({ origin, inclusive, input }: Bounded, most: number): string {
  if (!isCounted(origin))
    return `${inclusive === false ? 'It has to be less than' : 'The most here is'} ${figure(most)}${given(input)}.`;
  return `Up to ${entries(origin, most)} ${most === 1 ? 'fits' : 'fit'} here; these are ${figure(sizeOf(input))}.`;
}

const isCounted = (origin: string) => origin === 'string' || origin === 'array';
const sizeOf = (input: unknown): number => (input as string | readonly unknown[]).length;

function entries(origin: string, size: number): string {
  const [one, many] = origin === 'string' ? ['character', 'characters'] : ['entry', 'entries'];
  return `${figure(size)} ${size === 1 ? one : many}`;
}

const figure = (value: number): string => value.toLocaleString('en-US');

const isWhole = (inst: unknown): boolean => {
  const def = (inst as z.core.$ZodType | undefined)?._zod.def as { format?: string } | undefined;
  return def?.format === 'safeint';
};

const namesOf = (inst: unknown): string[] =>
  Object.keys((inst as z.core.$ZodObject | undefined)?._zod.def.shape ?? {});

function unknownName(inst: unknown): string {
  const names = namesOf(inst);
  return names.length === 0
    ? 'The name is unknown: nothing is taken here.'
    : `The name is unknown. Known here: ${names.join(', ')}.`;
}

/** Of every issue there can be: given to the library with each value that it checks. */
export const reasonOf = (issue: z.core.$ZodRawIssue): string => {
  const { input, inst } = issue;
  switch (issue.code) {
    case 'invalid_type': {
      const what = TYPES[isWhole(inst) ? 'int' : issue.expected] ?? 'Another type of value';
      return needed(what, input, typeof input === 'string' ? '; this is a string' : given(input));
    }
    case 'invalid_value':
      return needed(`One of ${issue.values.map(String).join(', ')}`, input);
    case 'invalid_format':
      return needed(FORMATS[issue.format] ?? 'A string of another form', input);
    case 'too_small':
      return tooSmall(issue, Number(issue.minimum));
    case 'too_big':
      return tooBig(issue, Number(issue.maximum));
    case 'not_multiple_of':
      return needed(`A multiple of ${issue.divisor}`, input);
    case 'unrecognized_keys':
      return unknownName(inst);
    case 'invalid_union': {
      const reasons = issue.errors.map(([first]) => first?.message ?? '').filter((reason) => reason !== '');
      return reasons.length > 0 ? [...new Set(reasons)].join(' Or: ') : OTHER;
    }
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return OTHER;
  }
};

const OTHER = 'This value can’t be used here.';
