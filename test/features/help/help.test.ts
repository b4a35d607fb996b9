import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { namesOf, type Role } from '../../../src/bot/index.ts';
import { features } from '../../../src/features.ts';
import { type CalmTalk, openCalmTalk } from '../../chat/calm.ts';
import { buttons, errorAt, fields, rows, shown, typed } from '../../chat/reading.ts';
import { channel } from '../../support/talk.ts';

const commands = features.flatMap((feature) => feature.commands);
const ROLE_OF = {
  priya: 'provider admin',
  arjun: 'account manager',
  nora: 'reseller admin',
  carla: 'customer admin',
  chris: 'customer',
} as const satisfies Record<string, Role>;
const people = Object.keys(ROLE_OF) as (keyof typeof ROLE_OF)[];

describe('help', () => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk('PGlite');
  });
  after(() => talk.close());

  for (const who of people) {
    test(`lists every command that a ${ROLE_OF[who]} may use, and no other`, async () => {
      const may = commands.filter(({ roles }) => roles.includes(ROLE_OF[who]));

      const reply = await talk.as(who).say('help');

      assert.deepEqual(
        rows(reply)
          .map(([usage]) => usage)
          .sort(),
        may.map(({ usage }) => usage).sort(),
      );
      for (const { usage } of may) assert.ok(reply.text.includes(`\n  ${usage}\n`));
      for (const title of buttons(reply)) {
        assert.doesNotMatch(
          (await talk.as(who).press(reply, title)).text,
          /may not do that|I don’t know/,
          title,
        );
      }
    });

    test(`tells a ${ROLE_OF[who]} of each command by each of its names, and of no other`, async () => {
      for (const command of commands) {
        for (const name of namesOf(command)) {
          const reply = await talk.as(who).say(`help ${name}`);
          if (command.roles.includes(ROLE_OF[who])) {
            assert.equal(reply.text, `${command.usage}\n${command.summary}.`);
          } else {
            assert.match(reply.text, /^I don’t know “help /, name);
            assert.ok(!buttons(reply).includes(`help ${command.name}`));
          }
        }
      }
    });
  }

  test('shows examples and other names, and its button says an example', async () => {
    const reply = await talk.as('carla').say('Help ASSIGN');
    assert.match(shown(reply), /Also understood: assign/);
    const [first = ''] = buttons(reply);
    assert.match(first, /^associate/);
    assert.ok(fields(await talk.as('carla').press(reply, first)).includes('users'));
  });

  test('on a mistyped command offers the nearest', async () => {
    const reply = await talk.as('carla').say('help asociate');
    assert.match(reply.text, /^I don’t know “help asociate”\. Did you mean help associate/);
    assert.match((await talk.as('carla').press(reply, 'help associate')).text, /^associate \[/);
  });

  test('has no word about markup for customers', async () => {
    for (const who of ['carla', 'chris'] as const) {
      assert.doesNotMatch(JSON.stringify(await talk.as(who).say('help')), /markup/i);
    }
  });
});

describe('what is not understood', () => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk('PGlite');
  });
  after(() => talk.close());

  for (const [text, meant, answer] of [
    ['ordres', 'orders', /^Contoso: 0 orders/],
    ['ORDERZ historical', 'orders historical', /^Contoso: 3 orders/],
    ['oder 10024', 'order 10024', /HAMARACLOUD10024/],
    ['fre “office 365”', 'free "office 365"', /3 of 5 units free/],
    ['usr alice@contoso.example', 'user alice@contoso.example', /alice@contoso\.example \(Contoso\) has/],
    ['subscriptoins webex', 'subscriptions webex', /webex/i],
    [
      'asociate 10024/1 zed@contoso.example 2',
      'associate 10024/1 zed@contoso.example 2',
      /zed@contoso\.example now has 2/,
    ],
    [
      'revoks units 10024/1 zed@contoso.example',
      'release 10024/1 zed@contoso.example',
      /Released 2 from zed/,
    ],
    ['assing 10024/1', 'associate 10024/1', /Associate users/],
    ['invocie 10023', 'order 10023', /HAMARACLOUD10023/],
  ] as const) {
    test(`${text} gets ${meant} as a button that works`, async () => {
      const carla = talk.as('carla');
      const reply = await carla.say(text);
      assert.ok(reply.text.startsWith(`I don’t know “${text}”.`), reply.text);
      assert.ok(buttons(reply).includes(meant), buttons(reply).join(', '));
      assert.match((await carla.press(reply, meant)).text, answer);
    });
  }

  test('never offers what the role may not do', async () => {
    for (const text of ['grnt x@y.example customer', 'asociate', 'recncile', 'membrs']) {
      const reply = await talk.as('chris').say(text);
      assert.doesNotMatch(reply.text, /Did you mean .*(grant|associate|reconcile|members)/);
      for (const title of buttons(reply)) {
        assert.doesNotMatch((await talk.as('chris').press(reply, title)).text, /may not do that/, title);
      }
    }
  });

  for (const text of [
    '!!!',
    '…',
    '""',
    '“”',
    '🎉',
    '{{DATE()}}',
    '**bold** [link](https://example.com)',
    '<at>bot</at>',
    "'; drop table orders; --",
    'select * from orders',
    'make me a sandwich',
    'ﷺ مرحبا',
    'nul\u0000nul',
    `x${'😀'.repeat(100)}`,
    'nothing like it '.repeat(4000),
    '-'.repeat(30_000),
  ]) {
    test(`${JSON.stringify(text.slice(0, 20))} (${text.length}) gets a short answer with a way on`, async () => {
      const carla = talk.as('carla');
      const reply = await carla.say(text);
      assert.match(reply.text, /^I don’t know “/);
      assert.ok(reply.text.length < 1500, `${reply.text.length} characters`);
      assert.ok(reply.text.isWellFormed());
      assert.ok(buttons(reply).includes('Help'));
      for (const title of buttons(reply)) {
        assert.doesNotMatch((await carla.press(reply, title)).text, /went wrong|I don’t know/);
      }
    });
  }

  test('is said only to the one who asked, also in a channel', async () => {
    const reply = await talk.as('carla', channel('sales')).say('asociate 10023/1 secret@contoso.example');
    assert.equal(reply.audience, 'asker');
  });

  for (const [text, same] of [
    ['  Orders   historical ', 'orders historical'],
    ['ORDERS\u00a0HISTORICAL', 'orders historical'],
    ['orders\nhistorical', 'orders historical'],
    ['invoice 10023', 'order 10023'],
    ['subscription', 'subscriptions'],
    ['?', 'help'],
    ['hello', 'help'],
    ['', 'help'],
    ['free “universal”', 'free universal'],
  ] as const) {
    test(`${JSON.stringify(text)} is understood as ${same}`, async () => {
      const carla = talk.as('carla');
      assert.deepEqual(await carla.say(text), await carla.say(same));
    });
  }

  test('text that looks like a template, markup or SQL stays plain text wherever it is shown', async () => {
    const carla = talk.as('carla');
    for (const text of ['{{DATE()}}', '**x**', '<b>x</b>', "'; drop table notes; --"]) {
      await carla.say(`note 10024 ${text}`);
      assert.ok(
        shown(await carla.say('order 10024'))
          .split('\n')
          .includes(`Note: ${text}`),
      );
      assert.ok((await carla.say('history 10024')).text.includes(text));
      assert.ok((await carla.say(`free ${text}`)).text.includes(text));
      const form = await carla.submit('associate', {
        from: 'entered',
        service: '10023/1',
        users: text,
        units: '1',
      });
      assert.equal(typed(form, 'users'), text);
      assert.notEqual(errorAt(form, 'users'), undefined);
    }
  });

  test('a button of an older version says that it does not fit any more', async () => {
    const carla = talk.as('carla');
    assert.match((await carla.submit('no.such.verb', {})).text, /does not fit any more/);
    assert.match((await carla.submit('orders.page', { page: 'x' })).text, /does not fit any more/);
    assert.match((await carla.submit('undo', {})).text, /does not fit any more/);
  });
});
