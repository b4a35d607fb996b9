import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { placeBook } from '../../../src/bot/index.ts';
import type { Place } from '../../../src/chat/place.ts';
import { placeNewsOf } from '../../../src/features/notices/deliveries/news.ts';
import { postTo } from '../../../src/features/notices/notify.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { rows, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel } from '../../support/talk.ts';

onBothEngines('what a platform tells of its places', (engine) => {
  let talk: CalmTalk;
  let count = 0;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());
  afterEach(async () => {
    for (const table of ['deliveries', 'destinations', 'notice_channels', 'watches'] as const)
      await talk.db.deleteFrom(table).execute();
  });

  const news = () => placeNewsOf(() => talk.ctx(), 'test');
  const inTeam = (name: string, team = 'team:sales'): Place => ({ ...channel(name), within: team });
  const bind = (place: Place) => talk.as('priya', place).say('notify here jobs');
  /** Stores a notice for a place; gives its text. */
  async function tell(place: Place, secret = false): Promise<string> {
    count += 1;
    const text = `Notice ${count}`;
    const reply = { text, audience: 'everyone', position: 'below' } as const;
    await postTo(talk.ctx(), { kind: 'jobs', key: text, place, reply, secret });
    return text;
  }
  const posted = (text: string) => talk.waitForPost(({ reply }) => reply.text === text);
  async function lost(): Promise<string[]> {
    const found = await talk.db
      .selectFrom('destinations')
      .select('conversation')
      .where('dead_since', 'is not', null)
      .orderBy('conversation')
      .execute();
    return found.map(({ conversation }) => conversation);
  }

  test('ends posts to all that is in a team, and to nothing else', async () => {
    await bind(inTeam('orders'));
    await bind(inTeam('jobs'));
    await bind(inTeam('else', 'team:else'));
    await bind(channel('alone'));
    // Nothing is posted here: nobody need hear that it is lost.
    await talk.as('priya', inTeam('silent')).say('help');

    await news().lost({ within: 'team:sales' }, 'The team was deleted.');
    await placeNewsOf(() => talk.ctx(), 'elsewhere').lost({ within: 'team:else' }, 'The team was deleted.');

    assert.deepEqual(await lost(), ['channel:jobs', 'channel:orders']);
    const deliveries = await talk.as('priya').say('deliveries');
    assert.match(deliveries.text, /Nothing gets through to #orders \(The team was deleted\.\); 0 wait\./);
    const list = await talk.as('priya').say('notify list');
    const places = rows(list).map(([place]) => place);
    assert.ok(places.includes('#orders\nTest · out of reach'), places.join('; '));
    assert.ok(places.includes('#else\nTest'));
  });

  test('ends posts to the place itself, and to the first channel of a team', async () => {
    const first = { ...channel('first-b'), conversation: 'team:b' };
    await bind(first);
    await bind(inTeam('orders-b', 'team:b'));
    await bind(channel('chat-b'));

    await news().lost({ conversation: 'channel:chat-b' }, 'The bot was removed from the chat.');
    assert.deepEqual(await lost(), ['channel:chat-b']);
    await news().lost({ within: 'team:b' }, 'The bot was removed from the team.');
    assert.deepEqual(await lost(), ['channel:chat-b', 'channel:orders-b', 'team:b']);
  });

  test('keeps what waits until the bot is there again, but for secrets', async () => {
    await bind(inTeam('orders-c', 'team:c'));
    await talk.db
      .insertInto('places')
      .values(stored(inTeam('letters-c', 'team:c')))
      .execute();
    await talk.db
      .insertInto('deliveries')
      .values(waiting(inTeam('letters-c', 'team:c'), 'Password: x', true))
      .execute();

    await news().lost({ within: 'team:c' }, 'The bot was removed from the team.');
    const first = await tell(inTeam('orders-c', 'team:c'));
    const second = await tell(inTeam('orders-c', 'team:c'));
    const elsewhere = await tell(channel('alone'));
    await posted(elsewhere);
    assert.ok(!talk.posts.some(({ reply: { text } }) => text === first));

    await news().found({ within: 'team:else' });
    assert.deepEqual(await lost(), ['channel:letters-c', 'channel:orders-c']);
    await news().found({ within: 'team:c' });
    await posted(second);
    const texts = talk.posts.map(({ reply: { text } }) => text);
    assert.ok(texts.indexOf(first) !== -1 && texts.indexOf(first) < texts.indexOf(second));
    assert.ok(!texts.includes('Password: x'));
    assert.deepEqual(await lost(), []);
  });

  test('that is told twice, or of places nobody knows, is told once, or of nothing', async () => {
    await bind(inTeam('orders-d', 'team:d'));
    await news().lost({ within: 'team:d' }, 'The team is archived.');
    await news().lost({ within: 'team:d' }, 'The team was deleted.');
    await news().lost({ within: 'team:nowhere' }, 'The team was deleted.');
    const deliveries = await talk.as('priya').say('deliveries');
    assert.match(deliveries.text, /#orders-d \(The team is archived\.\)/);
    await news().found({ within: 'team:d' });
    await news().found({ within: 'team:d' });
    assert.deepEqual(await lost(), []);
  });

  test('that they are called otherwise is seen wherever they are listed', async () => {
    const remember = placeBook(talk.db, () => new Date());
    await bind(inTeam('orders-e', 'team:e'));
    await talk.as('priya', inTeam('orders-e', 'team:e')).say('watch 10024/1 below 5');
    const [known] = await news().known('team:e');
    assert.equal(known?.name, '#orders-e');

    await remember({ ...inTeam('orders-e', 'team:e'), name: 'Sales › Purchases' });
    // Later the platform does not say how it is called.
    await remember({ ...inTeam('orders-e', 'team:e'), name: '' });

    assert.equal((await news().known('team:e'))[0]?.name, 'Sales › Purchases');
    assert.match(shown(await talk.as('priya').say('notify list')), /Sales › Purchases/);
    assert.match(shown(await talk.as('priya').say('watch list')), /Sales › Purchases/);
    await news().lost({ within: 'team:e' }, 'The team was deleted.');
    await remember({ ...inTeam('orders-e', 'team:e'), name: 'Sales › Orders' });
    assert.match((await talk.as('priya').say('deliveries')).text, /gets through to Sales › Orders \(/);
  });

  test('is where a post goes that was stored before', async () => {
    const remember = placeBook(talk.db, () => new Date());
    await bind(inTeam('orders-f', 'team:f'));
    await news().lost({ within: 'team:f' }, 'The bot was removed from the team.');
    const text = await tell(inTeam('orders-f', 'team:f'));
    await remember({ ...inTeam('orders-f', 'team:f'), address: { serviceUrl: 'https://new.example' } });
    await news().found({ within: 'team:f' });
    assert.deepEqual((await posted(text)).place.address, { serviceUrl: 'https://new.example' });
  });

  const stored = (place: Place) => ({
    platform: place.platform,
    conversation: place.conversation,
    place: JSON.stringify(place),
  });
  const waiting = (place: Place, text: string, secret: boolean) => ({
    ...stored(place),
    key: text,
    kind: 'letters',
    reply: JSON.stringify({ text, audience: 'everyone', position: 'below' }),
    state: 'waiting' as const,
    secret,
    error: null,
    created_at: new Date('2026-11-21T12:00:00Z'),
    sent_at: null,
  });
});
