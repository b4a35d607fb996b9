import { pino } from 'pino';

export type Log = ReturnType<typeof openLog>;

/**
 * Structured logs, a line each. What people write and what proves who they are never gets into them, also where an
 * error of a library carries the request along.
 */
export function openLog(level: string) {
  return pino({
    level,
    base: null,
    serializers: { err: readable },
    redact: {
      paths: [
        '*.token',
        '*.password',
        '*.authorization',
        '*.headers',
        'token',
        'password',
        'authorization',
        'headers',
      ],
      censor: '(left out)',
    },
  });
}

type Readable = {
  name: string;
  message: string;
  code?: unknown;
  stack?: string | undefined;
  cause?: Readable;
};

function readable(error: unknown): Readable | string {
  if (!(error instanceof Error)) return String(error);
  return {
    name: error.name,
    message: withoutSecrets(error.message),
    ...('code' in error && { code: error.code }),
    stack: error.stack && withoutSecrets(error.stack),
    ...(error.cause instanceof Error && { cause: readable(error.cause) as Readable }),
  };
}

/** Slack's tokens, bearer tokens, and passwords in addresses. */
export const withoutSecrets = (text: string): string =>
  text
    .replace(/xox[a-z]-[\w-]+|xapp-[\w-]+/g, '(token)')
    .replace(/Bearer [\w.~+/-]+=*/gi, 'Bearer (token)')
    .replace(/(\w+:\/\/[^:@/\s]+):[^@/\s]+@/g, '$1:(password)@');
