import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BURST, openPace, PER_SECOND } from '../../src/api/pace.ts';
import { openTestApi } from './support.ts';

const START = Date.UTC(2026, 8, 28);
const at = (seconds: number) => new Date(START + seconds * 1000);

test('a key has its burst, then so many a second, and says how long to wait', () => {
  const pace = openPace();
  for (let asked = 0; asked < BURST; asked += 1) assert.equal(pace(1, at(0)), undefined);
  assert.equal(pace(1, at(0)), 1);
  assert.equal(pace(1, at(0)), 1, 'a refused one does not count');
  assert.equal(pace(2, at(0)), undefined, 'another key has its own');
  for (let asked = 0; asked < PER_SECOND; asked += 1) assert.equal(pace(1, at(1)), undefined);
  assert.equal(pace(1, at(1)), 1);
  const rested = at(1 + BURST / PER_SECOND);
  for (let asked = 0; asked < BURST; asked += 1) assert.equal(pace(1, rested), undefined);
  assert.equal(pace(1, rested), 1);
});

test('over HTTP: 429 with Retry-After, for that key alone, until then', async (t) => {
  const api = await openTestApi('PGlite', 0);
  t.after(() => api.close());
  const [wild, calm] = [await api.withKeyOf('priya', 'wild'), await api.withKeyOf('nora', 'calm')];
  // What is nowhere counts too.
  for (let asked = 0; asked < BURST; asked += 1) assert.equal((await wild('GET', '/nothing')).status, 404);
  const reply = await wild('GET', '/nothing');
  assert.equal(reply.status, 429);
  assert.equal(reply.body.title, 'Too many requests');
  const wait = Number(reply.headers.get('retry-after'));
  assert.ok(Number.isInteger(wait) && wait > 0);
  assert.equal((await calm('GET', '/catalog')).status, 200);
  api.later(wait);
  assert.equal((await wild('GET', '/catalog')).status, 200);
  assert.deepEqual(api.faults, []);
});
