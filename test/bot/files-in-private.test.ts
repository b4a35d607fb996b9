import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Attachment, Message } from '../../src/chat/inbound.ts';
import type { Person, Place, Sent } from '../../src/chat/place.ts';
import type { Reply } from '../../src/chat/reply.ts';
import { cardText, isEndOf, jobOf, runButton, sheet } from '../features/bulk/support.ts';
import { onBothEngines } from '../support/database.ts';
import { channel, openTalk, PEOPLE, type Talk } from '../support/talk.ts';

const CARLA: Person = { platform: 'test', id: 'carla', name: 'carla', email: PEOPLE.carla };
const ALONE: Place = { platform: 'test', conversation: 'personal:carla', kind: 'personal', name: 'carla' };

/** Where the platform takes no files from people: they come to the bot alone. */
onBothEngines('a file that can not be sent where it is asked for', (engine) => {
  let talk: Talk;
  let minutes = 0;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  const later = (more: number) => {
    minutes += more;
    talk.setTime(new Date(Date.UTC(2026, 0, 5, 9, minutes)).toISOString());
  };

  async function said(place: Place, text: string, more: Partial<Message> = {}, by = CARLA): Promise<Reply> {
    let answer: Reply | undefined;
    const message = { kind: 'message', id: randomUUID(), attachments: [], ...more } as const;
    await talk.receive({ ...message, person: by, place, text }, async (reply): Promise<Sent> => {
      answer = reply;
      return { place, message: randomUUID() };
    });
    assert.ok(answer);
    return answer;
  }
  const inChannel = (place: Place, text: string, more: Partial<Message> = {}) =>
    said(place, text, { filesInPrivate: true, ...more });
  const sent = (...attachments: Attachment[]) => ({ attachments });
  const users = (name: string) => sheet([[`${name}@contoso.example`, 1]]);

  test('may come with a friendly word, which is no command', async () => {
    later(1);
    await inChannel(channel('friendly'), 'bulk 10024/1');
    const preview = await said(ALONE, 'here it is', sent(users('amy')));
    assert.match(preview.text, /1 of 1 rows are valid.*\nFor #friendly: /);

    await inChannel(channel('friendly'), 'bulk 10024/1');
    const listed = await said(ALONE, 'orders', sent(users('amy')));
    assert.doesNotMatch(listed.text, /rows are valid/);
  });

  test('is awaited in private, and its outcome goes to where it was asked for', async () => {
    later(0);
    const place = { ...channel('asked'), thread: '1600' };
    const asks = await inChannel(place, 'bulk 10024/1');

    assert.deepEqual(asks.wantsFile, { ...asks.wantsFile, text: 'bulk 10024/1', inPrivate: { minutes: 15 } });

    later(5);
    const preview = await said(ALONE, '', sent(users('anna')));
    assert.equal(preview.audience, 'asker');
    assert.match(preview.text, /1 of 1 rows are valid.*\nFor #asked: what comes of it is posted there\.$/);
    assert.match(cardText(preview), /For #asked: what comes of it is posted there\./);

    await talk.as('carla').press(preview, runButton(preview));
    const end = await talk.waitForPost(isEndOf(jobOf(preview)));
    assert.equal(end.place.conversation, 'channel:asked');
    assert.equal(end.place.thread, '1600');
    assert.equal(talk.posts.filter(isEndOf(jobOf(preview))).length, 1);
  });

  test('is known by the words that it was asked for with as well, and not by others', async () => {
    later(20);
    await inChannel(channel('words'), 'bulk 10024/1');

    assert.match((await said(ALONE, 'Bulk 10024/1', sent(users('berta')))).text, /For #words/);
    assert.doesNotMatch((await said(ALONE, 'bulk 10024/2', sent(users('berta')))).text, /For #/);
  });

  test('is for where it was asked for last', async () => {
    later(20);
    await inChannel(channel('first'), 'bulk 10024/1');
    later(1);
    await inChannel(channel('second'), 'bulk 10024/1');
    assert.match((await said(ALONE, '', sent(users('cora')))).text, /For #second/);

    later(1);
    await said(ALONE, 'bulk 10024/1');
    assert.doesNotMatch((await said(ALONE, '', sent(users('dora')))).text, /For #/);
  });

  test('is not awaited for longer than was said, nor from anybody else, nor anywhere else', async () => {
    later(20);
    await inChannel(channel('waits'), 'bulk 10024/1');
    const chris: Person = { platform: 'test', id: 'chris', name: 'chris', email: PEOPLE.arjun };
    const alone = { ...ALONE, conversation: 'personal:chris' };

    assert.doesNotMatch((await said(alone, '', sent(users('eva')), chris)).text, /#waits/);
    assert.doesNotMatch((await said(channel('other'), '', sent(users('eva')))).text, /#waits/);
    later(14);
    assert.match((await said(ALONE, '', sent(users('eva')))).text, /For #waits/);
    later(2);
    assert.doesNotMatch((await said(ALONE, '', sent(users('eva')))).text, /#waits/);
  });

  test('where the platform takes files it is awaited there alone', async () => {
    later(20);
    const asks = await said(channel('takes'), 'bulk 10024/1');
    assert.equal(asks.wantsFile?.inPrivate, undefined);

    assert.doesNotMatch((await said(ALONE, '', sent(users('fay')))).text, /#takes/);
    assert.match((await said(channel('takes'), '', sent(users('fay')))).text, /1 of 1 rows are valid/);
  });

  test('one that the platform kept back is asked for, without a word as well', async () => {
    later(20);
    const withWords = await inChannel(channel('kept'), 'bulk 10024/1', { withheld: 'surely' });
    assert.deepEqual(withWords.wantsFile?.inPrivate, { minutes: 15 });
    const without = await inChannel(channel('kept'), '', { withheld: 'surely' });
    assert.equal(without.wantsFile?.text, 'bulk 10024/1');

    const alone = await said(ALONE, 'bulk 10024/1', { withheld: 'surely' });
    assert.match(
      alone.text,
      /\nA file was attached, but it did not reach me: attach it from your computer\.$/,
    );
    assert.equal(alone.wantsFile?.inPrivate, undefined);

    const perhaps = await inChannel(channel('unsaid'), '', { withheld: 'perhaps' });
    assert.match(perhaps.text, /\nDid you attach a file\? I get none here: say bulk, /);
    assert.doesNotMatch(
      (await inChannel(channel('unsaid'), 'orders', { withheld: 'perhaps' })).text,
      /attach/,
    );
  });

  test('one that can be looked for is looked for where it is of use, once, and never for a repeated message', async () => {
    later(20);
    let looks = 0;
    const findFiles = async () => {
      looks++;
      return [users('gina')];
    };
    const place = channel('looked');
    await said(place, 'orders', { findFiles });
    assert.equal(looks, 0);

    const id = randomUUID();
    assert.match((await said(place, 'bulk 10024/1', { findFiles, id })).text, /1 of 1 rows are valid/);
    assert.equal(looks, 1);
    await talk.receive(
      { kind: 'message', id, person: CARLA, place, text: 'bulk 10024/1', attachments: [], findFiles },
      async () => undefined,
    );
    assert.equal(looks, 1);

    assert.match((await said(place, '', { findFiles })).text, /Which service is this sheet for/);
    assert.equal(looks, 2);
    assert.match((await said(place, '', { findFiles: async () => [] })).text, /^\S.*:\n {2}/);
  });

  test('one that is out of reach is asked for in private', async () => {
    later(20);
    const outOfReach = { findFiles: async () => 'out of reach' as const };
    const place = channel('reach');

    const asks = await said(place, 'bulk 10024/1', outOfReach);
    assert.deepEqual(asks.wantsFile?.inPrivate, { minutes: 15 });
    assert.match((await said(ALONE, '', sent(users('hedy')))).text, /For #reach/);
  });

  test('what is seen of it is what may be seen where it was asked for', async () => {
    later(20);
    const place = channel('fabrikam');
    const priya: Person = { platform: 'test', id: 'priya', name: 'priya', email: PEOPLE.priya };
    const alone = { ...ALONE, conversation: 'personal:priya' };
    await talk.as('priya', place).say('use fabrikam here');
    await said(place, 'bulk', { filesInPrivate: true }, priya);

    const answer = await said(alone, '', sent(users('ida')), priya);
    assert.doesNotMatch(cardText(answer), /Contoso/);
    assert.equal(answer.text, 'No service has free units.');
  });

  test('its outcome stays in private where the other place is a customer’s by then', async () => {
    later(20);
    const place = channel('taken');
    await inChannel(place, 'bulk 10024/1');
    const preview = await said(ALONE, '', sent(users('jo')));
    await talk.as('priya', place).say('use fabrikam here');

    await talk.as('carla').press(preview, runButton(preview));
    const end = await talk.waitForPost(isEndOf(jobOf(preview)));
    assert.equal(end.place.conversation, ALONE.conversation);
  });

  test('a file that is no sheet is told in private alone', async () => {
    later(20);
    await inChannel(channel('holiday'), 'bulk 10024/1');
    const posts = talk.posts.length;

    const refusal = await said(
      ALONE,
      '',
      sent({ name: 'holiday.pdf', read: async () => Buffer.from('%PDF') }),
    );
    assert.match(refusal.text, /not a spreadsheet/);
    assert.doesNotMatch(refusal.text, /#holiday/);
    assert.equal(talk.posts.length, posts);
  });

  test('where nobody saw it being asked for, its outcome is for who asked alone', async () => {
    later(20);
    const place = channel('unseen');
    const asks = await inChannel(place, 'bulk 10024/1', { alone: true });
    assert.equal(asks.audience, 'asker');

    const preview = await said(ALONE, '', sent(users('kim')));
    assert.doesNotMatch(preview.text, /#unseen/);
    await talk.as('carla').press(preview, runButton(preview));
    const end = await talk.waitForPost(isEndOf(jobOf(preview)));
    assert.equal(end.place.conversation, ALONE.conversation);
    assert.ok(talk.posts.every((post) => post.place.conversation !== place.conversation));
  });

  test('a sheet that was run so that nobody saw it ends where the person talks to the bot alone', async () => {
    later(20);
    const place = channel('quiet');
    const preview = await said(place, 'bulk 10024/1', { ...sent(users('lea')), alone: true });
    const run = preview.card?.actions?.find((action) => action.title === runButton(preview));
    assert.ok(run?.type === 'Action.Execute');
    const press = { kind: 'submit', id: randomUUID(), person: CARLA, place, alone: true } as const;
    await talk.receive({ ...press, verb: run.verb, values: run.data ?? {} }, async () => undefined);

    const end = await talk.waitForPost(isEndOf(jobOf(preview)));
    assert.equal(end.place.conversation, ALONE.conversation);
    assert.ok(talk.posts.every((post) => post.place.conversation !== place.conversation));
  });

  test('one that came is awaited no more: the next one is for something else', async () => {
    later(20);
    await inChannel(channel('once'), 'bulk 10024/1');
    const none = await said(ALONE, '', sent({ name: 'a.pdf', read: async () => Buffer.from('%PDF') }));
    assert.match(none.text, /not a spreadsheet/);
    assert.match((await said(ALONE, '', sent(users('mia')))).text, /For #once/);

    const next = await said(ALONE, '', sent(users('nina')));
    assert.doesNotMatch(next.text, /#once/);
    assert.match(next.text, /Which service is this sheet for/);
  });

  test('one that stayed behind where it was to be sent is told so, and still awaited', async () => {
    later(20);
    await inChannel(channel('behind'), 'bulk 10024/1');

    const behind = await said(ALONE, '', { withheld: 'surely' });
    assert.match(
      behind.text,
      /\nA file was attached, but it did not reach me: attach it from your computer\.$/,
    );
    assert.match((await said(ALONE, '', sent(users('olga')))).text, /For #behind/);
  });
});
