/** Sheets that are sent again, answers that nobody asked for, customers that are named, and reports that are gone. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Attachment, Inbound } from '../../../src/chat/inbound.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, PEOPLE, type Talk } from '../../support/talk.ts';
import { addWingtip, HEAD } from '../packages/support.ts';
import { cardText, jobOf, runSheet, sheet, users } from './support.ts';

/** The job whose question this is: every answer begins with its number, or goes with it. */
function askingJob(question: Reply): number {
  const number = /"choice":"(\d+) |"value":"(\d+) |"job":(\d+)/.exec(JSON.stringify(question.card));
  assert.ok(number, `No question: ${question.text}`);
  return Number(number[1] ?? number[2] ?? number[3]);
}

onBothEngines('a sheet', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
    await addWingtip(talk.db);
  });
  after(() => talk.close());

  const packages = () => sheet([HEAD, ['ann@fabrikam.example', 'TRUE']], 'packages.csv');
  const jobRows = async () => (await talk.db.selectFrom('jobs').select('id').execute()).length;

  test('takes no answer to a question that is not open', async () => {
    const [carla, priya] = [talk.as('carla'), talk.as('priya')];
    const ofService = await carla.say('bulk', [sheet(users(2))]);
    const ofCustomer = await priya.say('bulk packages', [packages()]);
    assert.match(ofService.text, /^Which service/);
    assert.match(ofCustomer.text, /^Which customer/);
    const [associate, asking] = [askingJob(ofService), askingJob(ofCustomer)];
    const before = await talk.db.selectFrom('jobs').selectAll().orderBy('id').execute();

    const forged = [
      ['bulk.option', `${asking} add-only`],
      ['bulk.service', `${asking} 10023/1`],
      ['bulk.customer', `${associate} ${before[0]?.organization_id}`],
      ['bulk.option', `${associate} add-only`],
      ['bulk.service', '99999999999 10023/1'],
      ['bulk.service', '1.5 10023/1'],
      ['bulk.service', '-1 10023/1'],
      ['bulk.service', 'x'],
    ] as const;
    for (const [verb, choice] of forged) {
      const { text } = await priya.submit(verb, { choice });
      assert.match(text, /^There is no job|^Which job\?/, `${verb} ${choice}`);
    }
    assert.deepEqual(await talk.db.selectFrom('jobs').selectAll().orderBy('id').execute(), before);
    // The question that is open is still answered.
    assert.match(
      (await carla.submit('bulk.service', { choice: `${associate} 10024/1` })).text,
      /^Job \d+: 2 of/,
    );
  });

  test('of a customer who is named is for that one, whoever was chosen', async () => {
    const priya = talk.as('priya');
    await priya.say('use Contoso');

    const wanted = await priya.say('bulk packages add-only Fabrikam');
    assert.match(wanted.text, /: bulk packages add-only Fabrikam$/);
    assert.match(cardText(wanted), /Fabrikam/);
    assert.doesNotMatch(cardText(wanted), /Contoso/);
    const withoutWords = await priya.say('', [packages()]);
    const withWords = await priya.say('bulk packages add-only fabri', [packages()]);
    for (const shown of [withoutWords, withWords]) assert.match(cardText(shown), /of the users of Fabrikam/);

    const count = await jobRows();
    for (const attached of [[], [packages()]]) {
      const unknown = await priya.say('bulk packages add-only Tailspin', attached);
      assert.match(unknown.text, /^There is no customer “Tailspin” that you can see\./);
    }
    assert.equal(await jobRows(), count);
  });

  test('has a report for 90 days, and rows to try again for longer', async () => {
    const carla = talk.as('carla');
    const end = await runSheet(talk, carla, '10024/1', sheet([...users(2, 20), ['no address', 1]]));
    const job = jobOf(end.reply);
    assert.match((await carla.say(`job ${job} report`)).text, /^The report of job/);

    await talk.db.deleteFrom('files').execute();

    const gone = await carla.say(`job ${job} report`);
    assert.equal(gone.text, `The workbooks of job ${job} were kept for 90 days.`);
    assert.equal(gone.files?.length ?? 0, 0);
    const retry = await carla.say(`job ${job} retry`);
    assert.match(
      retry.text,
      /^1 row of job \d+ to try again\. The workbooks of job \d+ were kept for 90 days\./,
    );
    assert.match((await carla.press(retry, 'Check these rows again')).text, /0 of 1 rows are valid/);
  });

  test('that is delivered four times is one job with one answer', async () => {
    let reads = 0;
    const attached: Attachment = {
      name: 'users.csv',
      read: async () => {
        reads += 1;
        return new TextEncoder().encode('user30@contoso.example,1');
      },
    };
    const place = {
      platform: 'test',
      conversation: 'personal:carla',
      kind: 'personal',
      name: 'carla',
    } as const;
    const message: Inbound = {
      kind: 'message',
      id: randomUUID(),
      person: { platform: 'test', id: 'carla', name: 'carla', email: PEOPLE.carla },
      place,
      text: 'bulk 10024/1',
      attachments: [attached],
    };
    const answers: Reply[] = [];
    const deliver = (arrives: boolean) =>
      talk.receive(message, async (reply) => {
        answers.push(reply);
        if (!arrives) throw new Error('The platform is away.');
        return { place, message: randomUUID() };
      });
    const count = await jobRows();
    const start = Date.now();
    // The first answer gets lost; half a minute later that is plain, and it is given once more.
    talk.setTime(new Date(start).toISOString());
    await deliver(false);
    talk.setTime(new Date(start + 60_000).toISOString());
    for (let times = 0; times < 3; times++) await deliver(true);

    assert.equal(await jobRows(), count + 1);
    assert.equal(reads, 1);
    const [first, second, ...more] = answers;
    assert.ok(first && second);
    assert.equal(jobOf(second), jobOf(first));
    assert.deepEqual(JSON.parse(JSON.stringify(second)), JSON.parse(JSON.stringify(first)));
    assert.deepEqual(more, []);
  });
});
