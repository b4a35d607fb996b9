import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { closeAfterEach, entriesOf, message, open, post } from './requests.ts';
import { associateCard, associatedCard } from './sample-cards.ts';
import { text } from './support.ts';

closeAfterEach();

describe('a submit', () => {
  const form = text('form', { card: associateCard() });

  async function pressed(reply: Parameters<typeof text>[1], conversation = 'personal:anna') {
    const here = await open({
      script: async (inbound, respond) => {
        await respond(inbound.kind === 'message' ? form : text('done', { card: associatedCard, ...reply }));
      },
    });
    await post(here, 'messages', message('associate', { conversation }));
    const body = {
      ...message('', { conversation }),
      entry: 2,
      verb: 'associate.apply',
      values: { email: 'a@b.example', order: 10023 },
    };
    assert.equal((await post(here, 'submits', body)).status, 200);
    return { here, body };
  }

  test('brings verb, values and message, and happens once', async () => {
    const { here, body } = await pressed({});
    await post(here, 'submits', body);
    assert.equal(here.heard.length, 2);
    const heard = here.heard[1];
    assert.ok(heard?.kind === 'submit');
    assert.deepEqual(heard.values, { email: 'a@b.example', order: 10023 });
    assert.equal(heard.verb, 'associate.apply');
    assert.equal(heard.message, '2');
  });

  test('answered instead changes the card, answered below adds one', async () => {
    const instead = await pressed({ position: 'instead' });
    const replaced = await entriesOf(instead.here, 'anna', 'personal:anna');
    assert.deepEqual(
      replaced.map((entry) => entry.text),
      ['associate', 'done'],
    );
    const below = await pressed({ position: 'below' });
    assert.equal((await entriesOf(below.here, 'anna', 'personal:anna')).length, 3);
  });

  test('answered privately in a channel leaves the card that all see', async () => {
    const { here } = await pressed({ position: 'instead', audience: 'asker' }, 'channel:contoso');
    const mine = await entriesOf(here, 'anna', 'channel:contoso');
    const theirs = await entriesOf(here, 'ravi', 'channel:contoso');
    assert.deepEqual(
      mine.map((entry) => entry.text),
      ['associate', 'form', 'done'],
    );
    assert.equal(mine[2]?.visibleTo, 'anna');
    assert.deepEqual(
      theirs.map((entry) => entry.text),
      ['associate', 'form'],
    );
  });

  test('needs a card that is there and that one sees', async () => {
    const { here, body } = await pressed({ audience: 'asker' }, 'channel:contoso');
    const again = (more: object) => post(here, 'submits', { ...body, id: randomUUID(), ...more });
    const statuses = [
      await again({ entry: 3 }),
      await again({ entry: 3, personId: 'ravi' }),
      await again({ entry: 2, conversation: 'channel:billing' }),
      await again({ entry: 1 }),
      await again({ entry: 99 }),
      await again({ entry: 'x' }),
      await again({ values: [] }),
    ].map(({ status }) => status);
    assert.deepEqual(statuses, [200, 404, 404, 404, 404, 400, 400]);
  });
});
