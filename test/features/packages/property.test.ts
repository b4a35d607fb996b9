import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import {
  associate,
  at,
  CALLING,
  FULL,
  MEETINGS,
  OFFICE,
  openWingtip,
  outcomes,
  SUITE,
  type Wingtip,
} from './support.ts';

const truth = fc.constantFrom('TRUE', 'FALSE', 'FALSE', '', '');
const user = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h').map(at);
const row = fc
  .tuple(
    user,
    fc.oneof(
      fc.tuple(truth, truth, truth),
      fc.constantFrom(['TRUE', 'FALSE', 'FALSE'], ['FALSE', 'TRUE', 'FALSE'], ['FALSE', 'FALSE', 'TRUE']),
      fc.constant(['FALSE', 'FALSE', 'FALSE']),
    ),
    fc.tuple(truth, truth),
    fc.constantFrom(['', '', '', ''], ['Ann', '+46812345678', '', 'Oslo'], ['', '', '47', 'Bergen']),
    fc.constantFrom('', 'w.webex.com'),
  )
  .map(([who, packages, licences, details, site]) => [who, ...packages, ...licences, ...details, site]);
const sheet = fc.record({
  rows: fc.uniqueArray(row, { minLength: 1, maxLength: 8, selector: ([who]) => who }),
  option: fc.constantFrom('add-and-remove', 'add-and-remove', 'add-only'),
  batch: fc.integer({ min: 1, max: 4 }),
});
const given = fc.record({
  who: fc.constantFrom('a', 'b', 'c'),
  ref: fc.constantFrom(SUITE, CALLING, MEETINGS, OFFICE),
});

let wingtip: Wingtip;
before(async () => {
  wingtip = await openWingtip('PGlite');
});
after(() => wingtip.close());

test('whatever sheets say: the counts are right, a sheet twice does nothing, and taken back it leaves no trace', async () => {
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(given, { maxLength: 3, selector: ({ who }) => who }),
      fc.array(sheet, { minLength: 1, maxLength: 4 }),
      async (before, sheets) => {
        await wingtip.reset();
        for (const { who, ref } of before) await associate(wingtip, who, ref);
        for (const { rows, option, batch } of sheets) {
          const { needs } = await wingtip.plan([FULL, ...rows], option);
          if (needs.some(({ units, free }) => units > free)) continue;
          const then = await everything(wingtip);
          const ran = await wingtip.run([FULL, ...rows], option, batch);
          assert.deepEqual(
            outcomes(ran.results).filter((line) => line.includes('failed')),
            [],
          );
          const again = await wingtip.run([FULL, ...rows], option, batch);
          assert.deepEqual(
            outcomes(again.results).filter((line) => !line.includes('skipped')),
            [],
          );
          const now = await everything(wingtip);
          assert.deepEqual(
            outcomes(await wingtip.takeBack(ran)).filter((line) => line.includes('failed')),
            [],
          );
          assert.deepEqual(await everything(wingtip), then);
          await wingtip.run([FULL, ...rows], option, batch);
          assert.deepEqual(await everything(wingtip), now);
          changed += ran.results.filter(({ status }) => status === 'done').length;
        }
      },
    ),
    { numRuns: 8, seed: 20_261_121, endOnFailure: true },
  );
  assert.ok(changed > 25, `only ${changed} rows changed anything`);
});

/** All users with all that they have, and what is free. */
async function everything({ free, user }: Wingtip): Promise<string[]> {
  const lines = await Promise.all([...'abcdefgh'].map(user));
  return [...lines, await free()];
}
