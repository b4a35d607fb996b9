import assert from 'node:assert/strict';
import { test } from 'node:test';
import { routes } from '../../src/api/index.ts';
import { describe } from '../../src/api/openapi.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document, walked through.
const document: any = JSON.parse(JSON.stringify(describe(routes)));

test('every route is described, and nothing else', () => {
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.deepEqual(described.sort(), routes.map(({ method, path }) => `${method} ${path}`).sort());
  assert.match(document.openapi, /^3\.1\./);
  const ids = routes.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

test('every parameter of a path is described, and every schema that is named is there', () => {
  for (const [path, operations] of Object.entries(document.paths)) {
    const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    for (const operation of Object.values(operations as object) as any[]) {
      const given = operation.parameters.filter((one: { in: string }) => one.in === 'path');
      assert.deepEqual(
        given.map(({ name }: { name: string }) => name),
        wanted,
        path,
      );
      assert.ok(operation.security, path);
      for (const status of ['200', '401', '500']) assert.ok(operation.responses[status], `${path} ${status}`);
    }
  }
  const named = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name,
  );
  for (const name of named) assert.ok(document.components.schemas[name ?? ''], name);
});

test('every example is one of its schema', () => {
  for (const { id, body, response } of routes) {
    assert.deepEqual(response.schema.parse(response.example), response.example, id);
    assert.doesNotThrow(() => body?.schema.parse(body.example), id);
  }
});

test('requests take no unknown values, and each schema says of what type it is', () => {
  for (const { body } of routes) {
    if (body === undefined) continue;
    const schema = document.components.schemas[body.name];
    assert.equal(schema.additionalProperties, false, body.name);
    assert.equal(schema.type, 'object');
  }
});
