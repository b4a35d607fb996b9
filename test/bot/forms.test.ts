import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { formsIn, housekeeping } from '../../src/bot/index.ts';
import type { Submit } from '../../src/chat/inbound.ts';
import type { Reply } from '../../src/chat/reply.ts';
import { onBothEngines } from '../support/database.ts';
import { openTalk, PEOPLE, type Talk } from '../support/talk.ts';

onBothEngines('open forms', (engine) => {
  let talk: Talk;
  let now = new Date('2026-11-20T10:00:00Z');
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());
  const forms = () => formsIn(talk.db, () => now);
  const later = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };

  test('are kept as they are, for as long as was said', async () => {
    const form = { text: 'Associate', values: ['ä', null, 2, { deep: true }] };
    await forms().keep('one', form, 60);
    assert.deepEqual(await forms().find('one'), form);
    assert.equal(await forms().find('two'), undefined);
    later(61);
    assert.equal(await forms().find('one'), undefined);
  });

  test('are what they became last', async () => {
    await forms().keep('next', { step: 1 }, 60);
    await forms().keep('next', { step: 2 }, 60);
    assert.deepEqual(await forms().find('next'), { step: 2 });
    await forms().forget('next');
    assert.equal(await forms().find('next'), undefined);
  });

  test('are answered by one at a time, and once', async () => {
    await forms().keep('handed in', {}, 60);
    const claims = await Promise.all([1, 2, 3].map(() => forms().claimAnswer('handed in', 20)));
    assert.deepEqual(claims.toSorted(), ['mine', 'theirs', 'theirs']);
    later(21);
    assert.equal(await forms().claimAnswer('handed in', 20), 'mine', 'the first one was stopped');
    await forms().answered('handed in');
    later(21);
    assert.equal(await forms().claimAnswer('handed in', 20), 'answered');
    await forms().keep('handed in', { again: true }, 60);
    assert.equal(await forms().claimAnswer('handed in', 20), 'mine', 'it became another form');
  });

  test('that were closed meanwhile are answered all the same', async () => {
    assert.equal(await forms().claimAnswer('closed', 20), 'mine');
  });

  test('are forgotten in the end', async () => {
    const count = async () => (await talk.db.selectFrom('slack_views').select('id').execute()).length;
    await forms().keep('long', {}, 10_000);
    later(100);
    const [, daily] = housekeeping.work ?? [];
    assert.ok(daily);
    assert.ok((await count()) > 1);
    await daily.handle({ ...talk.ctx(), now } as Parameters<typeof daily.handle>[0], {}, false);
    assert.equal(await count(), 1);
  });

  test('who waits for the answer to what was done before gets it, and it is done once', async () => {
    const place = { platform: 'test', conversation: 'carla', kind: 'personal', name: '' } as const;
    const person = { platform: 'test', id: 'carla', name: 'Carla', email: PEOPLE.carla };
    const submit: Submit = {
      kind: 'submit',
      id: 'one',
      person,
      place,
      verb: 'associate',
      values: {
        once: `mark-of-a-form-${engine}`,
        service: '10023/1',
        users: 'erin@contoso.example',
        units: '1',
      },
    };
    const answers = async (more: Partial<Submit>) => {
      const replies: Reply[] = [];
      await talk.receive({ ...submit, ...more }, async (reply) => {
        replies.push(reply);
        return undefined;
      });
      return replies.map(({ text }) => text);
    };
    const first = await answers({});
    assert.match(String(first), /erin@contoso\.example now has 1/);
    assert.deepEqual(await answers({ id: 'two', waits: true }), first);
  });
});
