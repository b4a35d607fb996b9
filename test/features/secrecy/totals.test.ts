import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Reply } from '../../../src/chat/reply.ts';
import { buttons, rows, shown } from '../../chat/reading.ts';
import { channel, type Speaker } from '../../support/talk.ts';
import { addOrder, OFFICE } from '../orders/stock.ts';
import { type House, openHouse } from './house.ts';

let house: House;
before(async () => {
  house = await openHouse();
  for (let number = 20101; number <= 20130; number++) {
    const changes =
      number % 2 === 0 ? ['markup change' as const] : ['increase' as const, 'markup change' as const];
    const status = number % 3 === 0 ? 'Started' : 'Completed';
    await addOrder(house.talk.db, { number, of: 'Contoso', changes, status, services: [[OFFICE, 1]] });
    await house.talk.as('nora').say(`note ${number} Noted ${number}`);
  }
});
after(() => house.talk.close());

/** The rows of all pages. */
async function everyRow(person: Speaker, command: string): Promise<{ first: Reply; all: string[][] }> {
  const first = await person.say(command);
  const all = rows(first);
  for (let page = first; buttons(page).includes('Next page'); ) {
    page = await person.press(page, 'Next page');
    all.push(...rows(page));
  }
  return { first, all };
}

const readers = () => [
  house.talk.as('carla'),
  house.talk.as('chris'),
  house.talk.as('nora', channel('totals')),
];

for (const [command, said] of [
  ['orders recent', /(\d+) orders?, recent/],
  ['orders historical', /(\d+) orders?, historical/],
  ['orders historical active', /(\d+) orders?, historical/],
  ['orders historical all 201', /(\d+) orders?, historical/],
  ['orders historical all nora', /(\d+) orders?, historical/],
  ['history', /(\d+) changes?, the latest first/],
  ['subscriptions', /(\d+) subscriptions?/],
] as const) {
  test(`the total of ${command} is what can be listed, and half of it is not there`, async () => {
    for (const reader of readers()) {
      await reader.say('use contoso');
      const { first, all } = await everyRow(reader, command);
      const text = `${first.text}\n${shown(first)}`;
      assert.equal(Number(said.exec(text)?.[1]), all.length, text);
      const found = JSON.stringify(all);
      for (let number = 20102; number <= 20130; number += 2)
        assert.ok(!found.includes(String(number)), found);
    }
  });
}

test('the units of free are those of the services that can be listed', async () => {
  for (const reader of readers()) {
    await reader.say('use contoso');
    const { first, all } = await everyRow(reader, 'free office');
    const [, free, units] = /: (\d+) of (\d+) units free/.exec(first.text) ?? [];
    const sum = (column: number) => all.reduce((total, row) => total + Number(row[column]), 0);
    assert.deepEqual([Number(units), Number(free)], [sum(1), sum(2)]);
    assert.equal(all.length, 17);
  }
});

test('who sees markup counts the orders that only change it, alone', async () => {
  const nora = house.talk.as('nora');
  await nora.say('use contoso');
  assert.equal((await everyRow(nora, 'orders historical all 201')).all.length, 20);
  assert.equal((await everyRow(house.talk.as('carla'), 'orders historical all 201')).all.length, 10);
});
