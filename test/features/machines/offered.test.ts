import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { choices, errorAt, fields, rows, shown, typed } from '../../chat/reading.ts';
import { onBothEngines } from '../../support/database.ts';
import type { Speaker } from '../../support/talk.ts';

onBothEngines('what is offered of machines', (engine) => {
  let talk: CalmTalk;
  let priya: Speaker;
  before(async () => {
    talk = await openCalmTalk(engine);
    priya = talk.as('priya');
  });
  after(() => talk.close());

  test('is listed with its prices', async () => {
    const all = await priya.say('machines');
    assert.deepEqual(rows(all).slice(0, 3), [
      [
        'Frankfurt',
        'Small, Medium, Large, Extra large',
        'Debian 13, Ubuntu Server 24.04, Windows Server 2025',
      ],
      ['Stockholm', 'Small, Medium, Large', 'Debian 13, Ubuntu Server 24.04, Windows Server 2025'],
      ['Core\nPer core', '€9.00'],
    ]);
    const region = await priya.press(all, 'Open region', {
      region: choices(all, 'region').find(({ title }) => title === 'Stockholm')?.value ?? '',
    });
    // A core, 2 GB of memory, 40 GB of disk.
    assert.deepEqual(rows(region)[0], ['Small\n1 core, 2 GB memory, 40 GB disk', '€20.20']);
    assert.deepEqual(shown(await priya.say('machines stock')), shown(region));
  });

  test('is added, changed and removed by form', async () => {
    const region = await priya.say('machines stockholm');
    const form = await priya.press(region, 'Add profile');
    assert.deepEqual(fields(form), ['region', 'name', 'cores', 'memory', 'disk']);
    const wrong = await priya.press(form, 'Save', {
      region: typed(form, 'region') ?? '',
      name: 'small',
      cores: 'four',
      memory: '0',
      disk: '99999999',
    });
    assert.equal(errorAt(wrong, 'name'), 'There is a profile small already.');
    assert.equal(errorAt(wrong, 'cores'), '“four” is not a whole number greater than zero.');
    assert.equal(errorAt(wrong, 'memory'), '“0” is not a whole number greater than zero.');
    assert.equal(errorAt(wrong, 'disk'), '99999999 is too many: at most 65536.');
    const values = { name: 'Huge', cores: '16', memory: '128', disk: '640' };
    const lost = await priya.press(wrong, 'Save', { ...values, region: '99999' });
    assert.equal(errorAt(lost, 'region'), 'Choose one of these regions.');
    const saved = await priya.press(lost, 'Save', { ...values, region: typed(form, 'region') ?? '' });
    assert.equal(saved.text, 'Added the profile Huge in Stockholm');

    const open = await priya.press(saved, 'Open Stockholm');
    const item = choices(open, 'item').find(({ title }) => title === 'Profile Huge')?.value ?? '';
    const change = await priya.press(open, 'Change', { item });
    assert.equal(typed(change, 'cores'), '16');
    const changed = await priya.press(change, 'Save', { ...values, name: 'Giant', cores: '32' });
    assert.equal(changed.text, 'Changed the profile Giant in Stockholm');
    assert.match(shown(await priya.say('machines stockholm')), /Giant\n32 cores, 128 GB memory, 640 GB disk/);
    const removed = await priya.press(await priya.say('machines change profile stockholm giant'), 'Remove');
    assert.equal(removed.text, 'Removed the profile Giant of Stockholm');
    assert.doesNotMatch(shown(await priya.say('machines stockholm')), /Giant/);
    assert.match((await priya.say('history')).text, /Removed the profile Giant of Stockholm|Which customer/);
  });

  test('is added, changed and removed by command', async () => {
    assert.equal((await priya.say('machines add region Oslo')).text, 'Added the region Oslo');
    assert.match((await priya.say('machines add region oslo')).text, /There is a region oslo already/);
    assert.equal(
      (await priya.say('machines add profile Oslo Tiny 1 1 10')).text,
      'Added the profile Tiny in Oslo',
    );
    assert.equal(
      (await priya.say('machines add template Oslo "Debian 14"')).text,
      'Added the template Debian 14 in Oslo',
    );
    assert.equal(
      (await priya.say('machines change profile Oslo Tiny 2 4 20')).text,
      'Changed the profile Tiny in Oslo',
    );
    assert.equal(
      (await priya.say('machines change template Oslo "Debian 14" Debian 15')).text,
      'Changed the template Debian 15 in Oslo',
    );
    assert.match(shown(await priya.say('machines oslo')), /Tiny\n2 cores, 4 GB memory, 20 GB disk/);
    assert.equal((await priya.say('machines remove region Oslo')).text, 'Removed the region Oslo');
    assert.match((await priya.say('machines oslo')).text, /There is no region “oslo”/);
    assert.deepEqual(fields(await priya.say('machines add template')), ['region', 'name']);
    assert.match((await priya.say('machines add')).text, /What do you want to add/);
  });

  test('is the provider admin’s alone', async () => {
    for (const who of ['arjun', 'nora', 'carla', 'chris'] as const) {
      const reply = await talk.as(who).say('machines add region Mine');
      assert.doesNotMatch(reply.text, /Added/);
      await talk.as(who).submit('machines.removeOffer', { offering: 4, what: 'region', item: 1 });
    }
    assert.deepEqual(
      rows(await priya.say('machines'))
        .slice(0, 2)
        .map(([name]) => name),
      ['Frankfurt', 'Stockholm'],
    );
  });
});
