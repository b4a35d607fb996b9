import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, rows } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import { channel, file } from '../../support/talk.ts';

onBothEngines('a channel that belongs to a customer', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());
  let places = 0;
  const somewhere = () => channel(`bound-${places++}`);
  const boundTo = async (name: string) => {
    const here = somewhere();
    await talk.as('priya', here).say(`use ${name} here`);
    return here;
  };

  for (const who of ['priya', 'arjun', 'nora'] as const) {
    test(`${who} binds a channel to Contoso, and ends that`, async () => {
      const here = somewhere();
      const person = talk.as(who, here);
      const reply = await person.say('use contoso here');
      assert.match(reply.text, /^#bound-\d+ belongs to Contoso now\. Everybody here/);
      assert.equal(reply.audience, 'everyone');
      assert.match((await talk.as('carla', here).say('orders')).text, /^Contoso/);
      const over = await person.press(reply, 'Nobody’s any more');
      assert.match(over.text, /does not belong to Contoso any more/);
      assert.match((await talk.as('carla', here).say('use nobody here')).text, /does not let you/);
      assert.equal((await person.say('use nobody here')).text, 'This channel belongs to nobody.');
    });
  }

  for (const who of ['carla', 'chris'] as const) {
    test(`${who} may not`, async () => {
      const reply = await talk.as(who, somewhere()).say('use contoso here');
      assert.match(reply.text, /^Your role does not let you say to whom a channel belongs/);
    });
  }

  test('a reseller binds no channel to somebody else’s customer, nor takes it from them', async () => {
    const here = await boundTo('fabrikam');
    const nora = talk.as('nora', here);
    for (const command of ['use contoso here', 'use nobody here', 'use', 'use contoso']) {
      const reply = await nora.say(command);
      assert.match(reply.text, /^This channel belongs to a customer that is not one of yours/);
      assert.doesNotMatch(JSON.stringify(reply), /Fabrikam/);
    }
    assert.match(
      (await talk.as('nora', somewhere()).say('use fabrikam here')).text,
      /no customer “fabrikam”/,
    );
    assert.match((await talk.as('priya', here).say('orders')).text, /^Fabrikam/);
  });

  test('a sheet of somebody else is refused there like every other word', async () => {
    const here = await boundTo('fabrikam');
    const sheet = file('users.csv', 'user name,units\nann@contoso.example,1\n');
    for (const command of ['orders', 'bulk', 'bulk release', 'bulk packages', 'bulk webex']) {
      const reply = await talk.as('nora', here).say(command, command === 'orders' ? [] : [sheet]);
      assert.match(reply.text, /^This channel belongs to a customer that is not one of yours/, command);
    }
    const named = await talk.as('nora', here).say('bulk 10023/1', [sheet]);
    assert.match(named.text, /^Job \d+: /);
  });

  for (const command of ['bulk', 'bulk 10023/1', 'associate', 'associate 10023/1']) {
    test(`what one fills in or sends a file for is shown to who asked alone: ${command}`, async () => {
      const here = await boundTo('contoso');
      assert.equal((await talk.as('carla', here).say(command)).audience, 'asker');
    });
  }

  test('a direct conversation belongs to nobody else', async () => {
    assert.match((await talk.as('priya').say('use contoso here')).text, /^Only a channel can belong/);
  });

  test('it is that customer for everybody, before and instead of their own choice', async () => {
    const here = somewhere();
    await talk.as('arjun', here).say('use fabrikam');
    await talk.as('priya', here).say('use contoso here');
    assert.match((await talk.as('arjun', here).say('orders')).text, /^Contoso/);
    const refused = await talk.as('arjun', here).say('use fabrikam');
    assert.match(refused.text, /^This channel belongs to Contoso, for everybody\./);
    assert.deepEqual(buttons(refused), ['Nobody’s any more']);
    assert.match((await talk.as('arjun', here).say('use')).text, /^This channel belongs to Contoso\.$/);
    assert.match((await talk.as('arjun', here).say('orders')).text, /^Contoso/);
  });

  test('answers about the customer are for everybody, others stay with who asked', async () => {
    const here = await boundTo('contoso');
    const arjun = talk.as('arjun', here);
    for (const command of ['orders', 'order 10023', 'free', 'services 10023', 'organization contoso']) {
      const reply = await arjun.say(command);
      assert.equal(reply.audience, 'everyone', command);
      assert.ok(!buttons(reply).includes('Share in channel'), command);
      assert.doesNotMatch(JSON.stringify(reply), /[Mm]arkup|10026/, command);
      assert.ok(!('about' in reply));
    }
    const done = await talk.as('carla', here).say('associate 10024/1 pat@contoso.example');
    assert.equal(done.audience, 'everyone');
    for (const command of ['organizations', 'order 10028', 'organization fabrikam', 'associate', 'use']) {
      assert.equal((await arjun.say(command)).audience, 'asker', command);
    }
  });

  test('who may not see the customer sees nothing of it there, and their own only to themselves', async () => {
    const here = await boundTo('fabrikam');
    for (const who of ['carla', 'chris', 'nora'] as const) {
      const person = talk.as(who, here);
      for (const command of ['orders', 'free webex', 'subscriptions', 'history']) {
        const reply = await person.say(command);
        assert.doesNotMatch(JSON.stringify(reply), /Fabrikam/);
        assert.equal(reply.audience, 'asker', command);
      }
      assert.match(
        (await person.say('orders')).text,
        /^This channel belongs to a customer that is not one of/,
      );
      const own = await person.say('order 10023');
      assert.match(own.text, /of Contoso/);
      assert.equal(own.audience, 'asker');
    }
  });

  test('both ends are in the history of the customer', async () => {
    const here = await boundTo('contoso');
    await talk.as('priya', here).say('use nobody here');
    const { text } = await talk.as('carla').say('history');
    assert.match(text, /Priya Raman: #bound-\d+ belongs to Contoso no more/);
    assert.match(text, /Priya Raman: Bound #bound-\d+ to Contoso/);
  });

  test('elsewhere the answer can be shared by who asked, as everybody there may see it', async () => {
    const arjun = talk.as('arjun', somewhere());
    await arjun.say('use contoso');
    const mine = await arjun.say('orders historical');
    assert.equal(mine.audience, 'asker');
    assert.equal(buttons(mine).at(-1), 'Share in channel');
    const shared = await arjun.press(mine, 'Share in channel');
    assert.equal(shared.audience, 'everyone');
    assert.equal(shared.position, 'below');
    assert.deepEqual(rows(shared), rows(mine));
    assert.doesNotMatch(JSON.stringify(shared), /10026|Share in channel/);
  });

  test('an answer that was read elsewhere is posted where it was asked for', async () => {
    const here = somewhere();
    const mine = await talk.as('nora', here).say('order 10023');
    const personal = await talk.as('nora').press(mine, 'Share in channel');
    assert.equal(personal.text, `Shared in ${here.name}.`);
    assert.equal(personal.audience, 'asker');
    const post = await talk.waitForPost(({ place }) => place.conversation === here.conversation);
    assert.match(post.reply.text, /of Contoso/);
    assert.equal(post.reply.audience, 'everyone');
    assert.doesNotMatch(JSON.stringify(post.reply), /[Mm]arkup/);
  });

  test('nobody else shares it, nor anything else, nor anywhere else', async () => {
    const here = somewhere();
    const mine = await talk.as('nora', here).say('order 10023');
    const action = mine.card?.actions?.find(({ title }) => title === 'Share in channel');
    assert.ok(action?.type === 'Action.Execute');
    const before = talk.posts.length;
    for (const [who, data] of [
      ['chris', {}],
      ['nora', { text: 'order 10024' }],
      ['nora', { text: 'note 10023 Shared' }],
      ['nora', { to: 'channel:elsewhere' }],
      ['nora', { about: 4 }],
      ['nora', { seal: '' }],
    ] as const) {
      const reply = await talk.as(who, here).submit('share', { ...action.data, ...data });
      assert.match(reply.text, /does not fit any more/);
      assert.doesNotMatch(JSON.stringify(reply), /Office/);
    }
    assert.equal(talk.posts.length, before);
  });

  test('what was revoked meanwhile is not shared', async () => {
    const here = somewhere();
    const mine = await talk.as('chris', here).say('order 10023');
    await talk.as('priya').say('revoke chris@contoso.example');
    assert.match(
      (await talk.as('chris', here).press(mine, 'Share in channel')).text,
      /^I don’t know you yet/,
    );
    await talk.as('priya').say('grant chris@contoso.example customer contoso');
  });

  test('a change is not shared, and neither is what belongs to no customer', async () => {
    const arjun = talk.as('arjun', somewhere());
    for (const command of [
      'organizations',
      'associate 10024/1 kit@contoso.example',
      'use contoso',
      'note 10023',
    ]) {
      assert.ok(!buttons(await arjun.say(command)).includes('Share in channel'), command);
    }
    assert.ok(!buttons(await talk.as('arjun').say('order 10023')).includes('Share in channel'));
  });
});
