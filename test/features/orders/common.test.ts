import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { rows, shown } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';

const FIRST = 500_000;
const MANY = 6_600;

/** By the number of each: the newest has the largest. */
const isOften = (at: number) => at % 5 === 0;
const isAged = (at: number) => at < 1_100;

onBothEngines('a text that very many orders have', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
    await sql`
      insert into orders (number, organization_id, name, description, status, created_by,
        created_by_organization_id, created_at, currency, note)
      select ${FIRST}::int + n, c.id, 'Order', case when n % 5 = 0 then 'Often sold' else 'Other' end, 'Completed',
        'Carla Diaz', c.id, timestamptz '2020-01-01' + n * interval '1 minute', 'EUR',
        case when n < 1100 then 'Of an aged house' end
      from generate_series(0, ${MANY}::int - 1) as n, organizations c where c.name = 'Contoso'`.execute(
      talk.db,
    );
  });
  after(() => talk.close());

  const all = Array.from({ length: MANY }, (_, at) => at);
  const page = (has: (at: number) => boolean, sort: 'newest' | 'oldest', number: number) => {
    const found = all.filter(has);
    const sorted = sort === 'newest' ? found.toReversed() : found;
    return sorted.slice((number - 1) * 10, number * 10).map((at) => `HAMARACLOUD${FIRST + at}`);
  };
  for (const [text, has] of [
    ['often', isOften],
    ['aged', isAged],
  ] as const)
    for (const sort of ['newest', 'oldest'] as const)
      test(`${text}: the ${sort} come first, page after page`, async () => {
        for (const who of ['carla', 'nora'] as const) {
          const speaker = talk.as(who);
          await speaker.say('use contoso');
          let reply = await speaker.say(`orders historical ${sort} ${text}`);
          assert.match(shown(reply), /1,000/);
          for (const number of [1, 2, 3]) {
            const numbers = rows(reply).map(([first = '']) => first.split('\n')[0]);
            assert.deepEqual(numbers, page(has, sort, number), `${who} ${number}`);
            reply = await speaker.press(reply, 'Next page');
          }
        }
      });
});
