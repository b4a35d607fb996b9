import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { DRAW_HOMES, homeBook, homesWork, record, type Working } from '../../../src/bot/index.ts';
import type { Edge, Home } from '../../../src/chat/edge.ts';
import { PostFailed } from '../../../src/chat/edge.ts';
import type { Person } from '../../../src/chat/place.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { voice } from '../../../src/features/help/index.ts';
import { features } from '../../../src/features.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { onBothEngines } from '../../support/database.ts';
import { PEOPLE } from '../../support/talk.ts';
import { addOrder, organizationId } from '../orders/stock.ts';

type Drawing = { readonly of: string; readonly reply: Reply; readonly mark: string | undefined };
type Wish = { readonly queue: string; readonly data: object; readonly key?: string };

onBothEngines('pages that a platform keeps', (engine) => {
  let talk: CalmTalk;
  let drawings: Drawing[];
  let wishes: Wish[];
  /** As whom the platform knows people now; as when they opened their page where it is missing. */
  let known: (home: Home) => Promise<Person>;
  /** What the platform answers, from one drawing to the next. */
  let answer: () => Promise<{ mark: string } | 'outdated'>;
  before(async () => {
    talk = await openCalmTalk(engine);
    talk.pass(0);
  });
  after(() => talk.close());
  beforeEach(async () => {
    drawings = [];
    wishes = [];
    answer = async () => ({ mark: `mark ${drawings.length}` });
    known = async ({ person }) => person;
    await talk.db.deleteFrom('homes').execute();
    await talk.db.deleteFrom('platform_pauses').execute();
  });

  const edge: Edge = {
    platform: 'test',
    post: async (place) => ({ place, message: '1' }),
    update: async (sent) => sent,
    personNow: (home) => known(home),
    async drawHome({ person }, reply, mark) {
      drawings.push({ of: person.id, reply, mark });
      return answer();
    },
  };
  const work = homesWork({ features, edgeOf: () => edge, voice });
  const jobs = () => ({
    ...talk.jobs,
    enqueue: async (_: unknown, queue: string, data: object, { key }: { key?: string } = {}) =>
      void wishes.push({ queue, data, ...(key && { key }) }),
  });
  const pageOf = (who: keyof typeof PEOPLE): Home => ({
    person: { platform: 'test', id: who, name: who, email: PEOPLE[who] },
    place: { platform: 'test', conversation: `personal:${who}`, kind: 'personal', name: who },
  });
  const open = (who: keyof typeof PEOPLE, mark?: string) =>
    homeBook({
      db: talk.db,
      jobs: jobs(),
      clock: () => talk.ctx().now,
      report: (fault) => assert.ifError(fault),
    })(pageOf(who), mark);
  const draw = (data: object = {}) =>
    work.handle(
      {
        ...talk.ctx(),
        jobs: jobs(),
        clock: () => talk.ctx().now,
        quiet: async () => undefined,
      } as Working,
      data,
      false,
    );
  const textOf = (at: number) => drawings.at(at)?.reply.text ?? '';

  test('are drawn when they are opened, each for its person', async () => {
    await open('nora');
    await open('chris');
    assert.deepEqual(
      wishes.map(({ data }) => data),
      [
        { platform: 'test', person: 'nora' },
        { platform: 'test', person: 'chris' },
      ],
    );

    for (const { data } of wishes.slice()) await draw(data);

    assert.deepEqual(
      drawings.map(({ of }) => of),
      ['nora', 'chris'],
    );
    assert.match(textOf(0), /^Northwind Partners/);
    assert.match(textOf(1), /^Contoso/);
    assert.doesNotMatch(JSON.stringify(drawings), /Fabrikam/);
  });

  test('are drawn again only where they look otherwise, with the mark of the last drawing', async () => {
    await open('nora', 'seen');
    await draw();
    talk.pass(1);
    await draw();
    assert.deepEqual(
      drawings.map(({ mark }) => mark),
      ['seen'],
    );

    await addOrder(talk.db, { number: nextNumber(), of: 'Contoso', at: '2026-11-21T09:00:00Z' });
    talk.pass(1);
    await draw();

    assert.deepEqual(
      drawings.map(({ mark }) => mark),
      ['seen', 'mark 1'],
    );
  });

  test('are drawn at most once in a few seconds', async () => {
    await open('nora');
    await draw();
    wishes = [];
    await addOrder(talk.db, { number: nextNumber(), of: 'Contoso', at: '2026-11-21T09:01:00Z' });
    await draw();

    assert.equal(drawings.length, 1);
    assert.deepEqual(wishes[0]?.data, { platform: 'test', person: 'nora' });

    talk.pass(1);
    await draw(wishes[0]?.data);
    assert.equal(drawings.length, 2);
  });

  test('are woken by every change, where there are any', async () => {
    const ctx = () => ({ ...talk.ctx(), jobs: jobs() });
    const change = {
      organizationId: await organizationId(talk.db, 'Contoso'),
      orderId: null,
      kind: 'note',
      summary: 'Changed it',
    };
    await record(ctx(), change);
    assert.deepEqual(wishes, []);

    await open('nora');
    wishes = [];
    await record(ctx(), change);

    assert.deepEqual(wishes, [{ queue: DRAW_HOMES, data: {}, key: 'all' }]);
  });

  test('that were drawn by somebody else since are drawn once more, from what is so then', async () => {
    await open('nora', 'old');
    answer = async () => 'outdated';
    await draw();
    assert.deepEqual(wishes.at(-1)?.data, { platform: 'test', person: 'nora' });

    answer = async () => ({ mark: 'newest' });
    await draw(wishes.at(-1)?.data);

    assert.deepEqual(
      drawings.map(({ mark }) => mark),
      ['old', undefined],
    );
  });

  test('opened with another drawing than ours are drawn, though nothing has changed', async () => {
    await open('nora');
    await draw();
    talk.pass(1);
    await open('nora', 'mark 1');
    await draw();
    assert.equal(drawings.length, 1);

    await open('nora', 'of another copy');
    await draw();

    assert.deepEqual(
      drawings.map(({ mark }) => mark),
      [undefined, 'of another copy'],
    );
  });

  test('of who is nobody any more show nothing of it, however long ago they were opened', async () => {
    await open('nora');
    await draw();
    await talk.db
      .updateTable('homes')
      .set({ opened_at: new Date('2026-10-01T00:00:00Z') })
      .execute();
    talk.pass(1);
    await draw();
    assert.equal(drawings.length, 1);

    await talk.db
      .updateTable('members')
      .set({ email: 'gone@nowhere.example' })
      .where('email', '=', PEOPLE.nora)
      .execute();
    await draw();
    await talk.db
      .updateTable('members')
      .set({ email: PEOPLE.nora })
      .where('email', '=', 'gone@nowhere.example')
      .execute();

    assert.equal(drawings.length, 2);
    assert.equal(textOf(1), voice.stranger().text);
    assert.doesNotMatch(JSON.stringify(drawings[1]), /Contoso|Northwind/);
  });

  test('of who got another role are drawn for that role', async () => {
    await open('carla');
    await draw();
    await talk.db
      .updateTable('homes')
      .set({ opened_at: new Date('2026-10-01T00:00:00Z') })
      .execute();
    const set = (role: string) =>
      talk.db.updateTable('members').set({ role }).where('email', '=', PEOPLE.carla).execute();
    talk.pass(1);
    await set('customer');
    await draw();
    await set('customer admin');

    const titles = drawings.map(({ reply }) => reply.card?.actions?.map(({ title }) => title) ?? []);
    assert.ok(titles[0]?.includes('Associate users'));
    assert.ok(!titles[1]?.includes('Associate users'));
  });

  test('that look the same for the new role are remembered as drawn for it', async () => {
    await open('priya');
    await draw();
    const set = (role: string) =>
      talk.db.updateTable('members').set({ role }).where('email', '=', PEOPLE.priya).execute();
    await set('account manager');
    talk.pass(1);
    await draw();
    await set('provider admin');

    const { drawn_for } = await talk.db
      .selectFrom('homes')
      .select('drawn_for')
      .where('person', '=', 'priya')
      .executeTakeFirstOrThrow();
    assert.match(drawn_for, /account manager/);
    assert.equal(drawings.length, 1);
  });

  test('are drawn for who the person is now, not for who opened it', async () => {
    await open('nora');
    await draw();
    known = async ({ person }) => ({ ...person, email: PEOPLE.chris });
    await addOrder(talk.db, { number: nextNumber(), of: 'Contoso', at: '2026-11-21T09:02:00Z' });
    talk.pass(1);
    await draw();

    assert.match(textOf(1), /^Contoso/);
    const { who, email } = await talk.db
      .selectFrom('homes')
      .select(['who', 'email'])
      .executeTakeFirstOrThrow();
    assert.equal(email, PEOPLE.chris);
    assert.equal((who as Person).email, PEOPLE.chris);
  });

  test('wait where the platform does not say who the person is', async () => {
    await open('nora');
    known = async () => Promise.reject(new PostFailed('later', 'fatal_error'));
    await draw();
    assert.equal(drawings.length, 0);

    known = async ({ person }) => person;
    talk.pass(1);
    await draw();
    assert.equal(drawings.length, 1);
  });

  test('that can not be drawn are tried ever less often, at last no more, and again when they are opened', async () => {
    await open('nora');
    answer = async () => Promise.reject(new PostFailed('later', 'missing_scope'));
    for (let minutes = 0; minutes < 60; minutes++) {
      await draw();
      talk.pass(1);
    }
    assert.ok(drawings.length > 3 && drawings.length < 10, `${drawings.length} tries in the first hour`);

    for (let hours = 0; hours < 12; hours++) {
      wishes = [];
      await draw({ platform: 'test', person: 'nora' });
      talk.pass(61);
    }
    assert.ok(drawings.length < 15, `${drawings.length} tries`);
    assert.deepEqual(wishes, []);

    answer = async () => ({ mark: 'mended' });
    const before = drawings.length;
    await open('nora');
    await draw();
    assert.equal(drawings.length, before + 1);
  });

  test('that could not be drawn are tried at once when they are opened', async () => {
    await open('nora');
    answer = async () => Promise.reject(new PostFailed('later', 'missing_scope'));
    for (let tries = 0; tries < 5; tries++) await draw({ platform: 'test', person: 'nora' });
    answer = async () => ({ mark: 'mended' });
    await open('nora');
    await draw();

    assert.equal(drawings.length, 6);
  });

  test('with something that moves are drawn again soon, the others not', async () => {
    await open('priya');
    await draw();
    assert.ok(!wishes.some(({ key }) => key === 'moving'));

    await talk.db.updateTable('homes').set({ moves: true, digest: '' }).execute();
    talk.pass(1);
    wishes = [];
    await draw({ moving: true });

    assert.equal(drawings.length, 2);
    assert.ok(!wishes.some(({ key }) => key === 'moving'), 'nothing moves on it any more');
  });

  test('wait where the platform asks for it', async () => {
    await open('nora');
    answer = async () => Promise.reject(new PostFailed('later', 'Slow down', { retryAfterSeconds: 30 }));
    await draw();
    talk.pass(1);
    await draw();

    assert.equal(drawings.length, 1);
    assert.ok(wishes.some(({ key }) => key === 'test nora later'));
  });

  test('are forgotten where the platform takes none', async () => {
    await open('nora');
    answer = async () => Promise.reject(new PostFailed('refused', 'not_enabled'));
    await draw();

    assert.deepEqual(await talk.db.selectFrom('homes').selectAll().execute(), []);
  });

  let last = 30_000;
  const nextNumber = () => ++last;
});
