import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readHeader, untitled } from '../../../src/features/packages/header.ts';
import type { Package } from '../../../src/features/packages/types.ts';

const suite: Package = { id: 1, name: 'Webex Suite', calling: true, meetings: true };
const calling: Package = { id: 2, name: 'Webex Calling', calling: true, meetings: false };
const read = (cells: readonly string[], packages = [suite, calling], number = 1) =>
  readHeader({ number, cells }, packages);

describe('the header of a package sheet', () => {
  test('names each column, in any case and with any spaces', () => {
    const header = read([
      'First Name',
      ' webex SUITE ',
      'user id/email (required)',
      'Webex\u00a0 Calling',
      'Phone Number',
      'messaging',
      'Föredragen Webex-webbplats',
    ]);
    assert.deepEqual(header, {
      kind: 'columns',
      email: 2,
      details: { first_name: 0, phone_number: 4, preferred_site: 6 },
      licences: { messaging: 5 },
      packages: [
        { product: suite, column: 1 },
        { product: calling, column: 3 },
      ],
      leftOut: [],
    });
  });

  for (const title of [
    'User ID/Email (Required)',
    'User ID/Email',
    'Email',
    'E-mail',
    'User name',
    'Username',
    'User',
    'E-MAIL',
  ]) {
    test(`“${title}” is the column of the e-mail address`, () => {
      const header = read(['Webex Suite', title]);
      assert.equal(header.kind === 'columns' && header.email, 1);
    });
  }

  for (const title of [
    'Preferred Webex Site',
    'Preferred Site',
    'Webex Site',
    'föredragen webex-webbplats',
  ]) {
    test(`“${title}” is the column of the preferred site`, () => {
      const header = read(['User', 'Webex Suite', title]);
      assert.deepEqual(header.kind === 'columns' && header.details, { preferred_site: 2 });
    });
  }

  for (const title of ['Calling', 'Basic Calling', 'Base Calling', 'base calling']) {
    test(`“${title}” is the basic licence`, () => {
      const header = read(['User', title]);
      assert.deepEqual(header.kind === 'columns' && header.licences, { calling: 1 });
    });
  }

  test('a package is stronger than a licence of the same name', () => {
    const product: Package = { id: 3, name: 'Meetings', calling: false, meetings: true };
    const header = read(['User', 'Meetings', 'Basic Meetings'], [product]);
    assert.deepEqual(header.kind === 'columns' && header.packages, [{ product, column: 1 }]);
    assert.deepEqual(header.kind === 'columns' && header.licences, { meetings: 2 });
  });

  test('columns that are not read are named', () => {
    const header = read(['User', 'User Status', 'Webex Suite', '', 'Days Since Last Access', 'Shoe size']);
    assert.deepEqual(header.kind === 'columns' && header.leftOut, [
      'User Status',
      'Days Since Last Access',
      'Shoe size',
    ]);
  });

  const refusals: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'a suspended package',
      ['User', 'Webex Suite (Suspended)'],
      /^B1: “Webex Suite \(Suspended\)” is suspended\. /,
    ],
    ['any suspended column', ['User', 'Webex Suite', 'Webex Go ( suspended )'], /^C1: .* is suspended/],
    ['no e-mail column', ['Name', 'Webex Suite'], /^Row 1 .* no column for the users’ e-mail addresses/],
    [
      'neither a package nor a licence',
      ['Email', 'Location'],
      /^Row 1 .* no column for a package or licence, such as Webex Suite, Webex Calling, Messaging, Meetings and Calling\.$/,
    ],
    [
      'a package twice',
      ['User', 'Webex Suite', 'webex suite'],
      /^B1 and C1 are the same column \(“webex suite”\)/,
    ],
    ['two columns for the address', ['Email', 'Webex Suite', 'Username'], /^A1 and C1 are the same column/],
    ['a licence twice', ['Email', 'Calling', 'Basic Calling'], /^B1 and C1 are the same column/],
    [
      'a detail twice',
      ['Email', 'Calling', 'Webex Site', 'Preferred Site'],
      /^C1 and D1 are the same column/,
    ],
    ['rows without a header', ['alice@contoso.example', 'TRUE'], /^Row 1 should be the header/],
  ];
  for (const [what, cells, sentence] of refusals) {
    test(`${what} refuses the sheet`, () => {
      const header = read(cells);
      assert.match(header.kind === 'refused' ? header.sentence : '', sentence);
    });
  }

  test('a sentence names the row that the header is in', () => {
    const header = read(['User', 'Webex Suite (Suspended)'], [suite], 4);
    assert.match(header.kind === 'refused' ? header.sentence : '', /^B4: /);
  });

  test('columns with something in them but no title are found, also beyond the header', () => {
    const header = { number: 1, cells: ['User', '', 'Webex Suite', ' '] };
    const rows = [
      { number: 2, cells: ['a', '', 'TRUE'] },
      { number: 3, cells: ['b', 'lost', '', ' ', 'beyond'] },
    ];
    assert.deepEqual(untitled(header, rows), ['column B (no title)', 'column E (no title)']);
  });
});
