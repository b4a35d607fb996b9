import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardIn } from './connector.ts';
import { type Attachment, BYTES, CONSENT, done, openOffers, result, retry } from './offers.ts';
import { inChannel, pressed } from './talk.ts';

test('in a personal chat each file is asked about by a card of its own', async (t) => {
  const at = await openOffers(t);
  at.talk.bot((_, respond) => respond(done(result, retry)));

  await at.talk.send({ text: 'job 7 report' });

  const [message, ...asking] = at.talk.connector.messages();
  assert.equal(message?.body.text, 'Job 7 is done.\nAll of it.');
  assert.deepEqual(
    asking.map(({ body }) => (body.attachments as Attachment[]).length),
    [1, 1],
  );
  assert.deepEqual(
    at.cards().map(({ name, content }) => [name, content.description, content.sizeInBytes]),
    [
      ['job-7-result.xlsx', 'Job 7 is done.', BYTES.length],
      ['job-7-retry.xlsx', 'Job 7 is done.', BYTES.length],
    ],
  );
});

test('a notice to a personal chat asks as well; drawn anew, it links', async (t) => {
  const at = await openOffers(t);
  await at.talk.send({ text: 'orders' });
  const place = at.talk.heard[0]?.place;
  assert.ok(place);

  const sent = await at.talk.teams.edge.post(place, done(result), 'k');
  assert.equal(sent.messages, 2, 'the message and the card that asks');
  await at.talk.teams.edge.update(sent, done(result));

  assert.equal(at.cards().length, 1);
  assert.match(String(at.texts().at(-1)), /job-7-result\.xlsx: https:\/\/bot\.example\/files\/f1\//);
});

test('an answer in place of a card, and one for the asker of a channel, ask as well', async (t) => {
  const at = await openOffers(t);
  at.talk.bot((_, respond) => respond({ ...done(result), position: 'instead' }));
  await at.talk.send(pressed('report', {}));
  at.talk.bot((_, respond) => respond({ ...done(retry), audience: 'asker' }));
  await at.talk.send({ ...inChannel, text: 'job 7 report' });

  const asking = at.talk.connector.messages().filter(({ body }) => JSON.stringify(body).includes(CONSENT));
  assert.deepEqual(
    asking.map(({ path }) => path),
    ['/v3/conversations/a:alice-and-bot/activities', '/v3/conversations/a:with-29:alice/activities'],
  );
});

test('where others read a file is a link', async (t) => {
  const at = await openOffers(t);
  at.talk.bot((_, respond) => respond(done(result)));

  await at.talk.send({ ...inChannel, text: 'job 7' });

  assert.deepEqual(at.cards(), []);
  assert.match(String(at.texts()[0]), /job-7-result\.xlsx: https:\/\/bot\.example\/files\/f1\//);
});

test('a bot that does not know its own address says so', async (t) => {
  const at = await openOffers(t, { fileUrl: () => undefined });
  const card = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [],
  } as const;
  for (const more of [{}, { card }]) {
    at.talk.bot((_, respond) => respond({ ...done(result), ...more }));
    await at.talk.send({ ...inChannel, text: 'job 7' });
  }

  const sentence =
    "I can't link to job-7-result.xlsx: nobody told me my own address (PUBLIC_URL). Say “job 7 report” in a chat with me alone to get the file itself.";
  const [text, withCard] = at.talk.connector.messages();
  assert.equal(text?.body.text, `Job 7 is done.\nAll of it.\n${sentence}`);
  const shown = withCard && (cardIn(withCard)?.body as unknown);
  assert.deepEqual(shown, [{ type: 'TextBlock', text: sentence, wrap: true }]);
});

test('a file that can not be offered is linked to, and the message not sent again', async (t) => {
  const at = await openOffers(t);
  at.talk.connector.fail(({ body }) => JSON.stringify(body).includes(CONSENT), { status: 400 });
  at.talk.bot((_, respond) => respond(done(result, { id: 'f3', name: 'old.xlsx' })));

  await at.talk.send({ text: 'job 7 report' });

  assert.deepEqual(
    at.texts().map((text) => String(text).split('\n')[0]),
    [
      'Job 7 is done.',
      'job-7-result.xlsx',
      'I could not offer job-7-result.xlsx for your OneDrive.',
      'old.xlsx is no longer kept.',
    ],
  );
  assert.match(String(at.texts()[2]), /\njob-7-result\.xlsx: https:\/\/bot\.example\/files\/f1\//);
  assert.equal(at.talk.sent.length, 1);
});
