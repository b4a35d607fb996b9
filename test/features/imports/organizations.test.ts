import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { openTalk, type Speaker, type Talk } from '../../support/talk.ts';
import { buttons, canRun, cardText, jobOf, openBook, sheet } from '../bulk/support.ts';
import { fill, takeBack, workbook } from './support.ts';

const HEADER = [
  'Name',
  'Kind',
  'Parent',
  'City',
  'Country',
  'Contact e-mail',
  'Domains',
  'Markup',
  'External ID',
];

onBothEngines('import of organizations', (engine) => {
  let talk: Talk;
  let priya: Speaker;
  before(async () => {
    talk = await openTalk(engine);
    priya = talk.as('priya');
  });
  after(() => talk.close());

  const byName = (name: string) =>
    talk.db.selectFrom('organizations').selectAll().where('name', '=', name).executeTakeFirst();

  test('makes resellers and their customers out of one sheet of a workbook, and takes them back', async () => {
    const book = await workbook({
      Readme: [['Nothing here is imported']],
      organizations: [
        HEADER,
        ['Tailspin', 'reseller', '', 'Oslo', 'Norway', '', '', '5', 'R-1'],
        [
          'Wingtip',
          '',
          'Tailspin',
          'Bergen',
          'NO',
          'Wim@Wingtip.example',
          'wingtip.example',
          '12,5 %',
          'C-1',
        ],
        ['Contoso', '', '', 'Sevilla', '', '', '', '', 'C-2'],
        ['Fabrikam', 'customer', '', '', '', '', '', '', ''],
      ],
    });
    const { end } = await fill(talk, priya, 'bulk organizations', book);
    assert.match(end.reply.text, /3 done, 0 failed, 1 skipped of 4 rows/);
    assert.match(cardText(end.reply), /HamaraCloud/);
    const [tailspin, wingtip, contoso] = [
      await byName('Tailspin'),
      await byName('Wingtip'),
      await byName('Contoso'),
    ];
    assert.equal(wingtip?.parent_id, tailspin?.id);
    assert.equal(wingtip?.markup_bp, 1250);
    assert.equal(wingtip?.contact_email, 'wim@wingtip.example');
    assert.equal(tailspin?.kind, 'reseller');
    assert.equal(tailspin?.country, 'NO');
    assert.equal(contoso?.city, 'Sevilla');
    assert.equal(contoso?.country, 'ES', 'an empty cell leaves what is there');
    assert.equal(contoso?.external_id, 'C-2');

    const back = await takeBack(talk, priya, end);
    assert.match(back.reply.text, /3 done, 0 failed/);
    assert.equal(await byName('Wingtip'), undefined);
    assert.equal(await byName('Tailspin'), undefined);
    assert.equal((await byName('Contoso'))?.city, 'Madrid');
    assert.equal((await byName('Contoso'))?.external_id, null);
  });

  test('the preview counts what is new, what changes and what is the same, and names bad cells', async () => {
    const rows = [
      HEADER,
      ['Adatum', '', 'Northwind', 'Lund', 'SE', '', '', '', ''],
      ['Proseware', 'warehouse', '', 'Lund', 'Atlantis', 'not an address', 'no domain!', 'ten', ''],
      ['Lucerne', '', 'Northwind Partners', 'Luzern', 'CH', '', 'contoso.example', '', ''],
      ['Litware', '', '', '', '', '', '', '', ''],
      ['Litware', '', '', '', '', '', '', '', ''],
      ['Contoso', 'reseller', '', '', '', '', '', '', ''],
    ];
    const preview = await priya.say('bulk organizations', [sheet(rows, 'new.csv')]);
    assert.match(preview.text, /1 of 6 rows are valid/);
    const shown = cardText(preview);
    assert.match(shown, /1 is new, 0 change, 0 are the same as here/);
    const problems = await openBook(talk, (await priya.press(preview, 'All problems')).files?.[0]);
    const said = JSON.stringify(problems);
    for (const cell of [
      'C2: “Northwind”',
      'B3: “warehouse”',
      'E3: ',
      'F3: ',
      'G3: ',
      'H3: ',
      'G4: contoso.example belongs to Contoso',
      'A6: Litware is in row 5',
      'B7: Contoso is a customer here',
    ])
      assert.ok(said.includes(cell), `${cell} is not in ${said}`);
    assert.equal(await byName('Litware'), undefined);
  });

  test('what was made and used since is not taken back', async () => {
    const { end } = await fill(
      talk,
      priya,
      'bulk organizations',
      sheet(
        [HEADER, ['Used', '', '', '', '', '', '', '', ''], ['Free', '', '', '', '', '', '', '', '']],
        'used.csv',
      ),
    );
    await priya.say('grant user@used.example customer used');
    const back = await takeBack(talk, priya, end);
    assert.match(back.reply.text, /1 done, 1 failed/);
    assert.match(cardText(back.reply), /Used is in use: there are members/);
    assert.notEqual(await byName('Used'), undefined);
    assert.equal(await byName('Free'), undefined);
  });

  test('only an admin of the provider sends such a sheet, or sees its job', async () => {
    const { job } = await fill(
      talk,
      priya,
      'bulk organizations',
      sheet([HEADER, ['Seen', '', '', '', '', '', '', '', '']], 'seen.csv'),
    );
    for (const who of ['arjun', 'nora', 'carla'] as const) {
      const other = talk.as(who);
      const refused = await other.say('bulk organizations', [
        sheet([HEADER, ['Sneaky', '', '', '', '', '', '', '', '']]),
      ]);
      assert.match(refused.text, /Only an admin of the provider/);
      assert.match((await other.say('bulk organizations')).text, /Only an admin of the provider/);
      assert.match((await other.say('bulk organizations template')).text, /Only an admin of the provider/);
      assert.match((await other.say(`job ${job}`)).text, /no job/);
      await other.say('use contoso');
      assert.doesNotMatch((await other.say('jobs')).text, /Import of organizations/);
      assert.ok(!buttons(await other.say('bulk')).some((title) => /import/i.test(title)));
    }
    await priya.say('use contoso');
    assert.match((await priya.say('jobs')).text, /Import of organizations/);
    assert.match((await priya.say(`job ${job}`)).text, /1 done/);
    assert.equal(await byName('Sneaky'), undefined);
  });

  test('another plan than was shown is not run', async () => {
    const preview = await priya.say('bulk organizations', [
      sheet([HEADER, ['Late', '', '', 'Rome', '', '', '', '', '']], 'late.csv'),
    ]);
    await talk.db
      .insertInto('organizations')
      .values({ kind: 'customer', name: 'Late', parent_id: 1 })
      .execute();
    const again = await priya.press(preview, 'Run 1 valid row');
    assert.match(again.text, /things have changed/);
    assert.match(cardText(again), /0 are new, 1 changes/);
  });

  test('a sheet without the column of names says so', async () => {
    const reply = await priya.say('bulk organizations', [
      sheet([
        ['Kind', 'City'],
        ['customer', 'Rome'],
      ]),
    ]);
    assert.match(reply.text, /“Name” is missing/);
    assert.equal(canRun(reply), false);
  });

  test('the workbook to begin with has the three sheets and can be sent back as it is', async () => {
    const guide = await priya.say('import');
    assert.deepEqual(buttons(guide).slice(0, 1), ['Get the workbook']);
    const reply = await priya.press(guide, 'Get the workbook');
    const [made] = reply.files ?? [];
    const book = await openBook(talk, made);
    assert.deepEqual(Object.keys(book), ['Organizations', 'Price list', 'Orders']);
    assert.ok(book.Organizations?.some(([name]) => name === 'Contoso'));
    const kept = await talk.openFile(made?.id ?? '');
    assert.ok(kept);
    const file = { name: 'import.xlsx', read: async () => kept.bytes };
    const preview = await priya.say('bulk organizations', [file]);
    assert.match(cardText(preview), /0 are new, 0 change/);
    assert.equal(jobOf(preview) > 0, true);
  });
});
