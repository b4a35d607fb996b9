/** The app where people write, and at what they wrote. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Found, Lookups, Wanted } from '../../../src/chat/edge.ts';
import { cardIn } from './connector.ts';
import { dialogIn, handedIn, openDialogs, readIn } from './dialog.ts';
import { ALICE, inChannel, openTalk, pressed, reply, TENANT } from './talk.ts';

const card: Found['card'] = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'Order *10023*', wrap: true }],
  actions: [{ type: 'Action.Execute', title: 'Order', verb: 'say', data: { text: 'order 10023' } }],
  refresh: { verb: 'look', data: {} },
};
const order: Found = { title: '10023 · <b>Contoso</b>', detail: 'Completed &amp; done.', card };

/** What is found; whoever looks it up is noted. */
function lookups(found: Awaited<ReturnType<Lookups['find']>>) {
  const wanted: Wanted[] = [];
  const linked: Parameters<Lookups['ofLink']>[0][] = [];
  const ports: Lookups = {
    find: async (one) => {
      wanted.push(one);
      return found;
    },
    ofLink: async (one) => {
      linked.push(one);
      return typeof found === 'string' ? undefined : found[0];
    },
  };
  return { wanted, linked, lookups: ports };
}

/** Source: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search */
const query = (commandId: string, words: string, queryOptions = { skip: 0, count: 25 }) => ({
  type: 'invoke',
  name: 'composeExtension/query',
  value: { commandId, parameters: [{ name: 'words', value: words }], queryOptions },
});

type Result = {
  readonly type: string;
  readonly text?: string;
  readonly suggestedActions?: unknown;
  readonly attachments?: readonly {
    readonly contentType: string;
    readonly content: Readonly<Record<string, unknown>> & { actions: { data: object }[] };
    readonly preview: { readonly contentType: string; readonly content: { title: string; text: string } };
  }[];
};
const resultOf = ({ body }: { readonly body: unknown }) =>
  (body as { composeExtension: Result }).composeExtension;

describe('a search where people write', () => {
  test('is done for the person, in the place, for what others read', async (t) => {
    const { wanted, lookups: ports } = lookups([order]);
    const talk = await openTalk(t, { lookups: ports });

    await talk.send({ ...inChannel, ...query('services', '10023/1', { skip: 25, count: 500 }) });
    await talk.send(query('users', 'alice'));

    const [first, second] = wanted;
    assert.deepEqual([first?.topic, first?.words, first?.skip, first?.most], ['services', '10023/1', 25, 25]);
    assert.equal(first?.person.email, 'alice@contoso.example');
    assert.deepEqual([first?.place.kind, first?.place.conversation], ['channel', '19:orders@thread.tacv2']);
    // A message may be sent on from everywhere.
    assert.equal(second?.place.kind, 'group');
  });

  test('lists each with a line, and the card for the message, whose buttons say where they are', async (t) => {
    const talk = await openTalk(t, lookups([order]));

    const { type, attachments = [] } = resultOf(await talk.send(query('orders', '')));

    assert.equal(type, 'result');
    const [shown, ...more] = attachments;
    assert.equal(more.length, 0);
    assert.equal(shown?.contentType, 'application/vnd.microsoft.card.adaptive');
    assert.equal(shown?.preview.contentType, 'application/vnd.microsoft.card.thumbnail');
    assert.deepEqual(shown?.preview.content, {
      title: '10023 · ‹b›Contoso‹/b›',
      text: 'Completed &\u200bamp; done.',
    });
    assert.match(JSON.stringify(shown?.content.body), /Order \\\\\*10023\\\\\*/);
    assert.equal(shown?.content.refresh, undefined);
    assert.deepEqual(
      shown?.content.actions.map(({ data }) => data),
      [{ text: 'order 10023', 'shown.by': true }],
    );
  });

  for (const [what, found, said] of [
    ['nothing', [], /No order that you may show here/],
    ['nobody known', 'stranger', /I do not know you yet/],
    ['no way to look it up', 'failed', /could not look that up/],
  ] as const) {
    test(`says it where there is ${what}`, async (t) => {
      const talk = await openTalk(t, lookups(found));
      const { type, text = '' } = resultOf(await talk.send(query('orders', 'x')));
      assert.equal(type, 'message');
      assert.match(text, said);
    });
  }

  test('that is none, or finds nobody home, or takes too long, is answered all the same', async (t) => {
    const { lookups: ports } = lookups([order]);
    const unknown = await openTalk(t, { lookups: ports });
    assert.match(resultOf(await unknown.send(query('prices', 'x'))).text ?? '', /this search any more/);
    assert.match(resultOf(await unknown.send({ ...query('orders', ''), value: 3 })).text ?? '', /any more/);

    const slow = { ...ports, find: () => new Promise<never>(() => undefined) };
    const late = await openTalk(t, { lookups: slow, timing: { searchWithinMs: 1 } });
    assert.match(resultOf(await late.send(query('orders', 'x'))).text ?? '', /took too long/);

    const isMember = ({ path }: { path: string }) => path.includes('/members/');
    unknown.connector.fail(isMember, { status: 500 });
    assert.match(resultOf(await unknown.send(query('orders', 'x'))).text ?? '', /could not look that up/);
  });

  test('says nothing in the place of what was found before, further down the list', async (t) => {
    for (const found of [[], 'stranger', 'failed'] as const) {
      const talk = await openTalk(t, lookups(found));
      const further = await talk.send(query('orders', 'x', { skip: 25, count: 25 }));
      const { type, attachments, text } = resultOf(further);
      assert.deepEqual([type, attachments, text], ['result', [], undefined]);
    }
    const slow = { ...lookups([]).lookups, find: () => new Promise<never>(() => undefined) };
    const late = await openTalk(t, { lookups: slow, timing: { searchWithinMs: 1 } });
    const further = await late.send(query('orders', 'x', { skip: 25, count: 25 }));
    assert.deepEqual(resultOf(further).attachments, []);
  });

  test('where the bot is not: who it is, is asked of the personal chat', async (t) => {
    const { wanted, lookups: ports } = lookups([order]);
    const talk = await openTalk(t, { lookups: ports });
    const isMember = ({ path }: { path: string }) => path.includes('/members/');
    talk.connector.fail(isMember, { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } });
    const group = { id: '19:people@thread.v2', conversationType: 'groupChat', isGroup: true };

    await talk.send({ ...query('orders', ''), conversation: group, from: ALICE });
    await talk.send({ ...query('orders', ''), conversation: undefined });

    assert.equal(wanted[0]?.person.email, 'alice@contoso.example');
    const asked = talk.connector.calls.filter(isMember).map(({ path }) => path);
    assert.deepEqual(asked[1], '/v3/conversations/a:with-29:alice/members/29:alice');
    assert.equal(wanted[1]?.place.kind, 'group');
  });
});

describe('a link to the bot’s own pages', () => {
  const link = (url: string) => ({ type: 'invoke', name: 'composeExtension/queryLink', value: { url } });

  test('is shown as its card, in a version that links are shown in, and not kept for other places', async (t) => {
    const { linked, lookups: ports } = lookups([order]);
    const talk = await openTalk(t, { lookups: ports });

    const { attachments = [], suggestedActions } = resultOf(
      await talk.send({ ...inChannel, ...link('https://bot.example/api/v1/orders/10023') }),
    );

    assert.deepEqual(
      [linked[0]?.url, linked[0]?.place.kind],
      ['https://bot.example/api/v1/orders/10023', 'channel'],
    );
    assert.equal(attachments[0]?.content.version, '1.3');
    assert.ok(attachments[0]?.preview);
    assert.deepEqual(suggestedActions, {
      actions: [{ type: 'setCachePolicy', value: '{"type":"no-cache"}' }],
    });
  });

  test('stays a link where there is nothing to show', async (t) => {
    const talk = await openTalk(t, lookups([]));
    assert.deepEqual(resultOf(await talk.send(link('https://bot.example/x'))).attachments, []);
    assert.deepEqual(resultOf(await talk.send({ ...link(''), value: null })).attachments, []);
  });

  test('in what looks like the bot’s own chat counts as such only if it is', async (t) => {
    const { linked, lookups: ports } = lookups([order]);
    const talk = await openTalk(t, { lookups: ports });
    await talk.send(link('https://bot.example/x'));
    assert.equal(linked[0]?.place.kind, 'group');
    const own = { id: 'a:with-29:alice', conversationType: 'personal', tenantId: TENANT };
    await talk.send({ ...link('https://bot.example/x'), conversation: own });
    assert.equal(linked[1]?.place.kind, 'personal');
  });
});

/** Source: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module */
const atMessage = (messagePayload: object, commandId = 'find_named') => ({
  type: 'invoke',
  id: 'f:at-message',
  name: 'composeExtension/fetchTask',
  value: { commandId, commandContext: 'message', messagePayload, context: { theme: 'default' } },
});

describe('looking up what a message names', () => {
  const said = {
    id: '1611060744833',
    body: { contentType: 'html', content: '<div>See <b>10023</b> &amp; HAMARACLOUD10024</div>' },
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: JSON.stringify({ body: [{ type: 'TextBlock', text: 'Order 10025' }] }),
        name: 'evil 10026',
      },
    ],
  };

  test('gives the bot all that can be read in it, in the words people see', async (t) => {
    const talk = await openDialogs(t);
    talk.bot((_, respond) => respond(reply({ card, audience: 'asker' })));

    await talk.send({ ...inChannel, ...atMessage(said) });

    const [inbound] = talk.heard;
    assert.ok(inbound?.kind === 'submit');
    assert.equal(inbound.verb, 'home.named');
    assert.match(String(inbound.values.text), /10023\s+& HAMARACLOUD10024/);
    assert.match(String(inbound.values.text), /Order 10025/);
    assert.doesNotMatch(String(inbound.values.text), /<|div|evil/);
    assert.deepEqual([inbound.place.kind, inbound.alone, inbound.message], ['channel', true, undefined]);
  });

  test('takes no message for a card, whatever it looks like', async (t) => {
    const talk = await openDialogs(t);
    talk.bot((_, respond) => respond(reply({ card, audience: 'asker' })));
    const content = '[10023, {"text":"10024"}]';

    await talk.send(atMessage({ body: { contentType: 'text', content } }));
    await talk.send(
      atMessage({ attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content }] }),
    );

    const texts = talk.heard.map((inbound) => inbound.kind === 'submit' && inbound.values.text);
    assert.deepEqual(texts, [content, '10024']);
  });

  test('shows the answer in the dialog, also what would be for everybody, and goes on there', async (t) => {
    const talk = await openDialogs(t);
    talk.bot((_, respond) => respond(reply({ card })));

    const shown = await talk.send({ ...inChannel, ...atMessage(said) });

    assert.match(readIn(shown), /10023/);
    talk.bot((_, respond) => respond(reply({ card: { ...card, actions: [] } })));
    const press = { ...handedIn(shown, 'Order'), name: 'composeExtension/submitAction' };
    const next = await talk.send({ ...inChannel, ...press });
    assert.match(readIn(next), /10023/);
    assert.deepEqual(talk.connector.messages(), []);
    const inbound = talk.heard.at(-1);
    assert.deepEqual(inbound?.kind === 'submit' && [inbound.verb, inbound.values], [
      'say',
      { text: 'order 10023' },
    ]);
  });

  test('has what no dialog shows sent to the person alone, and says so', async (t) => {
    const talk = await openDialogs(t);
    talk.bot((_, respond) => respond(reply({ card, track: 'job:7' })));

    const answer = await talk.send({ ...inChannel, ...atMessage(said) });

    assert.match(readIn(answer), /sent you the answer privately/);
    const [posted, ...more] = talk.connector.messages();
    assert.equal(posted?.path, '/v3/conversations/a:with-29:alice/activities');
    assert.ok(posted && cardIn(posted));
    assert.equal(more.length, 0);
  });

  test('by a command that is none does nothing', async (t) => {
    const talk = await openDialogs(t);
    assert.match(readIn(await talk.send(atMessage(said, 'buy_all'))), /do not know this form/);
    assert.equal(talk.heard.length, 0);
  });

  test('in a message without anything, or with too much of it, is asked all the same', async (t) => {
    const talk = await openDialogs(t);
    talk.bot((_, respond) => respond(reply({ card, audience: 'asker' })));
    let deep: unknown = { text: 'deep 10027' };
    for (let depth = 0; depth < 1_000; depth++) deep = [deep];

    for (const payload of [
      {},
      { body: null },
      { attachments: deep },
      { body: { content: '9'.repeat(90_000) } },
    ]) {
      assert.ok(dialogIn(await talk.send(atMessage(payload))));
    }
    for (const inbound of talk.heard) {
      assert.ok(inbound.kind === 'submit' && String(inbound.values.text).length <= 40_000);
    }
  });
});

describe('a card that somebody put into a message', () => {
  test('has buttons that the bot hears, without the word that says where they stand', async (t) => {
    const talk = await openTalk(t);

    await talk.send({ ...inChannel, ...pressed('say', { text: 'order 10023', 'shown.by': true }) });
    const old = { verb: 'say', text: 'order 10023', 'shown.by': true };
    await talk.send({
      ...inChannel,
      type: 'invoke',
      name: 'composeExtension/onCardButtonClicked',
      value: old,
    });

    for (const inbound of talk.heard) {
      assert.deepEqual(inbound.kind === 'submit' && [inbound.verb, inbound.values], [
        'say',
        { text: 'order 10023' },
      ]);
    }
    assert.equal(talk.heard.length, 2);
  });

  test('is in a chat of people, however it looks, unless that is the bot’s own with them', async (t) => {
    const talk = await openTalk(t);
    const press = pressed('say', { text: 'order 10023', 'shown.by': true });

    await talk.send(press);
    await talk.send({ ...press, conversation: { id: 'a:with-29:alice', conversationType: 'personal' } });
    await talk.send({
      ...press,
      conversation: { id: '19:a_b@unq.gbl.spaces', conversationType: 'personal' },
    });

    const people = { id: '19:a_b@unq.gbl.spaces', conversationType: 'personal' };
    await talk.send({ ...pressed('say', { text: 'order 10023' }), conversation: people });

    assert.deepEqual(
      talk.heard.map(({ place }) => place.kind),
      ['group', 'personal', 'group', 'group'],
    );
  });
});
