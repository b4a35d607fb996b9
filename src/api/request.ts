/** What comes in over HTTP, and what goes out; and its values, checked. */
import type { z } from 'zod';
import { oddIn, TWICE } from './json.ts';
import { errorsOf, type FieldError, MOST_ERRORS, Refused } from './problem.ts';
import { reasonOf } from './reasons.ts';

export const MOST_BYTES = 1024 * 1024;

export type ApiRequest = {
  readonly method: string;
  /** After /api/v1, as it came: `/organizations/C%201`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  /** Nothing where there is more of it than MOST_BYTES. */
  body(): Promise<Uint8Array | undefined>;
};
export type ApiResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** The part of the address after the question mark, each name once. */
export function queryOf({ query }: ApiRequest): Record<string, string> {
  const names = [...query.keys()];
  const twice = new Set(names.filter((name, at) => names.indexOf(name) < at));
  if (twice.size > 0)
    throw unusable(
      400,
      'query',
      [...twice].map((field) => ({ field, reason: TWICE })),
    );
  return Object.fromEntries(query);
}

export async function bodyOf({ contentType = '', contentEncoding, body }: ApiRequest): Promise<unknown> {
  if (!/^application\/(?:[\w.+-]+\+)?json(?:\s*;|$)/i.test(contentType.trim()))
    throw new Refused(415, 'The body has to be JSON: Content-Type: application/json');
  if (contentEncoding !== undefined && !/^\s*identity\s*$/i.test(contentEncoding))
    throw new Refused(415, 'The body has to be sent as it is, without a Content-Encoding.', {
      headers: { 'accept-encoding': 'identity' },
    });
  const bytes = await body();
  if (bytes === undefined) throw new Refused(413, 'The body is larger than 1 MB.');
  const { text, value } = jsonIn(bytes);
  const odd = oddIn(text, MOST_ERRORS + 1);
  if (odd.length > 0) throw unusable(400, 'body', odd);
  return value;
}

function jsonIn(bytes: Uint8Array): { readonly text: string; readonly value: unknown } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text, value: JSON.parse(text) };
  } catch {
    throw new Refused(400, 'The body is not JSON in UTF-8.');
  }
}

export function checked<T>(
  schema: z.ZodType<T>,
  value: unknown,
  status: 400 | 422,
  of: 'path' | 'query' | 'body',
): T {
  const read = schema.safeParse(value, { error: reasonOf });
  if (read.success) return read.data;
  throw unusable(status, of, errorsOf(read.error));
}

function unusable(status: 400 | 422, of: 'path' | 'query' | 'body', errors: readonly FieldError[]): Refused {
  const named =
    of === 'body' ? errors : errors.map((one) => ({ ...one, field: one.field.replace(/^\//, '') }));
  return new Refused(status, `The ${of} of the request can’t be used.`, { errors: named });
}
