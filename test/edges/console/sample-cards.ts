/** Cards as the bot sends them, with what a console must survive: long names, markup in text, wide tables. */
import type { Action, Card, Element, Execute, Table, TextBlock } from '../../../src/chat/card.ts';

export function card(body: readonly Element[], actions: readonly Action[] = []): Card {
  const $schema = 'http://adaptivecards.io/schemas/adaptive-card.json';
  return { type: 'AdaptiveCard', $schema, version: '1.5', body, ...(actions.length > 0 && { actions }) };
}

export function line(text: string, more: Partial<TextBlock> = {}): TextBlock {
  return { type: 'TextBlock', text, wrap: true, ...more };
}

export function button(title: string, verb: string, more: Partial<Execute> = {}): Execute {
  return { type: 'Action.Execute', title, verb, data: {}, ...more };
}

const heading = (text: string): TextBlock =>
  line(text, { style: 'heading', size: 'large', weight: 'bolder' });

function table(
  columns: readonly (readonly [width: number, numeric: boolean])[],
  rows: readonly string[][],
): Table {
  return {
    type: 'Table',
    columns: columns.map(([width, numeric]) => ({
      width,
      horizontalCellContentAlignment: numeric ? 'right' : 'left',
    })),
    rows: rows.map((cells) => ({
      type: 'TableRow',
      cells: cells.map((text) => ({ type: 'TableCell', items: [line(text)] })),
    })),
    firstRowAsHeader: true,
    showGridLines: false,
    gridStyle: 'default',
  };
}

export const orderCard = card(
  [
    {
      type: 'ColumnSet',
      columns: [
        {
          type: 'Column',
          width: 'stretch',
          items: [heading('HAMARACLOUD10023'), line('Contoso', { isSubtle: true, spacing: 'none' })],
        },
        {
          type: 'Column',
          width: 'auto',
          verticalContentAlignment: 'center',
          items: [{ type: 'Badge', text: 'Completed', style: 'good', fallback: line('Completed') }],
        },
      ],
    },
    {
      type: 'FactSet',
      facts: [
        { title: 'Ordered by', value: 'Nora West, Northwind Partners' },
        { title: 'Date', value: '3 November 2026' },
        { title: 'Note', value: 'Renewal agreed with Carl by phone' },
      ],
    },
    table(
      [
        [1, false],
        [5, false],
        [1, true],
        [1, true],
      ],
      [
        ['Position', 'Service', 'Units', 'Free'],
        ['/1', 'UniversalMessaging Small Business Edition (1GB)', '10', '7'],
        ['/2', 'Office 365 E3', '5', '3'],
        ['/3', 'Webex Suite', '2', '0'],
      ],
    ),
  ],
  [
    button('Associate a user', 'associate', { style: 'positive' }),
    button('Change the note', 'note'),
    button('History', 'history'),
    { type: 'Action.OpenUrl', title: 'Domain configuration', url: 'https://example.test/domain' },
  ],
);

export function associateCard(filled: { email?: string; units?: number; problem?: string } = {}): Card {
  const { email, units, problem } = filled;
  return card(
    [
      heading('Associate a user'),
      line('HAMARACLOUD10023/1 of Contoso. 7 of 10 units are free.', { isSubtle: true, spacing: 'small' }),
      {
        type: 'Input.ChoiceSet',
        id: 'service',
        label: 'Service',
        choices: [
          { title: '/1 UniversalMessaging Small Business Edition (1GB)', value: '1' },
          { title: '/2 Office 365 E3', value: '2' },
        ],
        value: '1',
      },
      {
        type: 'Input.Text',
        id: 'email',
        label: 'User',
        style: 'email',
        placeholder: 'alice@contoso.example',
        ...(email !== undefined && { value: email }),
      },
      ...(problem ? [line(problem, { color: 'attention', size: 'small', spacing: 'small' })] : []),
      {
        type: 'Input.Number',
        id: 'units',
        label: 'Units',
        min: 1,
        max: 7,
        ...(units !== undefined && { value: units }),
      },
      {
        type: 'Input.ChoiceSet',
        id: 'source',
        label: 'Associate user from',
        style: 'expanded',
        value: 'entered',
        choices: [
          { title: 'Entered data', value: 'entered' },
          { title: 'Uploaded file', value: 'file' },
        ],
      },
      { type: 'Input.Toggle', id: 'mail', label: 'Notice', title: 'Tell the user by e-mail', value: 'true' },
    ],
    [
      button('Associate', 'associate.apply', { style: 'positive', data: { order: 10023 } }),
      button('Cancel', 'cancel', { associatedInputs: 'none' }),
    ],
  );
}

export const associatedCard = card(
  [
    {
      type: 'Container',
      style: 'good',
      items: [line('alice@contoso.example now has 3 units.', { weight: 'bolder' })],
    },
    line('UniversalMessaging Small Business Edition (1GB): 6 of 10 units are free.'),
  ],
  [button('Associate another', 'associate'), button('Undo', 'undo', { style: 'destructive' })],
);

export function jobCard(done: number, failed = 0): Card {
  const ended = done === 2000;
  return card(
    [
      {
        type: 'ColumnSet',
        columns: [
          { type: 'Column', width: 'stretch', items: [heading('Job 7: associate from users.xlsx')] },
          {
            type: 'Column',
            width: 'auto',
            items: [
              {
                type: 'Badge',
                text: ended ? 'Done' : 'Running',
                style: ended ? 'good' : 'informative',
                fallback: line('Running'),
              },
            ],
          },
        ],
      },
      {
        type: 'ProgressBar',
        value: done,
        max: 2000,
        color: ended ? 'good' : 'accent',
        fallback: line(`${done} of 2,000 rows`),
      },
      line(`${done.toLocaleString('en')} of 2,000 rows, ${failed} failed`, {
        isSubtle: true,
        spacing: 'small',
      }),
    ],
    ended ? [] : [button('Cancel the job', 'job.cancel', { style: 'destructive' })],
  );
}

export const previewCard = card(
  [
    heading('users.xlsx: 1,998 of 2,000 rows are valid'),
    line('Nothing has changed yet.', { isSubtle: true, spacing: 'none' }),
    {
      type: 'Container',
      style: 'warning',
      items: [
        line('2 rows can not be used', { weight: 'bolder' }),
        line('B17: "two" is not a whole number greater than zero\nA340: "bob@" is not an e-mail address', {
          spacing: 'small',
        }),
      ],
    },
    table(
      [
        [4, false],
        [1, true],
        [1, true],
        [1, true],
        [1, true],
        [2, true],
      ],
      [
        ['Service', 'Bought', 'Used', 'Free', 'Needed', 'Price'],
        ['10024/1 UniversalMessaging', '2,000', '0', '2,000', '1,998', '€ 4,995.00'],
        ['10023/2 Office 365 E3', '5', '2', '3', '0', '€ 0.00'],
      ],
    ),
  ],
  [
    button('Run 1,998 rows', 'bulk.run', { style: 'positive' }),
    button('Cancel', 'bulk.cancel', { style: 'destructive' }),
  ],
);

export const hostile =
  '<img src=x onerror="document.title=1"> **bold** {{DATE(2026-01-01T00:00:00Z)}} <b>b</b>';
export const hostileCard = card(
  [
    heading(hostile),
    { type: 'FactSet', facts: [{ title: hostile, value: hostile }] },
    { type: 'Badge', text: hostile, style: 'warning', fallback: line('') },
    { type: 'Input.Text', id: 'x', label: hostile, value: hostile },
  ],
  [button(hostile, 'x'), { type: 'Action.OpenUrl', title: 'Run', url: 'javascript:document.title=2' }],
);
