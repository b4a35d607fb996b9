import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { after, before, test } from 'node:test';
import ExcelJS from 'exceljs';
import { file, openTalk, type Talk } from '../../support/talk.ts';
import { cardText } from './support.ts';

let talk: Talk;
before(async () => {
  talk = await openTalk('PGlite');
});
after(() => talk.close());

async function book(fill: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const made = new ExcelJS.Workbook();
  fill(made);
  return new Uint8Array(Buffer.from(await made.xlsx.writeBuffer()));
}

test('the preview says which sheet was read, and what else is in the file', async () => {
  const bytes = await book((made) => {
    made.addWorksheet('Cover');
    const users = made.addWorksheet('November');
    users.addRows([
      ['dora@contoso.example', 1],
      ['emil@contoso.example', '2.0'],
      [' finn@contoso.example\u00a0', ' 3 '],
    ]);
    users.getRow(2).hidden = true;
    made.addWorksheet('October').addRow(['gus@contoso.example', 1]);
  });

  const preview = await talk.as('carla').say('bulk 10024/1', [file('users.xlsx', bytes)]);

  assert.match(preview.text, /: 3 of 3 rows are valid; 6 units needed/);
  const shown = cardText(preview);
  assert.match(shown, /users\.xlsx, sheet “November”/);
  assert.match(shown, /Other sheets of the file were left out: “Cover”, “October”\./);
  assert.match(shown, /1 hidden row was read too\./);
});

test('a cell that shows a name and leads to an address is that address', async () => {
  const bytes = await book((made) => {
    made.addWorksheet('Users').addRows([
      [{ text: 'Dora Dahl', hyperlink: 'mailto:dora@contoso.example' }, 1],
      [{ text: 'emil@contoso.example', hyperlink: 'mailto:emil@contoso.example' }, 1],
    ]);
  });
  const preview = await talk.as('carla').say('bulk 10024/1', [file('users.xlsx', bytes)]);
  assert.match(preview.text, /: 2 of 2 rows are valid/);
  assert.match(cardText(preview), /dora@contoso\.example/);
});

test('of merged cells the empty ones are named', async () => {
  const bytes = await book((made) => {
    const users = made.addWorksheet('Users');
    users.addRows([['dora@contoso.example', 2], ['emil@contoso.example']]);
    users.mergeCells('B1:B2');
  });
  const preview = await talk.as('carla').say('bulk 10024/1', [file('users.xlsx', bytes)]);
  const shown = cardText(preview);
  assert.match(shown, /B2: the units are missing\./);
  assert.match(shown, /Of merged cells, only the first one counts\./);
});

test('a formula whose value was never worked out is named, not dropped', async () => {
  const bytes = await book((made) => {
    made.addWorksheet('Users').addRows([
      ['dora@contoso.example', 1],
      [{ formula: 'CONCATENATE("emil","@contoso.example")' }, { formula: '1+1' }],
    ]);
  });
  const preview = await talk.as('carla').say('bulk 10024/1', [file('users.xlsx', bytes)]);
  assert.match(preview.text, /: 1 of 2 rows are valid/);
  assert.match(cardText(preview), /A2: “formula without a value” is not an e-mail address\./);
});

test('a file above the limit is refused with both sizes', async () => {
  Object.assign(talk.ctx().settings, { bulkMaxFileMb: 1 });
  const reply = await talk
    .as('carla')
    .say('bulk 10024/1', [file('big.csv', new Uint8Array(3 * 1024 * 1024))]);
  assert.match(reply.text, /This file is 3 MB; I can read up to 1 MB\. Split it and send the parts\./);
  Object.assign(talk.ctx().settings, { bulkMaxFileMb: 25 });
});
