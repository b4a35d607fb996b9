import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card, Chart, Element, Execute, Table } from '../../../src/chat/card.ts';
import { toBlocks } from '../../../src/edges/slack/blocks/blocks.ts';
import { parsePress, Unshowable } from '../../../src/edges/slack/blocks/buttons.ts';
import type { Block } from '../../../src/edges/slack/blocks/charts.ts';
import { rooms } from '../../../src/edges/slack/blocks/room.ts';
import { faultsOf } from './limits-oracle.ts';

const card = (body: readonly Element[], actions?: Card['actions']): Card => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body,
  ...(actions === undefined ? {} : { actions }),
});

function blocksOf(body: readonly Element[], actions?: Card['actions']): Block[] {
  const { blocks } = toBlocks(card(body, actions));
  assert.deepEqual(faultsOf(blocks), []);
  return blocks;
}

const words = (text: string) => ({ type: 'TextBlock', text, wrap: true }) as const;
const execute = (more: Partial<Execute> = {}): Execute => ({
  type: 'Action.Execute',
  title: 'Run',
  verb: 'bulk.run',
  data: { plan: 'a1' },
  ...more,
});

test('headings, bold, subtle and plain texts', () => {
  const blocks = blocksOf([
    { ...words('Order HAMARACLOUD10023'), style: 'heading' },
    { ...words('7 free of 10'), weight: 'bolder' },
    { ...words('Contoso'), isSubtle: true },
    words('A & B <c>'),
  ]);

  assert.deepEqual(blocks, [
    { type: 'header', text: { type: 'plain_text', text: 'Order HAMARACLOUD10023', emoji: false } },
    { type: 'section', text: { type: 'mrkdwn', text: '*7 free of 10*', verbatim: true } },
    { type: 'context', elements: [{ type: 'plain_text', text: 'Contoso', emoji: false }] },
    { type: 'section', text: { type: 'plain_text', text: 'A & B <c>', emoji: false } },
  ]);
});

for (const text of ['*x*', '_x_', '~x~', '`x`', '> x', ':smile:', 'a *b', 'x\n>y']) {
  test(`a text that Slack would format is shown as it is: ${JSON.stringify(text)}`, () => {
    const blocks = blocksOf([{ ...words(text), weight: 'bolder' }]);

    assert.deepEqual(blocks, [{ type: 'section', text: { type: 'plain_text', text, emoji: false } }]);
  });
}

test('nobody is notified by what data says', () => {
  const blocks = blocksOf([{ ...words('<!channel> @here alice_smith@contoso.example'), weight: 'bolder' }]);

  assert.deepEqual(blocks, [
    {
      type: 'section',
      text: { type: 'mrkdwn', text: '*&lt;!channel&gt; @here alice_smith@contoso.example*', verbatim: true },
    },
  ]);
});

test('facts are fields, ten in a section', () => {
  const facts = Array.from({ length: 12 }, (_, index) => ({ title: `Fact ${index}`, value: `${index}` }));

  const blocks = blocksOf([{ type: 'FactSet', facts }]);

  assert.deepEqual(
    blocks.map((block) => block.type === 'section' && block.fields?.length),
    [10, 2],
  );
  assert.deepEqual(blocks[0]?.type === 'section' && blocks[0].fields?.[0], {
    type: 'mrkdwn',
    text: '*Fact 0*\n0',
    verbatim: true,
  });
});

const table = (rows: number, columns = 3): Table => ({
  type: 'Table',
  columns: Array.from({ length: columns }, () => ({
    width: 1,
    horizontalCellContentAlignment: 'right' as const,
  })),
  rows: Array.from({ length: rows }, (_, row) => ({
    type: 'TableRow' as const,
    cells: Array.from({ length: columns }, (_, column) => ({
      type: 'TableCell' as const,
      items: [words(column === 2 ? '' : `${row}:${column}`)],
    })),
  })),
  firstRowAsHeader: true,
  showGridLines: true,
  gridStyle: 'default',
});

test('the first table sorts and pages, with a space in an empty cell; others are monospaced', () => {
  const heading = { ...words('Orders of Contoso'), style: 'heading' } as const;

  const [, native, monospaced] = blocksOf([heading, table(2), table(2)]);

  assert.deepEqual(native, {
    type: 'data_table',
    caption: 'Orders of Contoso',
    rows: [
      [text('0:0'), text('0:1'), text('\u00a0')],
      [text('1:0'), text('1:1'), text('\u00a0')],
    ],
    page_size: 1,
  });
  assert.deepEqual(monospaced, {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: '0:0  0:1\n1:0  1:1' }] }],
  });
});

const text = (cell: string) => ({ type: 'raw_text', text: cell });

test('a workspace that knows no such table gets the plain one, and one that knows none gets letters', () => {
  const without = (...gone: ('data_table' | 'table')[]) => {
    const natives = new Set(
      [...rooms.message.natives].filter((native) => !gone.some((one) => one === native)),
    );
    return toBlocks(card([table(2)]), { ...rooms.message, natives }).blocks[0];
  };

  assert.deepEqual(without('data_table'), {
    type: 'table',
    rows: [
      [text('0:0'), text('0:1'), text('\u00a0')],
      [text('1:0'), text('1:1'), text('\u00a0')],
    ],
    column_settings: Array.from({ length: 3 }, () => ({ align: 'right', is_wrapped: true })),
  });
  assert.equal(without('data_table', 'table')?.type, 'rich_text');
});

test('a column of numbers is one to Slack too, so that 1,000 comes after 20', () => {
  const numbers = grid([
    ['Service', 'Units', 'Free'],
    ['10024/1', '1,000', '7'],
    ['10023/1', '20', '–'],
  ]);

  const [block] = blocksOf([numbers]);

  assert.deepEqual(block?.type === 'data_table' && block.rows.slice(1), [
    [text('10024/1'), { type: 'raw_number', value: 1_000, text: '1,000' }, text('7')],
    [text('10023/1'), { type: 'raw_number', value: 20, text: '20' }, text('–')],
  ]);
});

test('a table too wide for letters is a list: whole words, each number with its name', () => {
  const product = 'UniversalMessaging Small Business Edition (1GB) with everything that can be had';
  const { blocks, rest } = toBlocks(
    card([
      grid([
        ['Service', 'Free', 'Note'],
        [`10023/1\n${product}`, '7', '–'],
        ['10023/2\nOffice 365 E3', '3', '*Call* before\nrenewal'],
      ]),
    ]),
    rooms.modal,
  );

  assert.deepEqual(faultsOf(blocks, 'modal'), []);
  assert.deepEqual(listOf(blocks[0]), [
    '*Service*',
    `• *10023/1* · ${product}\nFree: 7`,
    '• *10023/2* · Office 365 E3\nFree: 3 · Note: *Call* before, renewal',
  ]);
  assert.deepEqual([blocks.length, rest], [1, []]);
});

test('a list of commands has one title, and what is typed is code, however many lists there are', () => {
  const commands = (title: string): Table => ({
    ...grid([
      [title, 'What it does'],
      ['orders [text]', 'List orders'],
      ['order 10023', 'Show one order'],
    ]),
    list: 'commands',
  });

  const blocks = blocksOf([commands('Orders'), commands('Bulk jobs')]);

  const lines = ['• `orders [text]` – List orders', '• `order 10023` – Show one order'];
  assert.deepEqual(blocks.map(listOf), [
    ['*Orders*', ...lines],
    ['*Bulk jobs*', ...lines],
  ]);
});

test('commands that a message has no room for are in one text file, as lines', () => {
  const commands = (title: string): Table => ({
    ...grid([
      [title, 'What it does'],
      ['orders [recent|historical] [active|draft|all] [text]', 'List orders'],
    ]),
    list: 'commands',
  });

  const { blocks, rest } = toBlocks(
    card([{ ...words('Help'), style: 'heading' }, commands('Orders'), commands('Bulk')]),
    { ...rooms.message, text: 320 },
  );

  assert.match(JSON.stringify(blocks), /… 2 more parts: all of it is in help\.txt, in the thread\./);
  assert.deepEqual(
    rest.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]),
    [
      [
        'help.txt',
        '\uFEFFHelp\n\nOrders\n  orders [recent|historical] [active|draft|all] [text] – List orders\n\n' +
          'Bulk\n  orders [recent|historical] [active|draft|all] [text] – List orders\n',
      ],
    ],
  );
});

test('a long list takes several blocks, and says what it has no room for', () => {
  const rows = Array.from({ length: 120 }, (_, index) => [
    `10023/${index}`,
    `Service number ${index} with a name that is rather long for letters`,
  ]);
  const room = { ...rooms.modal, text: 6_000 };

  const { blocks } = toBlocks(card([grid([['Service', 'Name'], ...rows])]), room);

  const shown = blocks.flatMap(listOf).filter((line) => line.startsWith('•'));
  assert.ok(blocks.length > 2 && shown.length > 60, `${blocks.length} ${shown.length}`);
  assert.match(
    JSON.stringify(blocks.at(-1)),
    new RegExp(`… and ${120 - shown.length} more rows\\. There is more`),
  );
});

/** What a list reads like: * around what is bold, ` around code. */
function listOf(block: Block | undefined): string[] {
  if (block?.type !== 'rich_text') return [];
  const line = ({ elements }: { elements: readonly object[] }) =>
    elements
      .map((element) => Object(element))
      .map(({ text, style }) => (style?.bold ? `*${text}*` : style?.code ? `\`${text}\`` : text))
      .join('');
  return block.elements.flatMap((element) => {
    if (element.type === 'rich_text_list')
      return element.elements.map((item) => `• ${line(item as { elements: object[] })}`);
    return [line(element)];
  });
}

function grid(rows: readonly (readonly string[])[]): Table {
  const cells = (row: readonly string[]) =>
    row.map((cell) => ({ type: 'TableCell' as const, items: cell.split('\n').map(words) }));
  return {
    ...table(0, rows[0]?.length ?? 0),
    columns: (rows[0] ?? []).map(() => ({ width: 1 })),
    rows: rows.map((row) => ({ type: 'TableRow' as const, cells: cells(row) })),
  };
}

test('a table of more rows than Slack takes is whole in a file', () => {
  const { blocks, rest } = toBlocks(
    card([{ ...words('Orders: all of them'), style: 'heading' }, table(137)], [execute()]),
  );

  assert.equal(blocks[1]?.type === 'data_table' && blocks[1].rows.length, 101);
  assert.match(
    JSON.stringify(blocks[2]),
    /… and 36 more rows: all 136 are in orders-all-of-them\.csv, in the thread\./,
  );
  assert.equal(blocks[3]?.type, 'actions');
  const [file, ...more] = rest;
  assert.deepEqual(more, []);
  assert.equal(file?.name, 'orders-all-of-them.csv');
  const lines = Buffer.from(file.bytes).toString().split('\r\n');
  assert.equal(lines[0], '\uFEFF"0:0","0:1",""');
  assert.equal(lines[136], '"136:0","136:1",""');
});

test('nothing in a file of ours makes a spreadsheet calculate', () => {
  const rows = [['a', 'b'], ['=1+1', '-5'], ['@x', '-x"y"'], ...Array.from({ length: 120 }, () => ['', ''])];

  const [file] = toBlocks(card([grid(rows)])).rest;

  const lines = Buffer.from(file?.bytes ?? [])
    .toString()
    .split('\r\n');
  assert.deepEqual(lines.slice(1, 3), [`"'=1+1","-5"`, `"'@x","'-x""y"""`]);
});

test('a table wider than Slack’s own is monospaced', () => {
  const blocks = blocksOf([table(3, 21)]);

  assert.deepEqual(
    blocks.map(({ type }) => type),
    ['rich_text'],
  );
});

test('a table with a cell longer than a line of letters is a list, in which no word is broken', () => {
  const name = `${'long'.repeat(11)}@x`;
  const narrow = { ...rooms.message, natives: new Set<never>() };
  const { blocks } = toBlocks(
    card([
      grid([
        ['User', 'Units'],
        [name, '1'],
      ]),
    ]),
    narrow,
  );

  assert.match(JSON.stringify(blocks), new RegExp(name));
});

test('an input reads as optional unless something has to be filled in', () => {
  const note = { type: 'Input.Text', id: 'note', label: 'Note' } as const;
  const agreed = { type: 'Input.Toggle', id: 'agreed', label: 'Agreed', title: 'Yes' } as const;
  const blocks = blocksOf([note, { ...note, id: 'name', required: true }, { ...agreed, required: true }]);

  assert.deepEqual(
    blocks.map((block) => block.type === 'input' && block.optional),
    [true, false, false],
  );
});

test('what stands beside a bold name is shown exactly, as code where Slack would read marks in it', () => {
  const fact = (value: string) => ({ title: 'Schedule', value });
  const [block] = blocksOf([
    { type: 'FactSet', facts: [fact('0 6 25 * *'), fact('<*a*> & b'), fact('`x` *y*'), fact('*a\nb*')] },
  ]);

  assert.deepEqual(block?.type === 'section' && block.fields, [
    { type: 'mrkdwn', text: '*Schedule*\n`0 6 25 * *`', verbatim: true },
    { type: 'mrkdwn', text: '*Schedule*\n`&lt;*a*&gt; &amp; b`', verbatim: true },
    { type: 'plain_text', text: 'Schedule\n`x` *y*', emoji: false },
    { type: 'plain_text', text: 'Schedule\n*a\nb*', emoji: false },
  ]);
});

test('containers, columns, progress and badges', () => {
  const blocks = blocksOf([
    { type: 'Container', style: 'warning', items: [words('3 units short')] },
    {
      type: 'ColumnSet',
      columns: [
        { type: 'Column', width: 'auto', items: [{ ...words('Job 7'), weight: 'bolder' }] },
        { type: 'Column', width: 'stretch', items: [badge('good', 'done')] },
      ],
    },
    { type: 'ProgressBar', value: 30, max: 100, fallback: words('30 %') },
    { ...badge('attention', 'failed'), separator: true },
  ]);

  assert.deepEqual(blocks, [
    { type: 'section', text: { type: 'plain_text', text: '⚠️ 3 units short', emoji: false } },
    { type: 'section', text: { type: 'mrkdwn', text: '*Job 7* · 🟢 *done*', verbatim: true } },
    { type: 'section', text: { type: 'plain_text', text: '▓▓▓░░░░░░░ 30 %', emoji: false } },
    { type: 'divider' },
    { type: 'section', text: { type: 'mrkdwn', text: '🔴 *failed*', verbatim: true } },
  ]);
});

const badge = (style: 'good' | 'attention', label: string) =>
  ({ type: 'Badge', text: label, style, fallback: words(label) }) as const;

const chart = (labels: readonly string[], more: Partial<Chart> = {}): Chart => ({
  type: 'Chart.VerticalBar.Grouped',
  title: 'Units by subscription',
  xAxisTitle: 'Subscription',
  yAxisTitle: 'Units',
  data: [
    { legend: 'Before', color: 'neutral', values: labels.map((x, index) => ({ x, y: 10 * index })) },
    { legend: 'Counted', color: 'categoricalBlue', values: labels.map((x) => ({ x, y: 5 })) },
  ],
  fallback: words('All of it in words.'),
  ...more,
});

test('a chart is Slack’s own', () => {
  assert.deepEqual(blocksOf([chart(['10023/1', '10023/2'])]), [
    {
      type: 'data_visualization',
      title: 'Units by subscription',
      chart: {
        type: 'bar',
        series: [
          {
            name: 'Before',
            data: [
              { label: '10023/1', value: 0 },
              { label: '10023/2', value: 10 },
            ],
          },
          {
            name: 'Counted',
            data: [
              { label: '10023/1', value: 5 },
              { label: '10023/2', value: 5 },
            ],
          },
        ],
        axis_config: { categories: ['10023/1', '10023/2'], x_label: 'Subscription', y_label: 'Units' },
      },
    },
  ]);
});

test('a long label is seen to be cut; where two would become one, bars are drawn with all of them', () => {
  const [native] = blocksOf([chart(['Office 365 Enterprise E3 (10023/1)'])]);
  assert.ok(native?.type === 'data_visualization');
  assert.deepEqual(native.chart.axis_config.categories, ['Office 365 Enterpri…']);

  const [drawn, ...rest] = blocksOf([
    chart(['Office 365 Enterprise E3', 'Office 365 Enterprise E5 with Phone']),
  ]);
  assert.deepEqual(rest, []);
  assert.equal(
    preformattedText(drawn),
    [
      'Office 365 Enterprise E3  Before   0',
      'Office 365 Enterprise E3  Counted  ██████████ 5',
      'Office 365 Enterprise E…  Before   ████████████████████ 10',
      'Office 365 Enterprise E…  Counted  ██████████ 5',
    ].join('\n'),
  );
});

test('a third chart in one message is drawn in letters, and so is one with too many series', () => {
  const one = chart(['10023/1']);
  const types = (charts: readonly Chart[]) => blocksOf(charts).map(({ type }) => type);
  assert.deepEqual(types([one, one, one]), ['data_visualization', 'data_visualization', 'rich_text']);
  const [series] = one.data;
  assert.ok(series);
  const seven = Array.from({ length: 7 }, (_, index) => ({ ...series, legend: `Series ${index}` }));
  assert.deepEqual(types([{ ...one, data: seven }]), ['rich_text']);
});

test('a chart with more bars than can be shown is told in words, not cut', () => {
  const many = chart(Array.from({ length: 21 }, (_, index) => `10023/${index}`));
  assert.deepEqual(blocksOf([many]), [
    { type: 'section', text: { type: 'plain_text', text: 'All of it in words.', emoji: false } },
  ]);
});

const preformattedText = (block: Block | undefined): unknown =>
  block?.type === 'rich_text' ? Object(block.elements[0]).elements[0].text : undefined;

test('inputs keep what was filled in', () => {
  const blocks = blocksOf([
    {
      type: 'Input.Text',
      id: 'user',
      label: 'User',
      value: 'alice@contoso.example',
      maxLength: 100,
      placeholder: 'E-mail',
    },
    { type: 'Input.Number', id: 'units', label: 'Units', value: 2, min: 1, max: 7 },
    { type: 'Input.ChoiceSet', id: 'service', label: 'Service', choices: choices(3), value: 'v1' },
    {
      type: 'Input.ChoiceSet',
      id: 'mode',
      label: 'Mode',
      choices: choices(2),
      style: 'expanded',
      value: 'v0',
    },
    { type: 'Input.Toggle', id: 'sure', label: 'Sure', title: 'Yes, I am', value: 'true' },
  ]);

  const elements = blocks.map((block) => (block.type === 'input' ? block.element : undefined));
  assert.deepEqual(elements, [
    {
      type: 'plain_text_input',
      action_id: 'user',
      multiline: false,
      max_length: 100,
      initial_value: 'alice@contoso.example',
      placeholder: plain('E-mail'),
    },
    { type: 'plain_text_input', action_id: 'units', initial_value: '2' },
    {
      type: 'static_select',
      action_id: 'service',
      initial_option: option(1),
      options: [option(0), option(1), option(2)],
    },
    { type: 'radio_buttons', action_id: 'mode', initial_option: option(0), options: [option(0), option(1)] },
    {
      type: 'checkboxes',
      action_id: 'sure',
      options: [{ text: plain('Yes, I am'), value: 'true' }],
      initial_options: [{ text: plain('Yes, I am'), value: 'true' }],
    },
  ]);
  assert.ok(blocks.every((block) => block.type === 'input' && block.optional === true));
});

const choices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ title: `T${index}`, value: `v${index}` }));
const plain = (label: string) => ({ type: 'plain_text', text: label, emoji: false });
const option = (index: number) => ({ text: plain(`T${index}`), value: `v${index}` });

test('an input that changed is another block to Slack, one that did not is the same', () => {
  const idOf = (value: string) =>
    blocksOf([{ type: 'Input.Text', id: 'note', label: 'Note', value }])[0]?.block_id;

  assert.equal(idOf('a'), idOf('a'));
  assert.notEqual(idOf('a'), idOf('b'));
});

test('more choices than a select takes are grouped; a long title goes on below', () => {
  const long =
    'Office 365 Enterprise E3 with everything that can be had for it, billed monthly, no commitment';

  const [block] = blocksOf([
    {
      type: 'Input.ChoiceSet',
      id: 'product',
      label: 'Product',
      choices: [{ title: long, value: 'e3' }, ...choices(150)],
    },
  ]);

  assert.ok(block?.type === 'input' && block.element.type === 'static_select');
  assert.deepEqual(
    block.element.option_groups?.map(({ options }) => options.length),
    [100, 51],
  );
  const first = block.element.option_groups?.[0]?.options[0];
  assert.deepEqual(
    [first?.text.text, first?.description?.text],
    ['Office 365 Enterprise E3 with everything that can be had for it, billed…', 'monthly, no commitment'],
  );
});

test('a choice too long for two lines is cut once, after a word, its beginning kept', () => {
  const title =
    '12 · Contoso · 10023/2 · 7 of 10 units of UniversalMessaging Small Business Edition (1GB) with everything are idle, and have been so since the last reconciliation of the year before';

  const [block] = blocksOf([
    { type: 'Input.ChoiceSet', id: 'finding', label: 'Finding', choices: [{ title, value: '12' }] },
  ]);

  assert.ok(block?.type === 'input' && block.element.type === 'static_select');
  const [option] = block.element.options ?? [];
  assert.deepEqual(
    [option?.text.text, option?.description?.text],
    [
      '12 · Contoso · 10023/2 · 7 of 10 units of UniversalMessaging Small',
      'Business Edition (1GB) with everything are idle, and have been so since…',
    ],
  );
});

test('values that no option takes travel with the buttons', () => {
  const value = 'x'.repeat(90);

  const blocks = blocksOf(
    [{ type: 'Input.ChoiceSet', id: 'plan', label: 'Plan', choices: [{ title: 'Long', value }], value }],
    [execute(), execute({ associatedInputs: 'none' })],
  );

  const [run, cancel] = blocks.at(-1)?.type === 'actions' ? buttonsOf(blocks) : [];
  assert.deepEqual(parsePress(run?.value)?.longValues, { plan: { '#0': value } });
  assert.deepEqual(parsePress(cancel?.value), {
    verb: 'bulk.run',
    data: { plan: 'a1' },
    withInputs: false,
    longValues: {},
  });
});

const buttonsOf = (blocks: readonly Block[]) =>
  blocks
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .filter((element) => element.type === 'button');

test('buttons carry verb and data, links their address', () => {
  const blocks = blocksOf(
    [],
    [
      execute({ style: 'positive' }),
      execute({ title: 'Cancel', verb: 'bulk.cancel', style: 'destructive' }),
      { type: 'Action.OpenUrl', title: 'Portal', url: 'https://portal.example/' },
      { type: 'Action.OpenUrl', title: 'Mail', url: 'mailto:a@b.example' },
    ],
  );

  assert.deepEqual(
    buttonsOf(blocks).map(({ action_id, style, value, url }) => ({ action_id, style, value, url })),
    [
      {
        action_id: 'execute-0',
        style: 'primary',
        value: '{"v":"bulk.run","d":{"plan":"a1"}}',
        url: undefined,
      },
      {
        action_id: 'execute-1',
        style: 'danger',
        value: '{"v":"bulk.cancel","d":{"plan":"a1"}}',
        url: undefined,
      },
      { action_id: 'open-2', style: undefined, value: undefined, url: 'https://portal.example/' },
    ],
  );
  assert.match(JSON.stringify(blocks[0]), /Mail: mailto:a@b.example/);
});

test('a button that carries more than Slack takes is a fault', () => {
  assert.throws(() => toBlocks(card([], [execute({ data: { list: 'x'.repeat(2_000) } })])), Unshowable);
});

test('a value that is not ours is no press', () => {
  for (const value of [undefined, '', 'null', '[]', '{"v":1,"d":{}}', '{"v":"a"}', 'x']) {
    assert.equal(parsePress(value), undefined);
  }
});

test('text is split, never cut', () => {
  const long = Array.from({ length: 1_000 }, (_, index) => `word${index}`).join(' ');

  const blocks = blocksOf([words(long)]);

  const shown = blocks.map((block) => (block.type === 'section' ? block.text?.text : '')).join(' ');
  assert.equal(shown, long);
});

test('what does not fit is in a file, which is named; the buttons stay', () => {
  const body = Array.from({ length: 80 }, (_, index) => words(`Line ${index}`));

  const { blocks, rest } = toBlocks(card(body, [execute()]));
  assert.deepEqual(faultsOf(blocks), []);
  const [file, ...more] = rest;
  assert.deepEqual([file?.name, more], ['answer.txt', []]);
  const lines = Buffer.from(file?.bytes ?? [])
    .toString()
    .split('\n');
  assert.deepEqual(
    lines.filter((line) => /Line (0|79)$/.test(line)),
    ['\uFEFFLine 0', 'Line 79'],
  );

  assert.equal(blocks.length, 50);
  assert.match(JSON.stringify(blocks[48]), /… 32 more parts: all of it is in answer\.txt, in the thread\./);
  assert.equal(buttonsOf(blocks).length, 1);
});

test('inputs stay where texts must go', () => {
  const body: Element[] = [
    ...Array.from({ length: 60 }, (_, index) => words(`Line ${index}`)),
    { type: 'Input.Text', id: 'note', label: 'Note' },
  ];

  const blocks = blocksOf(body, [execute()]);

  assert.deepEqual(
    blocks.slice(-3).map(({ type }) => type),
    ['context', 'input', 'actions'],
  );
});

const job = (steps: number): Element => ({
  type: 'Container',
  items: [{ type: 'ProgressBar', value: 50, max: 100, fallback: words('50 %') }, words('500 of 1,000 rows')],
  plan: {
    title: '500 of 1,000 rows',
    steps: [
      { title: 'Read november.xlsx', state: 'done' },
      { title: 'Carry out its rows', state: 'running', says: '3 failed' },
      ...Array.from({ length: steps - 2 }, () => ({ title: 'Report', state: 'waiting' as const })),
    ],
  },
});

test('work under way is a plan of Slack’s', () => {
  assert.deepEqual(blocksOf([job(3)]), [
    {
      type: 'plan',
      title: '▓▓▓▓▓░░░░░ 50 % · 500 of 1,000 rows',
      tasks: [
        { type: 'task_card', task_id: 'step-1', title: 'Read november.xlsx', status: 'complete' },
        {
          type: 'task_card',
          task_id: 'step-2',
          title: 'Carry out its rows',
          status: 'in_progress',
          details: {
            type: 'rich_text',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '3 failed' }] }],
          },
        },
        { type: 'task_card', task_id: 'step-3', title: 'Report', status: 'pending' },
      ],
    },
  ]);
});

test('a second plan, one too long, one in a window or where none is known is told as before', () => {
  const told = ['▓▓▓▓▓░░░░░ 50 %', '500 of 1,000 rows'].map((line) => ({
    type: 'section',
    text: plain(line),
  }));

  assert.deepEqual(blocksOf([job(3), job(3)]).slice(1), told);
  assert.deepEqual(blocksOf([job(49)]), told);
  assert.deepEqual(toBlocks(card([job(3)]), rooms.modal).blocks, told);
  assert.deepEqual(toBlocks(card([job(3)]), { ...rooms.message, natives: new Set(['table']) }).blocks, told);
});

test('what one may choose from is listed as far as a window holds it, and what is chosen stays', () => {
  const many = choices(9_000).map(({ title, value }) => ({ title: `${title} ${'x'.repeat(60)}`, value }));
  const set: Element = {
    type: 'Input.ChoiceSet',
    id: 'product',
    label: 'Product',
    choices: many,
    value: 'v8999',
  };

  const { blocks } = toBlocks(card([set]), rooms.modal);

  assert.deepEqual(faultsOf(blocks, 'modal'), []);
  const [block] = blocks;
  assert.ok(block?.type === 'input' && block.element.type === 'static_select');
  const options = block.element.option_groups?.flatMap((group) => group.options) ?? [];
  assert.equal(options.at(-1)?.value, 'v8999');
  assert.match(JSON.stringify(block.hint), new RegExp(`The first ${options.length} are listed here`));
});

test('the room of a message is counted in bytes: a letter may have three', () => {
  const { blocks, rest } = toBlocks(card([words('株'.repeat(3_000)), words('株'.repeat(3_000))]));

  assert.deepEqual(faultsOf(blocks), []);
  assert.deepEqual(
    rest.map(({ name }) => name),
    ['answer.txt'],
  );
});
