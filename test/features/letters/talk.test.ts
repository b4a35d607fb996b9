import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LETTERS } from '../../../src/features/letters/templates.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, choices, errorAt, shown, typed } from '../../chat/reading.ts';

describe('the texts of letters', () => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk('PGlite');
  });
  after(() => talk.close());

  const changed = () => talk.db.selectFrom('letter_templates').selectAll().execute();
  const typedText = { subject: 'Your key to {{domain}}', body: 'Name {{userName}}\nPassword {{password}}' };

  test('are listed with when they are sent, and that no mail is sent', async () => {
    const reply = await talk.as('arjun').say('templates');
    assert.match(reply.text, /^Letters of HamaraCloud:\nwelcome customer: When the portal account/);
    assert.match(shown(reply), /No mail is sent: SMTP_URL is not set/);
    assert.match(shown(reply), /admin credentials\nWhen the admin credentials/);
  });

  test('can each be opened from the list', async () => {
    const arjun = talk.as('arjun');
    const list = await arjun.say('letters');
    for (const name of LETTERS) {
      const one = await arjun.press(list, 'Open', { text: `letter ${name}` });
      assert.match(one.text, new RegExp(`^The letter “${name}” of HamaraCloud:`));
    }
    assert.deepEqual(
      choices(list, 'text').map(({ value }) => value),
      LETTERS.map((name) => `letter ${name}`),
    );
  });

  test('are shown with a preview; part of a name is enough where it is one letter', async () => {
    const reply = await talk.as('priya').say('letter credentials');
    assert.match(shown(reply), /Password: \{\{password\}\}/);
    assert.match(shown(reply), /Password: Kd7-wq2M-xZ9/);
    assert.match(reply.text, /Admin credentials of contoso\.onmicrosoft\.com/);
    assert.deepEqual(buttons(reply), ['Change', 'All letters']);
    assert.deepEqual(buttons(await talk.as('priya').say('letter welcome')), [
      'welcome customer',
      'welcome reseller',
    ]);
    assert.match((await talk.as('priya').say('letter goodbye')).text, /There is no letter “goodbye”/);
  });

  test('are previewed before they are saved, and what was typed stays', async () => {
    const priya = talk.as('priya');
    const form = await priya.say('change letter admin credentials');
    assert.equal(typed(form, 'subject'), 'Admin credentials of {{domain}}');

    const preview = await priya.press(form, 'Preview', typedText);
    assert.equal(preview.position, 'instead');
    assert.match(shown(preview), /Your key to contoso\.onmicrosoft\.com\nName alice/);
    assert.equal(typed(preview, 'body'), typedText.body);
    assert.deepEqual(await changed(), []);

    const wrong = await priya.press(preview, 'Save', { ...typedText, body: 'Name {{user}}' });
    assert.equal(typed(wrong, 'body'), 'Name {{user}}');
    assert.match(errorAt(wrong, 'body') ?? '', /no field \{\{user\}\}.*\n.*needs \{\{userName\}\}/s);
    assert.deepEqual(await changed(), []);

    const saved = await priya.press(wrong, 'Save', typedText);
    assert.match(saved.text, /The letter is changed/);
    assert.match(shown(saved), /Changed by: Priya Raman/);
    assert.match((await priya.say('letters')).text, /admin credentials: .*changed by Priya Raman/);
  });

  test('are taken back to the original; each change is in the history', async () => {
    const priya = talk.as('priya');
    const back = await priya.press(await priya.say('letter admin credentials'), 'Back to the original');
    assert.match(back.text, /The letter is the original again/);
    assert.deepEqual(await changed(), []);
    const rows = await talk.db
      .selectFrom('history')
      .innerJoin('organizations as o', 'o.id', 'history.organization_id')
      .select(['summary', 'actor_name', 'o.name'])
      .where('history.kind', '=', 'letter')
      .orderBy('history.id')
      .execute();
    assert.deepEqual(rows, [
      { summary: 'Changed the letter “admin credentials”', actor_name: 'Priya Raman', name: 'HamaraCloud' },
      {
        summary: 'Took the letter “admin credentials” back to the original',
        actor_name: 'Priya Raman',
        name: 'HamaraCloud',
      },
    ]);
  });

  test('can be given with the command, and are held to the same', async () => {
    const priya = talk.as('priya');
    const reply = await priya.say('change letter job done\nJob {{job}}\nDone: {{done}}\n\n{{files}}');
    assert.match(reply.text, /The letter is changed.*\nJob 7\n\nDone: 976\n\njob-7-result/);
    const refused = await priya.say('change letter job done\nJob\nDone');
    assert.equal(errorAt(refused, 'body'), 'The letter needs {{job}}; without it, it is of no use.');
    assert.match((await priya.say('reset letter job done')).text, /original again/);
  });

  test('are changed by the provider’s admins only', async () => {
    const arjun = talk.as('arjun');
    assert.deepEqual(buttons(await arjun.say('letter job done')), ['All letters']);
    for (const who of ['arjun', 'nora', 'carla', 'chris'] as const) {
      const values = { letter: 'job done', subject: '{{job}}', body: 'x' };
      assert.match((await talk.as(who).submit('letters.save', values)).text, /may not do that/, who);
      assert.match((await talk.as(who).submit('letters.reset', values)).text, /may not do that/, who);
      assert.match((await talk.as(who).say('change letter job done')).text, /may not do that/, who);
      if (who !== 'arjun') assert.match((await talk.as(who).say('letters')).text, /may not do that/, who);
    }
    assert.deepEqual(await changed(), []);
  });
});
