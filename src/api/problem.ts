/** What is wrong with a request, as RFC 9457 has it: https://www.rfc-editor.org/rfc/rfc9457 */
import { z } from 'zod';

/** So many values that are wrong are named. */
export const MOST_ERRORS = 100;

export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  /** Each value that is wrong: where it stands, as a JSON pointer or the name of a parameter, and why. */
  errors: z
    .array(z.object({ field: z.string(), reason: z.string() }))
    .max(MOST_ERRORS)
    .optional(),
});
export type Problem = z.infer<typeof problemSchema>;
export type FieldError = NonNullable<Problem['errors']>[number];

const TITLES = {
  400: 'Bad request',
  401: 'No key',
  403: 'Not for this key',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Not plain JSON',
  422: 'Values that can’t be used',
  429: 'Too many requests',
  500: 'A fault of ours',
} as const;
export type Status = keyof typeof TITLES;

/** Ends a request and, where it had one, its transaction. */
export class Refused extends Error {
  override name = 'Refused';
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: Status,
    detail: string,
    more: {
      readonly errors?: readonly FieldError[];
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail);
    const { errors = [] } = more;
    this.problem = {
      type: 'about:blank',
      title: TITLES[status],
      status,
      detail: errors.length > MOST_ERRORS ? `${detail} The first ${MOST_ERRORS} of its errors:` : detail,
      ...(errors.length > 0 && { errors: errors.slice(0, MOST_ERRORS) }),
    };
    this.headers = more.headers ?? {};
  }
}

/** `/lines/0/quantity` */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Each with a reason of a kind once: of two bounds that a number breaks, the narrower one comes last. */
export function errorsOf({ issues }: z.ZodError): FieldError[] {
  const errors = new Map<string, FieldError>();
  for (const issue of issues) {
    // A name that is unknown is itself what is wrong, and not the object that it is in.
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const field of paths.map(pointer))
      errors.set(`${issue.code} ${field}`, { field, reason: issue.message });
  }
  return [...errors.values()];
}
