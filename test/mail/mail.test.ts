import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { NotSent, openMail } from '../../src/mail/index.ts';
import { header, openMailbox } from './server.ts';

const letter = {
  to: 'carla@contoso.example',
  subject: 'Job 7 (Contoso): 12 done',
  text: 'Job 7 (Contoso): 12 done\r\n.\r\nThe dot above ends nothing.',
  attachments: [
    { name: 'job-7-result.xlsx', contentType: 'application/x-test', bytes: new Uint8Array([1, 2, 3]) },
  ],
  key: 'job:7 mail carla@contoso.example',
};

async function openServer(refuseWith?: number) {
  const mailbox = await openMailbox(refuseWith);
  after(mailbox.close);
  return mailbox;
}

test('a letter arrives with its text, its file and a sender', async () => {
  const { received, url } = await openServer();
  const mail = openMail(`${url}?from=bot@hamaracloud.example`);
  after(() => mail.close());

  await mail.send(letter);

  const [got] = received;
  assert.deepEqual([got?.to, got?.from], [['carla@contoso.example'], 'bot@hamaracloud.example']);
  assert.match(got?.raw ?? '', /Subject: Job 7 \(Contoso\): 12 done/);
  assert.match(got?.raw ?? '', /filename=job-7-result\.xlsx/);
  assert.match(got?.raw ?? '', /The dot above ends nothing/);
});

test('a letter is signed with the name of its sender, or else the bot’s own', async () => {
  const { received, url } = await openServer();
  const mail = openMail(`${url}?from=bot@hamaracloud.example`);
  after(() => mail.close());

  await mail.send(letter);
  await mail.send({ ...letter, sender: 'HamaraCloud\r\nBcc: eve@evil.example' });

  const from = received.map((one) => header(one, 'From'));
  assert.match(from[0] ?? '', /^"?Quartermaster"? <bot@hamaracloud\.example>$/);
  assert.match(from[1] ?? '', /^"?HamaraCloud Bcc: eve@evil\.example"? <bot@hamaracloud\.example>$/);
  assert.doesNotMatch(received[1]?.raw ?? '', /^Bcc:/m);
  assert.deepEqual(received[1]?.to, ['carla@contoso.example']);
});

test('the same letter sent again is the same message to a mail program', async () => {
  const { received, url } = await openServer();
  const mail = openMail(url);
  after(() => mail.close());

  await mail.send(letter);
  await mail.send(letter);

  const ids = received.map(({ raw }) => /Message-ID: (<.+>)/i.exec(raw)?.[1]);
  assert.equal(ids[0], ids[1]);
  assert.match(ids[0] ?? '', /^<job\.7\.mail/);
});

test('a name with a line break can add no header', async () => {
  const { received, url } = await openServer();
  const mail = openMail(url);
  after(() => mail.close());

  await mail.send({ ...letter, subject: 'Hello\r\nBcc: eve@evil.example' });

  assert.deepEqual(received[0]?.to, ['carla@contoso.example']);
  assert.doesNotMatch(received[0]?.raw ?? '', /^Bcc:/m);
});

for (const [code, later] of [
  [550, false],
  [451, true],
] as const) {
  test(`a server that answers ${code} is ${later ? 'asked again later' : 'not asked again'}`, async () => {
    const { url } = await openServer(code);
    const mail = openMail(url);
    after(() => mail.close());

    await assert.rejects(mail.send(letter), (error) => error instanceof NotSent && error.later === later);
  });
}

test('a server that is not there is asked again later', async () => {
  const mail = openMail('smtp://127.0.0.1:1');
  after(() => mail.close());

  await assert.rejects(mail.send(letter), (error) => error instanceof NotSent && error.later);
});
