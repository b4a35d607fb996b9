import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { file, openTalk, type Talk } from '../../support/talk.ts';
import {
  assertSums,
  type Cells,
  isEndOf,
  jobOf,
  openBook,
  runButton,
  runSheet,
  sheet,
  users,
  xlsx,
} from './support.ts';

const ROWS: readonly Cells[] = [
  ['User name', 'Units', 'Branch'],
  ['dora@contoso.example', 2, 'Oslo'],
  ['not an address', 1, '=HYPERLINK("http://evil.example")'],
  ['emil@contoso.example', 'two', '@SUM(A1)'],
  ['finn@contoso.example', 1, '+46 8 123'],
];

onBothEngines('the report of a job', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
  });
  after(() => talk.close());

  test('is the sheet as it came in, with what became of each row', async () => {
    const end = await runSheet(talk, talk.as('carla'), '10024/1', file('users.xlsx', await xlsx(ROWS)));
    assert.match(end.reply.text, /2 done, 0 failed, 2 skipped of 4 rows/);

    const { Result: [head, ...rows] = [] } = await openBook(talk, end.reply.files?.[0]);

    assert.deepEqual(head, ['User name', 'Units', 'Branch', 'Status', 'Reason']);
    const reason = (row: number) => rows[row]?.[4] ?? '';
    assert.match(reason(1), /^A3: .* is not an e-mail address/);
    assert.match(reason(2), /^B4: “two” is not a whole number/);
    assert.deepEqual(rows, [
      ['dora@contoso.example', '2', 'Oslo', 'Done'],
      ['not an address', '1', '=HYPERLINK("http://evil.example")', 'Not valid', reason(1)],
      ['emil@contoso.example', 'two', '@SUM(A1)', 'Not valid', reason(2)],
      ['finn@contoso.example', '1', '+46 8 123', 'Done'],
    ]);
  });

  test('keeps every column of a sheet without a header', async () => {
    const end = await runSheet(
      talk,
      talk.as('carla'),
      '10024/1',
      sheet([['gus@contoso.example', 1, 'x', 'y']]),
    );
    const { Result: [head, row] = [] } = await openBook(talk, end.reply.files?.[0]);
    assert.deepEqual(head, ['A', 'B', 'C', 'D', 'Status', 'Reason']);
    assert.deepEqual(row?.slice(0, 5), ['gus@contoso.example', '1', 'x', 'y', 'Done']);
  });

  test('tells on its second sheet what the numbers are', async () => {
    const end = await runSheet(talk, talk.as('carla'), '10024/1', sheet([...users(3), ['nobody', 1]]));
    const { Summary = [] } = await openBook(talk, end.reply.files?.[0]);
    const facts = Object.fromEntries(Summary.map(([name = '', value]) => [name, value]));
    assert.deepEqual(
      [facts.Customer, facts.Rows, facts.Done, facts.Failed, facts['Not valid'], facts.Skipped],
      ['Contoso', '4', '3', '0', '1', '0'],
    );
  });

  test('comes with a sheet of the rows that were not done, which runs once it is mended', async () => {
    const carla = talk.as('carla');
    const end = await runSheet(talk, carla, '10024/1', file('users.xlsx', await xlsx(ROWS)));
    const retry = end.reply.files?.[1];
    const { Retry: [head, ...rows] = [] } = await openBook(talk, retry);
    assert.deepEqual(head, ['User name', 'Units', 'Branch']);
    assert.deepEqual(
      rows.map(([name]) => name),
      ['not an address', 'emil@contoso.example'],
    );

    const kept = await talk.openFile(retry?.id ?? '');
    const unmended = await carla.say('bulk 10024/1', [file('retry.xlsx', kept?.bytes ?? '')]);
    assert.match(unmended.text, /: 0 of \d rows are valid/);
    const mended = rows.map(([, , note = '']) => ['emil@contoso.example', 1, note]);
    const again = await runSheet(talk, carla, '10024/1', file('retry.xlsx', await xlsx(mended)));
    assert.match(again.reply.text, /2 done, 0 failed, 0 skipped of 2 rows/);
    await assertSums(talk.db);
  });

  test('has no second file where every row was done', async () => {
    const end = await runSheet(talk, talk.as('carla'), '10024/1', sheet(users(2)));
    assert.deepEqual(
      end.reply.files?.map(({ name }) => /-(\w+)\.xlsx/.exec(name)?.[1]),
      ['result'],
    );
  });

  test('can be asked for again by the number of the job', async () => {
    const carla = talk.as('carla');
    const preview = await carla.say('bulk 10024/1', [sheet([...users(2), ['nobody', 1]])]);
    await carla.press(preview, runButton(preview));
    const end = await talk.waitForPost(isEndOf(jobOf(preview)));

    const again = await carla.say(`job ${jobOf(preview)} report`);

    assert.deepEqual(again.files, end.reply.files);
    assert.equal(again.files?.length, 2);
  });
});
