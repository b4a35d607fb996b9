/** A spreadsheet becomes a job: the preview, the progress, the workbook, and who hears of it. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { describeInBrowser } from '../edges/console/browser.ts';
import { eventually } from '../edges/console/visit.ts';
import { answer, closeBots, download, openBot, textFile, visit, workbook } from './visitor.ts';

describeInBrowser('a sheet at the console', (openPage) => {
  afterEach(closeBots);

  test('is previewed, run, and comes back as a workbook that opens', async () => {
    const visitor = await visit(openPage, await openBot(), { as: 'Carla Diaz' });
    const { page, say } = visitor;
    const rows = Array.from({ length: 1000 }, (_, index) => [`user${index}@contoso.example`, 1]);
    const sheet = await workbook('branches.xlsx', [
      ...rows.slice(0, 998),
      ['nobody', 1],
      ['ann@contoso.example', 'two'],
    ]);

    const job = await say('bulk 10024/1', sheet);
    await job.reads('998 of 1,000 rows are valid', '998 of 2,000 free', /Nothing has been changed yet\./);
    await job.reads('A999: “nobody” is not an e-mail address.');
    await job.reads('B1000: “two” is not a whole number greater than zero.');
    await job.press('Run 998 valid rows');

    const end = answer(visitor.saying('Job 1 is done: 998 of 1,000 rows associated'));
    await end.reads('1,002 of 2,000 free now (10024/1)');
    await job.reads('Job 1 is done', '998 of 998 rows');
    const result = await download(page, end.entry.getByTestId('file').first());
    assert.equal(result.name, 'job-1-result.xlsx');
    assert.deepEqual(result.rows[1], ['user0@contoso.example', '1', 'Done']);
    assert.match(
      result.rows.at(-1)?.join(' ') ?? '',
      /ann@contoso\.example two .*“two” is not a whole number/,
    );
    const retry = await download(page, end.entry.getByTestId('file').last());
    assert.equal(retry.name, 'job-1-retry.xlsx');
    assert.ok(retry.rows.some(([user]) => user === 'nobody'));

    const again = await say('bulk 10024/1', sheet);
    await again.reads(/Carla Diaz sent the same file on .*, as job 1\./);
    await again.confirm('Cancel', 'Put it away');
    await again.reads('Job 2 is cancelled. Nothing was changed.');
  });

  test('is taken back as a whole, but for what has moved on', async () => {
    const visitor = await visit(openPage, await openBot(), { as: 'Carla Diaz' });
    const { say } = visitor;
    const job = await say(
      'bulk 10024/1',
      textFile('team.csv', 'ann@contoso.example,1\nben@contoso.example,2'),
    );
    await job.press('Run 2 valid rows');
    const end = answer(visitor.saying('Job 1 is done: all 2 rows associated'));
    await end.reads('1,997 of 2,000 free now (10024/1)', /Can be undone until/);
    await say('release 10024/1 ben@contoso.example 1');

    const undone = answer(visitor.saying('What could not be taken back'));
    await eventually(async () => {
      if ((await end.buttons()).includes('Undo')) await end.confirm('Undo', 'Take it back');
      return undone.entry.isVisible();
    }, 'the undo is done');
    await undone.reads('Job 2 took back job 1: 1 of 2 users');
    await undone.reads('What ben@contoso.example has of 10024/1 has changed since: 1 now.');
    await (await say('user ann@contoso.example')).reads(/no user/);
  });

  test('of packages is asked how it is meant, and changes who has which', async () => {
    const visitor = await visit(openPage, await openBot(), { as: 'Carla Diaz' });
    const sheet = textFile(
      'packages.csv',
      [
        'User ID/Email (Required),User Status,Webex Suite,Messaging,Phone Number,Location,Preferred Webex Site',
        'bob@contoso.example,Active,FALSE,,,,',
        'dave@contoso.example,,SANT,TRUE,46701234567,Stockholm,contoso.webex.example',
        'erin@contoso.example,,maybe,,,,',
      ].join('\n'),
    );

    const job = await visitor.say('bulk packages', sheet);
    await job.reads('What may this sheet do?', /packages\.csv/);
    await job.press('Add and remove services');
    await job.reads('2 of 3 rows are valid', /User Status/);
    // The page takes a second press in no time for a double click.
    await eventually(async () => {
      if ((await job.buttons()).includes('Run 2 valid rows')) await job.press('Run 2 valid rows');
      return visitor.saying('Job 1 is done: 2 of 3 rows changed').isVisible();
    }, 'the job is done');

    await answer(visitor.saying('Job 1 is done: 2 of 3 rows changed')).reads(
      /^0 of 2 free now \(Webex Suite · 10023\/3\)/,
    );
    await (await visitor.say('user dave@contoso.example')).reads('Webex Suite');
  });

  test('that is short of units or none at all offers what leads on', async () => {
    const { say } = await visit(openPage, await openBot(), { as: 'Carla Diaz' });
    const short = await say('bulk 10023/1', textFile('short.csv', 'a@contoso.example;8'));
    await short.reads('1 unit short: the sheet needs 8 and 7 are free.');
    assert.deepEqual(await short.buttons(), ['Release units', 'Check again', 'Cancel']);

    const nothing = await say('bulk 10023/1', textFile('none.csv', 'alice;1\nbob;2'));
    await nothing.reads('None of the 2 rows is valid', /Mend the sheet and send it again\.$/);
    assert.deepEqual(await nothing.buttons(), ['All problems', 'Cancel']);
    await (await say('bulk 10023/1', textFile('list.csv', '%PDF-1.7'))).reads(/This is a PDF/);
  });

  test('in a channel is private until it runs, and then everybody follows it', async () => {
    const bot = await openBot({ BULK_BATCH_ROWS: '1' });
    const carla = await visit(openPage, bot, { as: 'Carla Diaz', in: 'operations' });
    const nora = await visit(openPage, bot, { as: 'Nora Lindgren', in: 'operations' });
    await nora.goTo('billing');
    await (await nora.say('notify here jobs')).reads('Notices about jobs arrive here now.');
    await nora.goTo('operations');

    const sheet = textFile('team.csv', 'a@contoso.example,1\nb@contoso.example,1\nc@contoso.example,1');
    const preview = await carla.say('bulk 10024/1', sheet);
    await preview.reads('All 3 rows are valid', 'Only you can see this');
    await nora.saying('team.csv').waitFor();
    assert.equal(await nora.fromBot.count(), 0);

    await preview.press('Run 3 valid rows');
    for (const { saying, page } of [carla, nora]) {
      await saying('Job 1 is done: all 3 rows').getByTestId('file').waitFor();
      await answer(page.getByTestId('entry').nth(1)).reads('Job 1 is done', '3 of 3 rows');
      assert.equal(await page.getByTestId('only-you').count(), 0);
      assert.equal(await page.getByTestId('entry').count(), 3);
    }

    const billing = nora.page.getByTestId('place-channel:billing');
    await billing.getByTestId('unread').waitFor();
    await nora.goTo('billing');
    await nora.saying('Job 1 is done: all 3 rows').waitFor();
    assert.equal(await nora.fromBot.count(), 2);

    await carla.page.reload();
    await eventually(async () => (await carla.page.getByTestId('entry').count()) === 3, 'all is there again');
    await carla.page.getByTestId('persona').getByText('Carla Diaz').waitFor();
  });
});
