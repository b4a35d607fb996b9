// The HTTP API, under /api/v1: what the chat can import, and what other programs want to know.
import { randomBytes } from 'node:crypto';
import { type Ctx, type Settings, scopeOf } from '../bot/index.ts';
import { type Db, inTransactionOnceMore } from '../db/index.ts';
import { type Holder, holderOf } from '../features/keys/holder.ts';
import { holdsKey } from '../features/keys/rules.ts';
import type { Jobs } from '../jobs/index.ts';
import { catalogRoutes } from './catalog.ts';
import { moneyRoutes } from './money.ts';
import { describe } from './openapi.ts';
import { orderRoutes } from './orders.ts';
import { organizationRoutes } from './organizations.ts';
import { openPace } from './pace.ts';
import { Refused } from './problem.ts';
import { type ApiRequest, type ApiResponse, bodyOf, checked, queryOf } from './request.ts';
import type { Answer, Route } from './route.ts';

export const routes: readonly Route[] = [
  ...organizationRoutes,
  ...catalogRoutes,
  ...orderRoutes,
  ...moneyRoutes,
];

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
      if (request.path === '/openapi.json') {
        if (!isRead(request.method)) throw notThisMethod(['GET']);
        return json(200, description);
      }
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
  if (holder === undefined) throw noKey(holdsKey(request.authorization));
  const wait = pace(holder.id, clock());
  if (wait !== undefined) throw tooOften(wait);
  const { route, params } = findRoute(request);
  if (route.takes === 'keys of the provider' && holder.organization.kind !== 'provider')
    throw notForThisKey();
  const values = {
    params: checked(route.params, params, 400, 'path'),
    query: checked(route.query, queryOf(request), 400, 'query'),
    body: route.body && checked(route.body.schema, await bodyOf(request), 422, 'body'),
  };
  const ctx: Ctx = { db, jobs, settings, now: clock(), actor: { kind: 'job', name: `key ${holder.key}` } };
  return inTransactionOnceMore(ctx, (inside) => route.run({ ...inside, ...values, ...eyesOf(holder) }));
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
  const wanted = isRead(method) ? 'GET' : method;
  const found = fitting.find(({ route }) => route.method === wanted);
  if (found !== undefined) return found;
  throw notThisMethod(fitting.map(({ route }) => route.method));
}

/** HEAD is GET, and the server leaves the body away. */
const isRead = (method: string) => method === 'GET' || method === 'HEAD';

function notThisMethod(methods: readonly string[]): Refused {
  const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  return new Refused(405, `This path takes ${allow}.`, { headers: { allow } });
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
