import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openPostbox } from '../../../src/edges.ts';
import { header, type Mailbox, openMailbox, textOf } from '../../mail/server.ts';
import { openTalk, type Talk } from '../../support/talk.ts';
import { addWaiting } from './support.ts';

describe('who may approve', () => {
  let mailbox: Mailbox;
  let talk: Talk;
  let close: () => Promise<void>;
  before(async () => {
    mailbox = await openMailbox();
    talk = await openTalk('PGlite', undefined, undefined, async (openFile) => {
      const { edge, stop } = await openPostbox(mailbox.url, { openFile });
      close = stop;
      return edge;
    });
  });
  after(async () => {
    await talk.close();
    await close();
    await mailbox.close();
  });

  test('gets a letter: the admins of the reseller, for its customers', async () => {
    const order = await addWaiting(talk);
    const letter = await mailbox.waitFor(({ to }) => to.includes('nora@northwind.example'));
    assert.equal(
      header(letter, 'Subject'),
      `Order HAMARACLOUD${order.word} of Contoso waits for your approval`,
    );
    const text = textOf(letter);
    assert.match(text, /^Dear Nora Lindgren,\n\nCarla Diaz asks for order/);
    assert.match(text, /\n5 × Office 365 E3\n2 × Webex Suite\n\nTotal per month: €142\.50\n/);
    assert.match(text, new RegExp(`write to Quartermaster: approve ${order.word}\\n`));
    assert.doesNotMatch(text, /120|margin/i);
  });

  test('is the provider, for its own customers; who asked gets none', async () => {
    await addWaiting(talk, { of: 'Fabrikam', by: 'arjun' });
    await mailbox.waitFor(({ to }) => to.includes('priya@hamaracloud.example'));
    const rows = await talk.db
      .selectFrom('deliveries')
      .select('conversation')
      .where('kind', '=', 'letters')
      .orderBy('id')
      .execute();
    assert.deepEqual(
      rows.map(({ conversation }) => conversation),
      ['nora@northwind.example', 'priya@hamaracloud.example'],
    );
  });
});
