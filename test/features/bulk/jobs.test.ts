import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Talk } from '../../support/talk.ts';
import { addFabrikam, jobOf, runButton, runData, runSheet, sheet, users } from './support.ts';

onBothEngines('the list of jobs', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
    await addFabrikam(talk);
  });
  after(() => talk.close());

  test('holds previews and jobs that ended, the latest first, and no cancelled previews', async () => {
    const carla = talk.as('carla');
    await runSheet(talk, carla, '10024/1', sheet(users(2), 'first.csv'));
    const second = await carla.say('bulk 10024/1', [sheet(users(1), 'second.csv')]);
    const third = await carla.say('bulk 10024/1', [sheet(users(3), 'third.csv')]);
    await carla.press(third, 'Cancel');

    const lines = (await carla.say('jobs')).text.split('\n').slice(1);

    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', new RegExp(`Job ${jobOf(second)}: .*10024/1.*\\(previewed\\)`));
    assert.match(lines[1] ?? '', /Job \d+: .*10024\/1.*\(done\)/);
  });

  test('a job of another customer is not there, by number neither to see, run, cancel nor report', async () => {
    const priya = talk.as('priya');
    const preview = await priya.say('bulk 10028/1', [sheet(users(2))]);
    const job = jobOf(preview);
    const carla = talk.as('carla');

    for (const what of ['', ' cancel', ' report', ' retry', ' again', ' problems', ' undo']) {
      assert.match((await carla.say(`job ${job}${what}`)).text, /There is no job \d+ that you can see/);
    }
    for (const verb of ['bulk.run', 'bulk.cancel']) {
      assert.match((await carla.submit(verb, { ...runData(preview), once: verb })).text, /There is no job/);
    }
    for (const [verb, said] of [
      ['service', '10024/1'],
      ['customer', '1'],
      ['option', 'add-only'],
    ]) {
      const reply = await carla.submit(`bulk.${verb}`, { choice: `${job} ${said}` });
      assert.match(reply.text, /There is no job/);
    }
    assert.doesNotMatch((await carla.say('jobs')).text, new RegExp(`Job ${job}:`));
    assert.equal(runButton(await priya.say(`job ${job}`)), 'Run 2 valid rows');
  });

  test('a reseller sees the jobs of its customers only', async () => {
    const carla = talk.as('carla');
    const ours = jobOf(await carla.say('bulk 10024/1', [sheet(users(1))]));
    const theirs = jobOf(await talk.as('priya').say('bulk 10028/1', [sheet(users(1))]));
    const nora = talk.as('nora');
    assert.match((await nora.say(`job ${ours}`)).text, /1 of 1 rows are valid/);
    assert.match((await nora.say(`job ${theirs}`)).text, /There is no job/);
  });

  test('is of all that one may see where no customer is chosen, with whose each is', async () => {
    const ours = jobOf(await talk.as('carla').say('bulk 10024/1', [sheet(users(1))]));
    const theirs = jobOf(await talk.as('priya').say('bulk 10028/1', [sheet(users(1))]));
    const arjun = talk.as('arjun', channel('jobs'));
    const all = await arjun.say('jobs');
    assert.match(all.text, /^Jobs of HamaraCloud: \d+\n/);
    assert.match(all.text, new RegExp(`Job ${theirs}: Fabrikam, `));
    assert.match(all.text, new RegExp(`Job ${ours}: Contoso, `));
    assert.equal(all.audience, 'asker');
    const northwind = await talk.as('nora', channel('jobs')).say('jobs');
    assert.match(northwind.text, new RegExp(`^Jobs of Northwind Partners: \\d+\\nJob ${ours}: Contoso, `));
    assert.doesNotMatch(northwind.text, /Fabrikam/);

    await arjun.say('use fabrikam');
    const chosen = await arjun.say('jobs');
    assert.match(chosen.text, new RegExp(`^Jobs of Fabrikam: \\d+\\nJob ${theirs}: Associate`));
    assert.doesNotMatch(chosen.text, /Contoso/);
  });

  test('where no customer is chosen has its pages', async () => {
    for (let index = 0; index < 11; index++)
      await talk.as('carla').say('bulk 10024/1', [sheet(users(1), `page-${index}.csv`)]);
    const arjun = talk.as('arjun');
    const next = await arjun.press(await arjun.say('jobs'), 'Next page');
    assert.match(next.text, /^Jobs of HamaraCloud: \d+\nJob \d+: Contoso, /);
  });

  test('numbers that are none get a sentence', async () => {
    const carla = talk.as('carla');
    for (const word of ['', '0', 'x', '999999', '99999999999', '-1', "1'; drop table jobs"]) {
      assert.match((await carla.say(`job ${word}`)).text, /There is no job|Which job\?/);
    }
    assert.match((await carla.submit('bulk.run', { job: 'x' })).text, /does not fit any more/);
    assert.match(
      (await carla.submit('bulk.run', { job: 2 ** 40, plan: 'x', all: false })).text,
      /There is no job/,
    );
  });
});
