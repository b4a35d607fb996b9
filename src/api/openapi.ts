/** The description of the API, as OpenAPI 3.1 has it: https://spec.openapis.org/oas/v3.1.0 */
import { z } from 'zod';
import { BURST, PER_SECOND } from './pace.ts';
import { problemSchema, type Status } from './problem.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

const WHEN: Readonly<Record<Status, string>> = {
  400: 'A parameter or the body can’t be read',
  401: 'There is no key that works',
  403: 'The key is of an organization that may not do that',
  404: 'There is no such thing, or not for this key',
  405: 'The path has no such method',
  409: 'What is here already stands against it',
  413: 'The body is larger than 1 MB',
  415: 'The body is not JSON, or it is compressed',
  422: 'Values can’t be used; each is named with the reason',
  429: 'The key asks too often; Retry-After says in how many seconds to try again',
  500: 'A fault of ours; its reference is in the log',
};

/** JSON Schema of what is sent, or of what comes back. */
function schemaOf(of: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(of, { io, target: 'draft-2020-12' }) as Json;
  return schema;
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const refused = (status: Status) => [
  String(status),
  {
    description: WHEN[status],
    ...(status === 429 && {
      headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer', minimum: 1 } } },
    }),
    content: { 'application/problem+json': { schema: ref('Problem') } },
  },
];

function parametersOf(of: z.ZodType, where: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schemaOf(of, 'input') as {
    properties?: Json;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = schema as Json;
    const needed = where === 'path' || required.includes(name);
    return {
      name,
      in: where,
      required: needed,
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

function operationOf({ id, summary, takes, params, query, body, response, refusals }: Route): Json {
  const statuses = [
    ...new Set<Status>([401, ...(takes === 'every key' ? [] : [403 as const]), ...refusals, 429, 500]),
  ].sort();
  const answer = (description: string) => ({
    description,
    content: { 'application/json': { schema: ref(response.name), example: response.example } },
  });
  return {
    operationId: id,
    summary,
    description:
      takes === 'every key'
        ? 'A reseller’s key is about the reseller and its customers.'
        : 'Only for a key of the provider.',
    security: [{ key: [] }],
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: ref(body.name), example: body.example } },
      },
    }),
    responses: {
      '200': answer('As it is now'),
      ...(body && { '201': answer('It was made') }),
      ...Object.fromEntries(statuses.map(refused)),
    },
  };
}

/** What stands at /api/v1/openapi.json. */
export function describe(routes: readonly Route[]): Json {
  const schemas: Json = { Problem: schemaOf(problemSchema, 'output') };
  const paths: Record<string, Json> = {};
  for (const one of routes) {
    schemas[one.response.name] = schemaOf(one.response.schema, 'output');
    if (one.body) schemas[one.body.name] = schemaOf(one.body.schema, 'input');
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: operationOf(one) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Quartermaster',
      version: '1',
      description: `Organizations, catalog, orders, subscriptions and invoices for other programs, such as a billing system. Keys are made in the chat with “key new”. What is sent again changes nothing again. A key may make ${BURST} requests at once and ${PER_SECOND} a second from then on; each copy of the bot counts by itself.`,
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      schemas,
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'qm_…' } },
    },
  };
}
