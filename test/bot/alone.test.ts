/** Somebody asks in a channel so that nobody else sees it. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Inbound } from '../../src/chat/inbound.ts';
import type { Reply } from '../../src/chat/reply.ts';
import { buttons, rows } from '../chat/reading.ts';
import { onBothEngines } from '../support/database.ts';
import { channel, openTalk, PEOPLE, type Talk } from '../support/talk.ts';

onBothEngines('what was asked for alone', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
    await talk.as('priya', here).say('use contoso here');
  });
  after(() => talk.close());

  const here = channel('of contoso');
  const carla = { platform: 'test', id: 'carla', name: 'carla', email: PEOPLE.carla };

  async function ask(inbound: Partial<Inbound>): Promise<Reply> {
    const common = { id: randomUUID(), person: carla, place: here };
    let answer: Reply | undefined;
    await talk.receive({ ...common, ...inbound } as Inbound, async (reply) => {
      answer = reply;
      return undefined;
    });
    assert.ok(answer);
    return answer;
  }
  const say = (text: string) => ask({ kind: 'message', text, attachments: [], alone: true });

  test('is for who asked, also in a channel of the customer, and can be shared', async () => {
    const open = await talk.as('carla', here).say('orders historical');
    assert.equal(open.audience, 'everyone');
    assert.ok(!buttons(open).includes('Share in channel'));

    const mine = await say('orders historical');
    assert.equal(mine.audience, 'asker');
    assert.deepEqual(rows(mine), rows(open));
    assert.equal(buttons(mine).at(-1), 'Share in channel');

    const action = mine.card?.actions?.find(({ title }) => title === 'Share in channel');
    assert.ok(action?.type === 'Action.Execute');
    const shared = await ask({ kind: 'submit', verb: action.verb, values: action.data, alone: true });
    assert.equal(shared.audience, 'everyone');
    assert.deepEqual(rows(shared), rows(open));
  });

  test('so is what follows from it', async () => {
    const values = { text: 'orders historical' };
    const open = await ask({ kind: 'submit', verb: 'say', values });
    const mine = await ask({ kind: 'submit', verb: 'say', values: { text: 'orders' }, alone: true });

    assert.equal(open.audience, 'everyone');
    assert.equal(mine.audience, 'asker');
  });

  test('also what everybody would read otherwise', async () => {
    const own = { platform: 'test', id: 'priya', name: 'priya', email: PEOPLE.priya };
    const reply = await ask({
      kind: 'message',
      text: 'notify here jobs',
      attachments: [],
      person: own,
      alone: true,
    });
    assert.equal(reply.audience, 'asker');
    assert.match(reply.text, /jobs/i);
  });
});
