import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Edge } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, PEOPLE, type Speaker, type Talk } from '../../support/talk.ts';
import { assertSums, hold, idle, isEndOf, jobOf, runButton, sheet, unitsOf } from './support.ts';

const NO_WHERE: Edge = {
  platform: 'mail',
  post: async (place) => ({ place, message: 'letter' }),
  update: async (sent) => sent,
};
const PRIVATE: Place = { platform: 'test', conversation: 'personal:carla', kind: 'personal', name: '' };
/** A message that Carla alone sees among others. */
const HERS: Place = { ...channel('contoso'), reader: PEOPLE.carla };

onBothEngines('a job whose requester has gone', (engine) => {
  let talk: Talk;
  let carla: Speaker;
  before(async () => {
    talk = await openTalk(engine, undefined, undefined, async () => NO_WHERE);
    carla = talk.as('carla');
  });
  after(() => talk.close());
  afterEach(() => assertSums(talk.db));

  /** Runs a sheet of Carla's; before it is worked on, `meanwhile` happens. */
  async function run(
    user: string,
    speaker: Speaker,
    meanwhile: () => Promise<unknown>,
    runner = speaker,
    place = PRIVATE,
  ): Promise<number> {
    const progress = (job: number) => ({ place: JSON.stringify(place), message: `progress ${job}` });
    const held = await hold(talk.db);
    const preview = await speaker.say('bulk 10024/1', [sheet([[user, 3]])]);
    const job = jobOf(preview);
    await runner.press(preview, runButton(preview));
    await talk.db
      .insertInto('sent_messages')
      .values({ name: `job:${job}`, ...progress(job) })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(progress(job)))
      .execute();
    await meanwhile();
    await held.release();
    await ended(job);
    await idle(talk.db, 'notices.deliver');
    await idle(talk.db, 'chat.refresh');
    return job;
  }

  async function ended(job: number): Promise<void> {
    const deadline = Date.now() + 15_000;
    for (;;) {
      const { finished_at, state } = await talk.db
        .selectFrom('jobs')
        .select(['finished_at', 'state'])
        .where('id', '=', job)
        .executeTakeFirstOrThrow();
      if (finished_at !== null) return assert.equal(state, 'done');
      if (Date.now() > deadline) throw new Error(`Job ${job} is ${state}, and has not ended.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const heard = (job: number) =>
    talk.posts.filter(isEndOf(job)).map(({ place }) => `${place.platform} ${place.conversation}`);
  const grant = (role: string, organization: string) =>
    talk.as('priya').say(`grant ${PEOPLE.carla} ${role} ${organization}`);

  test('tells who is still there, in chat and by letter', async () => {
    const job = await run('alan@contoso.example', carla, async () => undefined);
    assert.deepEqual(heard(job).toSorted(), [`mail ${PEOPLE.carla}`, 'test personal:carla']);
    assert.match(talk.messages.get(`progress ${job}`)?.text ?? '', /1 of 1 rows done/);
  });

  test('ends once they are revoked, under their name, and tells them nothing', async () => {
    const job = await run('bert@contoso.example', carla, () =>
      talk.as('priya').say(`revoke ${PEOPLE.carla}`),
    );
    assert.equal(await unitsOf(talk.db, '10024/1', 'bert@contoso.example'), 3);
    assert.deepEqual(heard(job), []);
    assert.doesNotMatch(talk.messages.get(`progress ${job}`)?.text ?? '', /1 of 1 rows done/);
    const entry = await talk.db
      .selectFrom('history')
      .select(['actor_name', 'member_id'])
      .where('kind', '=', 'bulk')
      .orderBy('id', 'desc')
      .executeTakeFirst();
    assert.deepEqual(entry, { actor_name: 'Carla Diaz', member_id: null });
    assert.match((await talk.as('priya').say(`job ${job}`)).text, /1 done, 0 failed/);
  });

  test('run in private for a channel, it tells the channel, and its card in private as long as they may see it', async () => {
    await grant('customer admin', 'contoso');
    const inChannel = talk.as('carla', channel('contoso'));
    const job = await run('elsa@contoso.example', inChannel, async () => undefined, carla);
    assert.deepEqual(heard(job).toSorted(), [`mail ${PEOPLE.carla}`, 'test channel:contoso']);
    assert.match(talk.messages.get(`progress ${job}`)?.text ?? '', /1 of 1 rows done/);

    const other = await run(
      'fred@contoso.example',
      inChannel,
      () => grant('customer admin', 'fabrikam'),
      carla,
    );
    assert.deepEqual(heard(other), ['test channel:contoso']);
    assert.doesNotMatch(talk.messages.get(`progress ${other}`)?.text ?? '', /1 of 1 rows done/);
    await grant('customer admin', 'contoso');
  });

  test('a message in a channel that they alone see is theirs', async () => {
    await grant('customer admin', 'contoso');
    const inChannel = talk.as('carla', channel('contoso'));
    const nothing = async () => undefined;
    const job = await run('gus@contoso.example', inChannel, nothing, inChannel, HERS);
    assert.match(talk.messages.get(`progress ${job}`)?.text ?? '', /1 of 1 rows done/);

    const away = () => grant('customer admin', 'fabrikam');
    const other = await run('hal@contoso.example', inChannel, away, inChannel, HERS);
    assert.doesNotMatch(talk.messages.get(`progress ${other}`)?.text ?? '', /1 of 1 rows done/);

    await grant('customer admin', 'contoso');
    const revoke = () => talk.as('priya').say(`revoke ${PEOPLE.carla}`);
    const last = await run('ivy@contoso.example', inChannel, revoke, inChannel, HERS);
    assert.doesNotMatch(talk.messages.get(`progress ${last}`)?.text ?? '', /1 of 1 rows done/);
  });

  test('tells a channel, where others are, and not who works elsewhere now', async () => {
    await grant('customer admin', 'contoso');
    const job = await run('cleo@contoso.example', talk.as('carla', channel('contoso')), () =>
      grant('customer admin', 'fabrikam'),
    );
    assert.deepEqual(heard(job), ['test channel:contoso']);
    await grant('customer admin', 'contoso');
    const other = await run('dirk@contoso.example', carla, () => grant('customer', 'contoso'));
    assert.deepEqual(heard(other), []);
  });
});
