import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { file, openTalk, type Talk } from '../../support/talk.ts';
import {
  buttons,
  type Cells,
  canRun,
  cardText,
  csv,
  jobOf,
  runButton,
  sheet,
  users,
  xls,
  xlsx,
} from './support.ts';

const MIXED: readonly Cells[] = [
  ['User name', 'Units'],
  ['alice@contoso.example', 2],
  ['dora@contoso.example', 1],
  ['dora@contoso.example', 3],
  ['emil@contoso.example', 'two'],
  ['not an address', 1],
  ['finn@contoso.example', ''],
  ['gus@contoso.example', 0],
];

onBothEngines('the preview of a sheet', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  for (const [format, make] of Object.entries({ csv, xlsx, xls })) {
    test(`tells what a .${format} file would do and changes nothing`, async () => {
      const carla = talk.as('carla');
      const attached = file(`users.${format}`, await make(MIXED));

      const preview = await carla.say('bulk 10024/1', [attached]);

      assert.match(preview.text, /: 3 of 7 rows are valid; 6 units needed, 2,000 free\. Nothing has been/);
      const shown = cardText(preview);
      assert.match(shown, /B5: “two” is not a whole number greater than zero\./);
      assert.match(shown, /A6: “not an address” is not an e-mail address\./);
      assert.match(shown, /B7: the units are missing\./);
      assert.match(shown, /B8: “0” is not a whole number/);
      assert.match(shown, /Repeated users\n1 row: dora@contoso\.example \(4 units in 2 rows\)/);
      assert.match(shown, /New users\n1, created with the job: /);
      assert.match(shown, /Header\nUser name, Units \(row 1, skipped\)/);
      assert.equal(runButton(preview), 'Run 3 valid rows');
      assert.match((await carla.say('free 10024/1')).text, /2,000 of 2,000 units free/);
      assert.match((await carla.say('user dora@contoso.example')).text, /has no user/);
    });
  }

  test('keeps the first row where it is no header', async () => {
    const preview = await talk.as('carla').say('bulk 10024/1', [sheet(users(2))]);
    assert.match(preview.text, /2 of 2 rows are valid/);
    assert.doesNotMatch(cardText(preview), /Header/);
  });

  test('offers no run where units are short, and says how many', async () => {
    const preview = await talk.as('carla').say('bulk 10023/2', [sheet(users(4))]);
    assert.match(cardText(preview), /1 unit short: the sheet needs 4 and 3 are free\./);
    assert.equal(canRun(preview), false);
  });

  test('offers no run where no row is valid', async () => {
    const preview = await talk.as('carla').say('bulk 10024/1', [sheet([['nobody', 'none']])]);
    assert.match(preview.text, /0 of \d rows are valid/);
    assert.equal(canRun(preview), false);
  });

  test('names the rows with which a user would hold more than one user may', async () => {
    const rows = [
      ['alice@contoso.example', 1],
      ['ivy@contoso.example', 2],
      ['jan@contoso.example', 1],
      ['jan@contoso.example', 1],
    ];
    const preview = await talk.as('carla').say('bulk 10023/2', [sheet(rows)]);
    assert.match(preview.text, /1 of 4 rows are valid; 1 unit needed/);
    const shown = cardText(preview);
    assert.match(shown, /B1: alice@contoso\.example would have 2; one user can hold 1\./);
    assert.match(shown, /B2: ivy@contoso\.example would have 2/);
    assert.match(shown, /B4: jan@contoso\.example would have 2/);
    assert.match(shown, /New users\n1, created with the job: /);
  });

  test('a file that is no spreadsheet gets a sentence', async () => {
    const carla = talk.as('carla');
    const pdf = await carla.say('bulk 10024/1', [file('holiday.pdf', '%PDF-1.7 a holiday')]);
    assert.match(pdf.text, /PDF/);
    const empty = await carla.say('bulk 10024/1', [file('empty.csv', '')]);
    assert.match(empty.text, /This file is empty/);
  });

  test('two files at once get a sentence', async () => {
    const reply = await talk.as('carla').say('bulk 10024/1', [sheet(users(1)), sheet(users(2))]);
    assert.equal(reply.text, 'That is 2 files; one at a time.');
  });

  test('an order with one service needs no number of the service', async () => {
    const preview = await talk.as('carla').say('bulk HAMARACLOUD10024', [sheet(users(2))]);
    assert.match(preview.text, /2 of 2 rows are valid; 2 units needed/);
    assert.match(cardText(preview), /Associate users with 10024\/1/);
  });

  test('a service that is not there gets a sentence', async () => {
    const reply = await talk.as('carla').say('bulk 10024/9', [sheet(users(1))]);
    assert.match(reply.text, /10024\/9/);
    assert.equal(canRun(reply), false);
  });

  test('without a service the bot asks which, and then shows the preview', async () => {
    const carla = talk.as('carla');

    const question = await carla.say('bulk', [file('users.csv', csv(MIXED))]);
    assert.equal(question.text, 'Which service is this sheet for?');
    const choice = buttons(question).find((title) => title.startsWith('10024/1 '));
    const preview = await carla.press(question, choice ?? '');

    assert.match(preview.text, /: 3 of 7 rows are valid; 6 units needed, 2,000 free/);
    assert.match(cardText(preview), /B5: “two”/);
    assert.match(cardText(preview), /Header\nUser name, Units/);
  });

  test('choosing the service twice shows the same preview', async () => {
    const carla = talk.as('carla');
    const question = await carla.say('bulk', [sheet(users(2))]);
    const choice = buttons(question).find((title) => title.startsWith('10024/1')) ?? '';
    const [one, other] = await Promise.all([carla.press(question, choice), carla.press(question, choice)]);
    assert.equal(one.text, other.text);
    assert.match(one.text, /2 of 2 rows are valid/);
  });

  test('after the form asked for a file, one without a word is for that service', async () => {
    const carla = talk.as('carla');
    const form = await carla.say('associate 10023/1');
    const submit = form.card?.actions?.find((action) => 'verb' in action && action.verb === 'associate');
    assert.ok(submit);
    const asked = await carla.press(form, submit.title, { from: 'file', service: '10023/1' });
    assert.match(asked.text, /Attach the sheet/);

    const preview = await carla.say('', [sheet(users(2))]);

    assert.match(preview.text, /2 of 2 rows are valid; 2 units needed, 7 free/);
    assert.match(cardText(preview), /Associate users with 10023\/1/);
  });

  test('a file without a word that nobody asked for leads to the choice of a service', async () => {
    const reply = await talk.as('nora').say('', [sheet(users(2))]);
    assert.equal(reply.text, 'Which service is this sheet for?');
  });

  test('a preview can be looked at again by its number', async () => {
    const carla = talk.as('carla');
    const preview = await carla.say('bulk 10024/1', [sheet(users(3))]);
    const again = await carla.say(`job ${jobOf(preview)}`);
    assert.equal(again.text, preview.text);
    assert.equal(runButton(again), 'Run 3 valid rows');
  });

  test('who only reads may not send a sheet', async () => {
    const reply = await talk.as('chris').say('bulk 10024/1', [sheet(users(1))]);
    assert.match(reply.text, /may not do that/);
  });
});
