import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Reply } from '../../../src/chat/reply.ts';
import { openTalk, type Speaker, type Talk } from '../../support/talk.ts';
import { assertSums, buttons, canRun, isEndOf, jobOf, runButton, sheet } from './support.ts';

const SERVICES = ['10023/1', '10023/2', '10024/1'] as const;
const USERS = ['alice', 'bob', 'carol', 'dora', 'emil'].map((name) => `${name}@contoso.example`);

const service = fc.constantFrom(...SERVICES);
const user = fc.constantFrom(...USERS);
const units = fc.constantFrom(1, 1, 1, 2, 3);
const rows = fc.array(fc.tuple(user, units), { minLength: 1, maxLength: 4 });

type Step =
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'undo'; readonly back: number }
  | {
      readonly do: 'bulk';
      readonly service: string;
      readonly rows: [string, number][];
      readonly then: string;
    };

const said = (text: string): Step => ({ do: 'say', text });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(service, user, units).map(([to, who, many]) => said(`associate ${to} ${who} ${many}`)),
  fc
    .tuple(service, user, fc.option(units))
    .map(([of, who, many]) => said(`release ${of} ${who} ${many ?? ''}`)),
  fc
    .tuple(user, service, service, fc.option(units))
    .map(([who, from, to, many]) => said(`move ${who} ${from} ${to} ${many ?? ''}`)),
  fc.nat({ max: 3 }).map((back): Step => ({ do: 'undo', back })),
  fc
    .tuple(service, rows, fc.constantFrom('wait', 'go on', 'cancel'))
    .map(([to, sheetRows, then]): Step => ({ do: 'bulk', service: to, rows: sheetRows, then })),
);

let talk: Talk;
before(async () => {
  talk = await openTalk('PGlite');
});
after(() => talk.close());

test('whatever is associated, released, moved, undone and run, the counts are right', async () => {
  const carla = talk.as('carla');
  let carriedOut = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 25 }), async (steps) => {
      await takeEverythingBack();
      const changes: Reply[] = [];
      const started: number[] = [];
      for (const one of steps) {
        const job = await carryOut(carla, one, changes);
        if (job !== undefined) started.push(job);
        await assertSums(talk.db);
      }
      for (const job of started) await talk.waitForPost(isEndOf(job));
      await assertSums(talk.db);
      carriedOut += changes.length + started.length;
    }),
    { numRuns: 8, seed: 20_261_121, endOnFailure: true },
  );
  assert.ok(carriedOut > 50, `only ${carriedOut} changes were carried out`);
});

async function takeEverythingBack(): Promise<void> {
  await talk.db.deleteFrom('associations').execute();
  await talk.db.updateTable('services').set({ associated: 0, units: 10 }).execute();
}

/** Gives the job that was started. Changes that can be undone are put at the front of `changes`. */
async function carryOut(carla: Speaker, one: Step, changes: Reply[]): Promise<number | undefined> {
  switch (one.do) {
    case 'say': {
      const reply = await carla.say(one.text);
      if (buttons(reply).includes('Undo')) changes.unshift(reply);
      return undefined;
    }
    case 'undo': {
      const change = changes[one.back];
      if (change !== undefined) await carla.press(change, 'Undo');
      return undefined;
    }
    case 'bulk':
      return runBulk(carla, one);
  }
}

async function runBulk(carla: Speaker, one: Step & { do: 'bulk' }): Promise<number | undefined> {
  const preview = await carla.say(`bulk ${one.service}`, [sheet(one.rows)]);
  if (!canRun(preview)) return undefined;
  const job = jobOf(preview);
  await carla.press(preview, runButton(preview));
  if (one.then === 'cancel') await carla.say(`job ${job} cancel`);
  if (one.then === 'wait') await talk.waitForPost(isEndOf(job));
  return job;
}
