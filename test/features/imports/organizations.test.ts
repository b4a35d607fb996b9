import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inTransaction } from '../../../src/db/index.ts';
import type { OrganizationEntry } from '../../../src/features/imports/organizations/rules.ts';
import { saveOrganizations } from '../../../src/features/imports/organizations/save.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, openTalk, type Speaker, type Talk } from '../../support/talk.ts';
import { buttons, canRun, cardText, isEndOf, jobOf, openBook, runButton, sheet } from '../bulk/support.ts';
import { counting, fill, takeBack, workbook } from './support.ts';

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

  test('the preview names what changes, of which organizations', async () => {
    const rows = [
      HEADER,
      ['Contoso', '', '', 'Bergen', 'Norway', 'it@contoso.example', 'contoso.example', '150', 'C-9'],
      ['Fabrikam', '', '', '', '', '', '', '', 'F-1'],
      ['Vanarsdel', '', '', 'Lund', 'SE', '', '', '', ''],
    ];
    const shown = cardText(await priya.say('bulk organizations', [sheet(rows, 'named.csv')]));
    assert.ok(
      shown.includes(
        '1 is new, 2 change, 0 are the same as here. New: Vanarsdel. ' +
          'Contoso: city Madrid → Bergen, country Spain → Norway, 4 more. ' +
          'Fabrikam: external ID – → F-1.',
      ),
      shown,
    );
    assert.match(shown, /Markup is above 100 %/);
    assert.match(shown, /H2: With a markup of 150 % the price is 2\.5 times what is paid for it/);

    const few = [HEADER, ['Contoso', '', '', '', '', '', '', '16', '']];
    assert.match(
      cardText(await priya.say('bulk organizations', [sheet(few, 'a.csv')])),
      /Contoso: markup 15 % → 16 %\./,
    );
    const read = await talk.as('priya', channel('imports')).say('bulk organizations', [sheet(few, 'b.csv')]);
    assert.match(cardText(read), /Contoso: markup\./);
    assert.doesNotMatch(JSON.stringify(read), /1[56] ?%/);
  });

  test('of many that change the first are named and the others counted', async () => {
    const many = Array.from({ length: 8 }, (_, index) => [
      `Many ${index}`,
      '',
      '',
      'Oslo',
      '',
      '',
      '',
      '',
      '',
    ]);
    const fresh = await priya.say('bulk organizations', [sheet([HEADER, ...many], 'many.csv')]);
    assert.match(cardText(fresh), /New: Many 0, Many 1, Many 2, 5 more\./);
    await priya.press(fresh, runButton(fresh));
    const { reply } = await talk.waitForPost(isEndOf(jobOf(fresh)));
    const moved = many.map(([name]) => [name ?? '', '', '', 'Bergen', '', '', '', '', '']);
    const shown = cardText(await priya.say('bulk organizations', [sheet([HEADER, ...moved], 'moved.csv')]));
    assert.match(shown, /Many 0: city Oslo → Bergen\. .*Many 4: city Oslo → Bergen\. 3 more change\./);
    const undoing = await priya.press(reply, 'Undo');
    await talk.waitForPost(isEndOf(Number(/^job:(\d+)/.exec(undoing.track ?? '')?.[1])));
  });

  test('takes a few statements, however many rows; a name that one gives up another takes', async () => {
    const counted = { statements: 0 };
    const save = (entries: readonly OrganizationEntry[]) => {
      counted.statements = 0;
      const ctx = { ...talk.ctx(), db: talk.db.withPlugin(counting(counted)) };
      return inTransaction(ctx, (inside) => saveOrganizations(inside, provider, entries));
    };
    const { id } = await talk.db
      .selectFrom('organizations')
      .select('id')
      .where('kind', '=', 'provider')
      .executeTakeFirstOrThrow();
    const provider = { id, kind: 'provider', name: 'HamaraCloud' } as const;
    const rows = Array.from({ length: 200 }, (_, index) => ({
      name: `Row ${index}`,
      externalId: `row-${index}`,
      ...(index > 0 && { parent: 'Row 0' }),
      ...(index === 0 && { kind: 'reseller' }),
    }));
    const made = await save(rows);
    assert.ok(made.every(({ kind }) => kind === 'new'));
    assert.ok(counted.statements < 15, `${counted.statements} statements`);
    const moved = await save(rows.map(({ externalId }) => ({ externalId, city: 'Oslo' })));
    assert.ok(moved.every(({ kind }) => kind === 'changed'));
    assert.ok(counted.statements < 15, `${counted.statements} statements`);

    const swapped = await save([
      { externalId: 'row-1', name: 'Row away' },
      { externalId: 'row-2', name: 'Row 1' },
      { externalId: 'row-1', name: 'Row 2' },
      { name: 'Row away', parent: 'Row 0' },
      { externalId: 'row-3', name: 'Row 3b' },
      { externalId: 'row-new', name: 'Row 3', city: 'Bergen' },
    ]);
    assert.deepEqual(
      swapped.map(({ kind }) => kind),
      ['changed', 'changed', 'changed', 'new', 'changed', 'new'],
    );
    const names = await talk.db
      .selectFrom('organizations as o')
      .innerJoin('organizations as parent', 'parent.id', 'o.parent_id')
      .select(['o.external_id', 'o.name', 'o.city', 'parent.name as parent'])
      .where('o.external_id', 'in', ['row-1', 'row-2', 'row-3', 'row-new'])
      .orderBy('o.external_id')
      .execute();
    assert.deepEqual(names, [
      { external_id: 'row-1', name: 'Row 2', city: 'Oslo', parent: 'Row 0' },
      { external_id: 'row-2', name: 'Row 1', city: 'Oslo', parent: 'Row 0' },
      { external_id: 'row-3', name: 'Row 3b', city: 'Oslo', parent: 'Row 0' },
      { external_id: 'row-new', name: 'Row 3', city: 'Bergen', parent: 'HamaraCloud' },
    ]);
    assert.equal((await byName('Row away'))?.kind, 'customer');
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

  test('parents and their customers in other batches are taken back alike; what is told stays', async () => {
    Object.assign(talk.ctx().settings, { bulkBatchRows: 2 });
    const rows = [
      HEADER,
      ['Proseware', 'reseller', '', '', '', '', '', '', ''],
      ...['Adatum', 'Lamna', 'Relecloud', 'VanArsdel'].map((name) => [
        ...[name, 'customer', 'Proseware', '', '', '', `${name}.example`, '', ''],
      ]),
    ];
    const { end } = await fill(talk, priya, 'bulk organizations', sheet(rows, 'family.csv'));
    assert.match(end.reply.text, /5 done, 0 failed/);
    const back = await takeBack(talk, priya, end);
    assert.match(back.reply.text, /5 done, 0 failed/);
    assert.equal(await byName('Proseware'), undefined);
    Object.assign(talk.ctx().settings, { bulkBatchRows: 1000 });
    const kept = await talk.db
      .selectFrom('history as h')
      .innerJoin('organizations as o', 'o.id', 'h.organization_id')
      .select('o.name')
      .distinct()
      .where('h.summary', 'like', '%VanArsdel%')
      .execute();
    assert.deepEqual(kept.map(({ name }) => name).sort(), ['HamaraCloud']);
  });

  test('one takes the name and the domain that another gives up, and gives them back', async () => {
    const rows = (first: string, second: string, domains: readonly string[]) => [
      HEADER,
      [first, '', '', '', '', '', domains[0] ?? '', '', 'N-1'],
      [second, '', '', '', '', '', domains[1] ?? '', '', 'N-2'],
    ];
    const made = rows('Northwood', 'Southridge', ['one.example', 'two.example']);
    await fill(talk, priya, 'bulk organizations', sheet(made, 'names.csv'));
    const now = rows('Eastwood', 'Northwood', ['three.example', 'one.example']);
    const { end } = await fill(talk, priya, 'bulk organizations', sheet(now, 'renamed.csv'));
    assert.match(end.reply.text, /2 done, 0 failed/);
    assert.equal((await byName('Northwood'))?.external_id, 'N-2');
    const back = await takeBack(talk, priya, end);
    assert.match(back.reply.text, /2 done, 0 failed/);
    assert.equal((await byName('Northwood'))?.external_id, 'N-1');
    assert.equal((await byName('Southridge'))?.external_id, 'N-2');
  });

  test('a markup with which a price would not fit is refused, of a reseller with its customers’ too', async () => {
    assert.match((await priya.say('price O365-E3 5000000')).text, /costs/);
    const rows = [
      HEADER,
      ['Dear', '', '', '', '', '', '', '9000', ''],
      ['Northwind Partners', '', '', '', '', '', '', '4000', ''],
      ['Cheap', '', '', '', '', '', '', '5', ''],
    ];
    const preview = await priya.say('bulk organizations', [sheet(rows, 'dear.csv')]);
    assert.match(preview.text, /1 of 3 rows are valid/);
    assert.match(cardText(preview), /H2: With this markup a price in the catalog would be too large/);
    assert.match(cardText(preview), /H3: With this markup a price in the catalog would be too large/);
    await priya.press(preview, 'Cancel');
    await priya.say('price O365-E3 18.22');
  });

  test('should a price not fit all the same, it is at its limit, and the others are read on', async () => {
    const markups = await talk.db.selectFrom('organizations').select(['id', 'markup_bp']).execute();
    const product = await talk.db
      .selectFrom('prices')
      .selectAll()
      .where('currency', '=', 'EUR')
      .orderBy('price_minor', 'desc')
      .executeTakeFirstOrThrow();
    const setPrice = (price_minor: number) =>
      talk.db
        .updateTable('prices')
        .set({ price_minor })
        .where('product_id', '=', product.product_id)
        .where('currency', '=', 'EUR')
        .execute();
    await setPrice(2_000_000_000);
    await talk.db
      .updateTable('organizations')
      .set({ markup_bp: 1_000_000 })
      .where('kind', '<>', 'provider')
      .execute();
    const prices = await talk.db.selectFrom('customer_prices').selectAll().execute();
    assert.ok(prices.some(({ price_minor }) => price_minor === 2_147_483_647));
    assert.ok(prices.some(({ price_minor }) => price_minor < 2_147_483_647));
    assert.match((await talk.as('nora').say('prices')).text, /Northwind Partners/);
    await setPrice(product.price_minor);
    for (const { id, markup_bp } of markups)
      await talk.db.updateTable('organizations').set({ markup_bp }).where('id', '=', id).execute();
  });
});
