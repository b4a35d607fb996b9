import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, rows, shown } from '../../chat/reading.ts';

describe('deliveries', () => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk('PGlite');
    for (const [conversation, state, text, secret] of [
      ['ops', 'sent', 'Job 7 is done\nwith details', false],
      ['gone', 'sent', 'Job 8 is done', false],
      ['gone', 'dead', 'Job 9 is done', false],
      ['back', 'dead', 'Job 10 is done', false],
      ['back', 'sent', 'Job 11 is done', false],
      ['slow', 'waiting', 'Admin credentials\n\nPassword: hunter2', true],
    ] as const) {
      await talk.db
        .insertInto('deliveries')
        .values({
          key: text,
          platform: 'elsewhere',
          conversation,
          kind: 'jobs',
          place: JSON.stringify({
            platform: 'elsewhere',
            conversation,
            kind: 'channel',
            name: `#${conversation}`,
          }),
          reply: JSON.stringify({ text, audience: 'everyone', position: 'below' }),
          state,
          secret,
          error: state === 'dead' ? 'No such channel' : null,
          created_at: new Date('2026-11-21T10:00:00Z'),
          sent_at: state === 'sent' ? new Date('2026-11-21T10:01:00Z') : null,
        })
        .execute();
    }
  });
  after(() => talk.close());

  test('lists what went where, the latest first', async () => {
    const reply = await talk.as('priya').say('deliveries');
    assert.match(reply.text, /^HamaraCloud: 3 sent, 1 waiting, 2 not delivered\./);
    assert.deepEqual(rows(reply)[5], [
      '#ops\nElsewhere',
      'Job 7 is done\njobs',
      'Sent\n21 Nov 2026, 10:01 UTC',
    ]);
  });

  test('of places to which a post was refused are no places out of reach', async () => {
    const reply = await talk.as('priya').say('deliveries');
    assert.doesNotMatch(shown(reply), /Out of reach|#gone is/);
    assert.deepEqual(buttons(reply), ['Waiting', 'Not delivered', 'Sent']);
    const again = await talk.as('priya').say('deliveries revive #gone');
    assert.match(again.text, /^Notices get through to every place\./);
  });

  test('of one state', async () => {
    const dead = await talk.as('arjun').say('deliveries dead');
    assert.deepEqual(
      rows(dead).map(([to]) => to),
      ['#back\nElsewhere', '#gone\nElsewhere'],
    );
    assert.match(rows(dead)[0]?.[2] ?? '', /^Not delivered\n.*\nNo such channel$/s);
    assert.deepEqual(buttons(dead), ['All', 'Waiting', 'Sent']);
  });

  test('of a word that is no state are not listed', async () => {
    const near = await talk.as('priya').say('deliveries wating');
    assert.match(near.text, /^There are no deliveries “wating”\. Did you mean: deliveries waiting\?/);
    assert.match((await talk.as('priya').press(near, 'Deliveries: waiting')).text, /waiting/);
    assert.match(
      (await talk.as('priya').say('deliveries xyzzy')).text,
      /There are: all, waiting, sent, dead/,
    );
  });

  test('tell nothing of a letter with a password', async () => {
    const reply = await talk.as('priya').say('deliveries waiting');
    assert.match(shown(reply), /A letter that is not kept/);
    assert.doesNotMatch(JSON.stringify(reply), /hunter2|Admin credentials/);
  });

  test('are for the provider', async () => {
    for (const who of ['nora', 'carla', 'chris'] as const) {
      assert.match((await talk.as(who).say('deliveries')).text, /may not do that/, who);
      const page = await talk.as(who).submit('deliveries.page', { show: 'all', page: 1 });
      assert.match(page.text, /may not do that/, who);
    }
  });
});
