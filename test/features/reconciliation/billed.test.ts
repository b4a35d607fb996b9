import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ExpressionBuilder } from 'kysely';
import type { Tables } from '../../../src/db/index.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';

/** Of 10023/2 five units were bought with a yearly commitment, and two are used. */
onBothEngines('units that are bought and not billed', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
    await sold({ purchase_minor: 1913, renews_at: new Date('2027-09-14T09:30:00Z') });
  });
  after(() => talk.close());

  const ofOrder = (is: ExpressionBuilder<Tables, 'services' | 'subscriptions'>) =>
    is
      .selectFrom('services as s')
      .innerJoin('orders as o', 'o.id', 's.order_id')
      .select('s.id')
      .where('o.number', '=', 10023)
      .where('s.position', '=', 2);
  const buy = (units: number) =>
    talk.db.updateTable('services').set({ units }).where('id', 'in', ofOrder).execute();
  const sold = (to: {
    readonly purchase_minor?: number;
    readonly renews_at?: Date;
    readonly quantity?: number;
  }) => talk.db.updateTable('subscriptions').set(to).where('service_id', 'in', ofOrder).execute();
  const commit = (commitment: 'monthly' | 'yearly') =>
    talk.db.updateTable('products').set({ commitment }).where('name', '=', 'Office 365 E3').execute();
  const inBoth = async (who: 'carla' | 'nora' | 'priya', command: string) => {
    const reply = await talk.as(who).say(command);
    return { card: shown(reply), text: reply.text };
  };

  test('are not spoken of while both are the same', async () => {
    for (const command of [
      'order 10023',
      'services 10023',
      'service 10023/2',
      'subscription 10023/2',
      'subscriptions',
    ]) {
      const { card, text } = await inBoth('carla', command);
      assert.doesNotMatch(`${card}${text}`, /bought|billed/, command);
    }
  });

  test('are none of those that are billed and were never bought', async () => {
    await sold({ quantity: 12 });
    assert.match(
      (await inBoth('nora', 'reconcile preview')).text,
      /3 of the units that would be billed no more/,
    );
    await buy(2);
    assert.doesNotMatch((await inBoth('nora', 'reconcile preview')).text, /yearly commitment/);
    await buy(5);
    await sold({ quantity: 5 });
  });

  test('are told before a run, and after it', async () => {
    const says =
      /3 of the units that would be billed no more have a yearly commitment: the vendor is paid for them until they can be given back, at the latest at renewal\./;
    const preview = await inBoth('nora', 'reconcile preview');
    assert.match(preview.card, says);
    assert.match(preview.text, says);
    const done = await inBoth('nora', 'reconcile now');
    const said =
      /3 of the units that are billed no more have a yearly commitment: the vendor is paid for them until they can be given back, at the latest at renewal\./;
    assert.match(done.card, said);
    assert.match(done.text, said);
  });

  test('are told of a past run as they were then', async () => {
    await commit('monthly');
    await buy(4);
    const { card } = await inBoth('nora', 'reconcile 2026-11');
    assert.match(card, /3 of the units that are billed no more have a yearly commitment/);
    await buy(5);
    await commit('yearly');
  });

  test('stand side by side wherever units are shown', async () => {
    for (const command of [
      'order 10023',
      'services 10023',
      'service 10023/2',
      'subscription 10023/2',
      'subscriptions',
    ]) {
      const { card, text } = await inBoth('carla', command);
      assert.match(card, /5 bought · 2 billed/, command);
      assert.match(text, /5 bought · 2 billed/, command);
      assert.doesNotMatch(card, /2 bought/, command);
    }
    assert.match(JSON.stringify((await talk.as('carla').say('order 10023')).card), /Per month, as ordered/);
  });

  test('are explained where the subscription is shown', async () => {
    const { card, text } = await inBoth('carla', 'subscription 10023/2');
    assert.match(card, /2 of 5 units associated/);
    for (const words of [card, text]) {
      assert.match(words, /The monthly bill follows what is used when the month is reconciled\./);
      assert.match(
        words,
        /Its commitment is yearly: what all 5 units cost at the vendor goes on till it renews on 14 Sep 2027\./,
      );
    }
  });

  test('have a price at the vendor for those who may see it', async () => {
    for (const who of ['nora', 'priya'] as const)
      assert.match((await inBoth(who, 'subscription 10023/2')).card, /Bought, not billed: €57\.39 per month/);
    assert.doesNotMatch((await inBoth('carla', 'subscription 10023/2')).card, /57\.39|Bought, not billed:/);
  });

  test('of a month can be given back at any time', async () => {
    await commit('monthly');
    const { card } = await inBoth('carla', 'subscription 10023/2');
    assert.match(card, /The monthly bill follows what is used when the month is reconciled\./);
    assert.match(card, /At the vendor all 5 units stay bought until some are given back\./);
    assert.doesNotMatch(card, /goes on till/);
    await commit('yearly');
  });
});
