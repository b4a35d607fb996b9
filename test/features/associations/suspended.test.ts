import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, errorAt, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import type { Speaker } from '../../support/talk.ts';
import {
  assertSums,
  canRun,
  cardText,
  hold,
  isEndOf,
  jobOf,
  runButton,
  sheet,
  unitsOf,
} from '../bulk/support.ts';

const SAID =
  'UniversalMessaging Small Business Edition (1GB) (10023/1) is suspended: no units of it can be given away until it is resumed.';

onBothEngines('a subscription that is suspended', (engine) => {
  let talk: CalmTalk;
  let carla: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    carla = talk.as('carla');
  });
  after(async () => {
    await assertSums(talk.db);
    await talk.close();
  });

  const set = async (status: string) => {
    await sql`
      update subscriptions set status = ${status} where service_id = (
        select s.id from services s join orders o on o.id = s.order_id
        where o.number = 10023 and s.position = 1)`.execute(talk.db);
  };
  const held = (user: string) => unitsOf(talk.db, '10023/1', `${user}@contoso.example`);

  test('is given to nobody by the command, which says what to do', async () => {
    await set('suspended');
    const reply = await carla.say('associate 10023/1 new@contoso.example');
    assert.equal(reply.text, SAID);
    assert.ok(buttons(reply).includes('Resume 10023/1'), buttons(reply).join());
    assert.match((await carla.press(reply, 'Resume 10023/1')).text, /Place order/);
    assert.equal(await held('new'), 0);
  });

  test('is not among the choices of the form, and what was chosen before comes back with the sentence', async () => {
    await set('active');
    const form = await carla.say('associate');
    assert.ok(choices(form, 'service').some(({ value }) => value === '10023/1'));
    await set('suspended');
    const now = await carla.say('associate');
    assert.ok(!choices(now, 'service').some(({ value }) => value === '10023/1'));
    const values = { service: '10023/1', from: 'entered', users: 'new@contoso.example', units: '2' };
    const back = await carla.press(form, 'Associate', values);
    assert.equal(errorAt(back, 'service'), SAID);
    assert.equal(typed(back, 'users'), 'new@contoso.example');
    assert.ok(buttons(back).includes('Resume 10023/1'));
    assert.equal(await held('new'), 0);
  });

  test('takes nobody who is moved there, and lets go of who is moved away', async () => {
    await set('active');
    await carla.say('associate 10024/1 mover@contoso.example');
    await carla.say('associate 10023/1 leaver@contoso.example');
    await set('suspended');
    const refused = await carla.say('move mover@contoso.example 10024/1 10023/1');
    assert.equal(refused.text, SAID);
    assert.ok(buttons(refused).includes('Resume 10023/1'));
    const form = await carla.say('move');
    const values = { user: 'mover@contoso.example', from: '10024/1', to: '10023/1', units: '' };
    assert.equal(errorAt(await carla.press(form, 'Move', values), 'to'), SAID);
    assert.equal(await held('mover'), 0);
    assert.match((await carla.say('move leaver@contoso.example 10023/1 10024/1')).text, /^Moved 1/);
  });

  test('gets nothing back by an undo', async () => {
    await set('active');
    await carla.say('associate 10023/1 back@contoso.example');
    const released = await carla.say('release 10023/1 back@contoso.example');
    await set('suspended');
    assert.ok((await carla.press(released, 'Undo')).text.includes(SAID));
    assert.equal(await held('back'), 0);
  });

  test('is refused by a sheet: at once, when it is to run, and row by row where it runs already', async () => {
    const rows = sheet([['row@contoso.example', 1]]);
    await set('suspended');
    const refused = await carla.say('bulk 10023/1', [rows]);
    assert.equal(refused.text, SAID);
    assert.ok(buttons(refused).includes('Resume 10023/1'));

    await set('active');
    const preview = await carla.say('bulk 10023/1', [rows]);
    assert.ok(canRun(preview));
    await set('suspended');
    const late = await carla.press(preview, runButton(preview));
    assert.equal(late.text, SAID);
    assert.ok(buttons(late).includes('Resume 10023/1'));

    await set('active');
    const again = await carla.say('bulk 10023/1', [sheet([['row@contoso.example', 2]])]);
    const waiting = await hold(talk.db);
    await carla.press(again, runButton(again));
    await set('suspended');
    await waiting.release();
    const end = await talk.waitForPost(isEndOf(jobOf(again)));
    assert.match(end.reply.text, /0 done, 1 failed/);
    assert.ok(cardText(end.reply).includes('is suspended'), cardText(end.reply));
    assert.equal(await held('row'), 0);
  });
});
