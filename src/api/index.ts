// The HTTP API, under /api/v1: what the chat can import, and what other programs want to know.
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { type Ctx, type Settings, scopeOf } from '../bot/index.ts';
import { type Db, inTransactionOnceMore } from '../db/index.ts';
import { type Holder, holderOf } from '../features/keys/holder.ts';
import type { Jobs } from '../jobs/index.ts';
import { catalogRoutes } from './catalog.ts';
import { moneyRoutes } from './money.ts';
import { describe } from './openapi.ts';
import { orderRoutes } from './orders.ts';
import { organizationRoutes } from './organizations.ts';
import { openPace } from './pace.ts';
import { errorsOf, Refused } from './problem.ts';
import type { Answer, Route } from './route.ts';

export const routes: readonly Route[] = [
  ...organizationRoutes,
  ...catalogRoutes,
  ...orderRoutes,
  ...moneyRoutes,
];

export const MOST_BYTES = 1024 * 1024;

export type ApiRequest = {
  readonly method: string;
  /** After /api/v1, as it came: `/organizations/C%201`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  /** Nothing where there is more of it than MOST_BYTES. */
  body(): Promise<Uint8Array | undefined>;
};
export type ApiResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

type House = {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly settings: Settings;
  readonly clock: () => Date;
  readonly logFault: (fault: unknown, reference: string, what: string) => void;
};

/** Answers one request; never rejects. */
export function openApi(house: House): (request: ApiRequest) => Promise<ApiResponse> {
  const description = JSON.stringify(describe(routes));
  const pace = openPace();
  return async (request) => {
    try {
      if (request.path === '/openapi.json' && request.method === 'GET') return json(200, description);
      const { status, body } = await answer(house, pace, request);
      return json(status, JSON.stringify(body));
    } catch (fault) {
      if (fault instanceof Refused) return refusal(fault);
      const reference = randomBytes(3).toString('hex').toUpperCase();
      house.logFault(fault, reference, `${request.method} of the API`);
      return refusal(
        new Refused(500, `That did not work, and it is not your fault. Its reference is ${reference}.`),
      );
    }
  };
}

const json = (status: number, body: string): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body,
});

const refusal = ({ problem, headers }: Refused): ApiResponse => ({
  status: problem.status,
  headers: { 'content-type': 'application/problem+json; charset=utf-8', ...headers },
  body: JSON.stringify(problem),
});

async function answer(
  house: House,
  pace: ReturnType<typeof openPace>,
  request: ApiRequest,
): Promise<Answer<unknown>> {
  const { db, jobs, settings, clock } = house;
  const holder = await holderOf(db, request.authorization, clock());
  if (holder === undefined) throw noKey(request.authorization !== undefined);
  const wait = pace(holder.id, clock());
  if (wait !== undefined) throw tooOften(wait);
  const { route, params } = findRoute(request);
  if (route.takes === 'keys of the provider' && holder.organization.kind !== 'provider')
    throw notForThisKey();
  const checked = {
    params: parsed(route.params, params, 400, 'path'),
    query: parsed(route.query, Object.fromEntries(request.query), 400, 'query'),
    body: route.body && parsed(route.body.schema, await bodyOf(request), 422, 'body'),
  };
  const ctx: Ctx = { db, jobs, settings, now: clock(), actor: { kind: 'job', name: `key ${holder.key}` } };
  return inTransactionOnceMore(ctx, (inside) => route.run({ ...inside, ...checked, ...eyesOf(holder) }));
}

/** A key sees what an admin of its organization sees. */
const eyesOf = ({ organization }: Holder) => ({
  holder: organization,
  viewer: { scope: scopeOf(organization), seesMarkup: organization.kind !== 'customer' },
});

/** https://www.rfc-editor.org/rfc/rfc6750#section-3 */
function noKey(given: boolean): Refused {
  const realm = 'Bearer realm="quartermaster"';
  return given
    ? new Refused(401, 'The key does not work: it was revoked, or it is none of ours.', {
        headers: { 'www-authenticate': `${realm}, error="invalid_token"` },
      })
    : new Refused(401, 'Send a key in the header: Authorization: Bearer …', {
        headers: { 'www-authenticate': realm },
      });
}

/** https://www.rfc-editor.org/rfc/rfc6585#section-4 */
const tooOften = (seconds: number) =>
  new Refused(
    429,
    `The key asks too often. Try again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`,
    {
      headers: { 'retry-after': String(seconds) },
    },
  );

const notForThisKey = () =>
  new Refused(403, 'That takes a key of the provider.', {
    headers: { 'www-authenticate': 'Bearer realm="quartermaster", error="insufficient_scope"' },
  });

function findRoute({ method, path }: ApiRequest): {
  readonly route: Route;
  readonly params: Record<string, string>;
} {
  const fitting = routes.flatMap((route) => {
    const params = paramsOf(route.path, path);
    return params === undefined ? [] : [{ route, params }];
  });
  if (fitting.length === 0)
    throw new Refused(404, 'There is nothing at this path. What there is stands in /api/v1/openapi.json.');
  const found = fitting.find(({ route }) => route.method === method);
  if (found !== undefined) return found;
  const allow = fitting.map(({ route }) => route.method).join(', ');
  throw new Refused(405, `This path takes ${allow}.`, { headers: { allow } });
}

/** `/orders/{number}` and `/orders/10023` -> `{ number: '10023' }` */
function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== text) return undefined;
    if (name !== undefined) params[name] = decoded(text);
  }
  return params;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refused(400, 'The path is not encoded as a URL is.');
  }
}

async function bodyOf({ contentType = '', body }: ApiRequest): Promise<unknown> {
  if (!/^application\/(?:[\w.+-]+\+)?json(?:\s*;|$)/i.test(contentType.trim()))
    throw new Refused(415, 'The body has to be JSON: Content-Type: application/json');
  const bytes = await body();
  if (bytes === undefined) throw new Refused(413, 'The body is larger than 1 MB.');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refused(400, 'The body is not JSON in UTF-8.');
  }
}

function parsed<T>(
  schema: z.ZodType<T>,
  value: unknown,
  status: 400 | 422,
  of: 'path' | 'query' | 'body',
): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const errors = errorsOf(read.error).map(({ field, reason }) => ({
    field: of === 'body' ? field : field.replace(/^\//, ''),
    reason,
  }));
  throw new Refused(status, `The ${of} of the request can’t be used.`, { errors });
}
