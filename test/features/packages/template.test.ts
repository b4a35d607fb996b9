import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { onBothEngines } from '../../support/database.ts';
import { associate, at, ENDED, FULL, OFFICE, openWingtip, outcomes, type Wingtip } from './support.ts';

onBothEngines('the template of a package sheet', (engine) => {
  let wingtip: Wingtip;
  before(async () => {
    wingtip = await openWingtip(engine);
  });
  beforeEach(() => wingtip.reset());
  after(() => wingtip.close());

  test('holds the users as they are, and sent back as it is changes nothing', async () => {
    await wingtip.run([
      FULL,
      [at('sue'), 'TRUE', '', '', 'TRUE', '', 'Sue', '+46812345678', '47', 'Oslo', 'w.webex.com'],
      [at('lic'), '', '', '', '', 'TRUE'],
    ]);
    await associate(wingtip, 'mia', OFFICE);
    await associate(wingtip, 'old', ENDED);

    const rows = await wingtip.template();

    const details =
      'First Name,Last Name,Display Name,User ID/Email (Required),Extension,Phone Number,Location';
    assert.deepEqual(
      rows.map((row) => row.join()),
      [
        `${details},Preferred Webex Site,Messaging,Meetings,Calling,Webex Suite,Webex Calling,Webex Meetings`,
        `,,,${at('lic')},,,,,FALSE,FALSE,TRUE,,,`,
        `,,,${at('mia')},,,,,FALSE,FALSE,FALSE,,,`,
        `,,,${at('old')},,,,,FALSE,FALSE,FALSE,TRUE,FALSE,FALSE`,
        `Sue,,,${at('sue')},47,+46812345678,Oslo,w.webex.com,TRUE,FALSE,FALSE,TRUE,FALSE,FALSE`,
      ],
    );
    const { plan, results } = await wingtip.run(rows);
    assert.deepEqual([plan.problems, plan.warnings], [[], []]);
    assert.deepEqual(plan.notes, ['Users who stay as they are: 4.']);
    assert.deepEqual(
      outcomes(results),
      [2, 3, 4, 5].map((number) => `${number} skipped: Nothing to change.`),
    );
  });

  test('calls a licence by another name where a package has it', async () => {
    await wingtip.db
      .insertInto('products')
      .values({ name: 'Meetings', provider: 'ledger', max_units_per_user: 1, is_package: true })
      .execute();
    const [header = []] = await wingtip.template();
    assert.deepEqual(header.slice(8), [
      'Messaging',
      'Basic Meetings',
      'Calling',
      'Webex Suite',
      'Webex Calling',
      'Webex Meetings',
    ]);
  });
});
