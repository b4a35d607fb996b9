import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Attachment, Unreadable } from '../../../src/chat/inbound.ts';
import {
  closeAfterEach,
  entriesOf,
  heardMessage,
  JSON_TYPE,
  message,
  open,
  post,
  raw,
  upload,
} from './requests.ts';
import type { Stage } from './support.ts';

closeAfterEach();

describe('a message', () => {
  test('reaches the bot from the persona that the server knows', async () => {
    const claims = { name: 'Mallory', email: 'mallory@evil.example' };
    const heard = await heardMessage({}, 'order 10023', claims);
    assert.equal(heard.text, 'order 10023');
    assert.equal(heard.person.name, 'Anna Berg');
    assert.equal(heard.person.email, 'anna@example.test');
    assert.deepEqual(heard.place, {
      platform: 'console',
      conversation: 'personal:anna',
      kind: 'personal',
      name: 'Anna Berg',
    });
  });

  test('in a channel loses the mention of the bot, and a persona becomes her address', async () => {
    const place = { conversation: 'channel:operations' };
    const heard = await heardMessage({}, '@Quartermaster release 10023/1 @Alice Adams 2', place);
    assert.equal(heard.text, 'release 10023/1 alice@example.test 2');
    assert.equal(heard.place.name, '#operations');
  });

  test('of a stranger has no address', async () => {
    const place = { personId: 'stranger', conversation: 'personal:stranger' };
    const { person } = await heardMessage({}, 'hello', place);
    assert.deepEqual(person, { platform: 'console', id: 'stranger', name: 'Sam Stranger' });
  });

  test('sent again with the same id happens once', async () => {
    const here = await open();
    const body = message('jobs');
    const answers = await Promise.all([post(here, 'messages', body), post(here, 'messages', body)]);
    answers.push(await post(here, 'messages', body));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    assert.equal(here.heard.length, 1);
    assert.deepEqual(
      (await entriesOf(here, 'anna', 'personal:anna')).map((entry) => entry.text),
      ['jobs', 'heard jobs'],
    );
  });

  test('that makes no sense is refused with a sentence', async () => {
    const here = await open();
    const refused = [
      [message('x', { personId: 'nobody' }), 404],
      [message('x', { conversation: 'personal:ravi' }), 404],
      [message('x', { conversation: 'channel:secret' }), 404],
      [message('x', { id: '7' }), 400],
      [message('  '), 400],
      [message('x'.repeat(10_001)), 400],
      [message('x', { attachments: ['nothing'] }), 410],
      [message('x', { attachments: 'file' }), 400],
      [{}, 400],
    ] as const;
    for (const [body, status] of refused) {
      const answer = await post(here, 'messages', body);
      assert.equal(answer.status, status, answer.body);
      assert.ok(JSON.parse(answer.body).error.length > 10);
    }
    assert.equal((await raw(`${here.url}/console/messages`, 'POST', JSON_TYPE, '[')).status, 400);
    assert.equal((await post(here, 'messages', message('x'.repeat(300_000)))).status, 413);
    assert.equal(here.heard.length, 0);
  });
});

describe('an attachment', () => {
  async function attached(here: Stage, name: string, bytes: Buffer): Promise<Attachment> {
    const { status, body } = await upload(here, name, bytes);
    assert.equal(status, 201);
    const { id } = JSON.parse(body) as { id: string };
    assert.equal((await post(here, 'messages', message('', { attachments: [id] }))).status, 200);
    const [heard] = here.heard;
    assert.ok(heard?.kind === 'message');
    const [attachment] = heard.attachments;
    assert.ok(attachment);
    return attachment;
  }

  test('comes with its name and bytes', async () => {
    const here = await open();
    const { name, read } = await attached(here, '../../år 2026; "users".csv', Buffer.from('a;b'));
    assert.equal(name, 'år 2026; "users".csv');
    assert.equal(Buffer.from(await read(100)).toString(), 'a;b');
    await assert.rejects(read(2), Unreadable);
  });

  test('is taken once', async () => {
    const here = await open();
    const { id } = JSON.parse((await upload(here, 'a.csv', Buffer.from('x'))).body);
    assert.equal((await post(here, 'messages', message('', { attachments: [id] }))).status, 200);
    assert.equal((await post(here, 'messages', message('', { attachments: [id] }))).status, 410);
  });

  test('of more than 30 MB is refused, announced or not', async () => {
    const here = await open();
    const announced = await upload(here, 'big.xlsx', Buffer.alloc(31 * 1024 * 1024));
    assert.equal(announced.status, 413);
    assert.match(announced.body, /big\.xlsx has 31 MB; a file may have at most 30 MB\./);
    const chunked = await upload(here, 'big.xlsx', Buffer.alloc(31 * 1024 * 1024), {
      'transfer-encoding': 'chunked',
    });
    assert.equal(chunked.status, 413);
  });
});
