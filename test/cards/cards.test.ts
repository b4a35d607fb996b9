/** What single cards do with their data. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { associationsFormCard } from '../../cards/associations-form.ts';
import { bulkAttachCard } from '../../cards/bulk-attach.ts';
import { type BulkDone, bulkDoneCard } from '../../cards/bulk-done.ts';
import { type BulkPreview, bulkPreviewCard } from '../../cards/bulk-preview.ts';
import { type BulkProgress, bulkProgressCard } from '../../cards/bulk-progress.ts';
import { chatChoiceCard } from '../../cards/chat-choice.ts';
import { chatUnclearCard } from '../../cards/chat-unclear.ts';
import { freeUnitsCard } from '../../cards/free-units.ts';
import { jobsListCard } from '../../cards/jobs-list.ts';
import { ordersDetailsCard } from '../../cards/orders-details.ts';
import { ordersListCard } from '../../cards/orders-list.ts';
import type { Action, Card } from '../../src/chat/card.ts';
import { allElements, complaints } from './rules.ts';

const NASTY = '*a* _b_ [c](https://d.example) <e@f> &amp; `g` {{DATE(2026-01-01T00:00:00Z)}} 1. h';

const titles = (card: Card) => (card.actions ?? []).map(({ title }) => title);
const texts = (card: Card) =>
  allElements(card).flatMap((element) => (element.type === 'TextBlock' ? [element.text] : []));
const byId = (card: Card, id: string) => allElements(card).find((element) => element.id === id);
const fact = (card: Card, title: string) =>
  allElements(card)
    .flatMap((element) => (element.type === 'FactSet' ? element.facts : []))
    .find((each) => each.title === title)?.value;
const action = (card: Card, title: string): Action | undefined =>
  card.actions?.find((candidate) => candidate.title === title);

describe('orders', () => {
  const order = {
    number: 'HAMARACLOUD10023',
    short: '10023',
    items: [NASTY],
    changes: [],
    createdBy: { person: NASTY, organization: 'Contoso' },
    at: '2026-11-21T14:05:00Z',
    status: 'Started',
    note: NASTY,
  } as const;
  const list = (length: number) =>
    ordersListCard({
      organization: 'Contoso',
      view: 'recent',
      orders: Array.from({ length }, () => order),
      page: 1,
      pages: 2,
      total: 20,
    });

  test('few have a button each, many are chosen from a list', () => {
    const moves = ['Next page', 'Historical orders', 'Oldest first'];
    assert.deepEqual(titles(list(2)), ['Order 10023', 'Order 10023', ...moves]);
    assert.deepEqual(titles(list(10)), ['Open', ...moves]);
    const choices = byId(list(10), 'text');
    assert.ok(choices?.type === 'Input.ChoiceSet');
    assert.deepEqual(
      choices.choices.map(({ value }) => value),
      Array.from({ length: 10 }, () => 'order 10023'),
    );
  });

  test('the next page keeps what was asked', () => {
    const card = ordersListCard({
      organization: 'Contoso',
      view: 'historical',
      filter: 'draft',
      text: 'office',
      orders: [order],
      page: 1,
      pages: 2,
      total: 11,
    });

    const next = action(card, 'Next page');

    assert.ok(next?.type === 'Action.Execute');
    assert.equal(next.verb, 'orders.page');
    assert.deepEqual(next.data, {
      view: 'historical',
      filter: 'draft',
      sort: 'newest',
      text: 'office',
      page: 2,
    });
  });

  test('text from outside is shown as it is', () => {
    assert.equal(texts(list(1)).filter((text) => text.startsWith(NASTY)).length, 3);
  });

  test('a markup is only there where it is given', () => {
    const data = {
      ...order,
      organization: 'Contoso',
      name: 'Order',
      addOns: [],
      quantity: 1,
      costs: [],
      services: [],
      lines: [],
      steps: [],
      invoices: [],
      configuration: [],
      links: [],
    };
    assert.ok(!JSON.stringify(ordersDetailsCard(data)).includes('Markup'));
    assert.ok(JSON.stringify(ordersDetailsCard({ ...data, markup: '12 %' })).includes('Markup'));
  });
});

describe('forms', () => {
  const values = { from: 'entered', service: '10023/1', users: 'not an address', units: 'two' } as const;
  const form = associationsFormCard({
    organization: 'Contoso',
    services: [{ service: '10023/1', product: 'Webex Suite', free: 7 }],
    values,
    errors: { users: ['Line 1: one.', 'Line 2: two.'], units: 'Not a number.' },
    once: 'token',
  });

  test('come back with what was typed and the errors', () => {
    for (const [id, value] of Object.entries(values)) {
      const input = byId(form, id);
      assert.ok(input && 'value' in input, id);
      assert.equal(input.value, value);
    }
    assert.deepEqual(texts({ ...form, body: [byId(form, 'users.error') ?? []].flat() }), [
      'Line 1: one.\nLine 2: two.',
    ]);
    assert.equal(byId(form, 'service.error'), undefined);
  });

  test('only the button that hands them in sends the inputs', () => {
    const sends = form.actions?.filter(
      (candidate) => candidate.type === 'Action.Execute' && candidate.associatedInputs !== 'none',
    );
    assert.deepEqual(
      sends?.map(({ title }) => title),
      ['Associate'],
    );
  });
});

describe('choices', () => {
  const choices = (length: number) =>
    Array.from({ length }, (_, n) => ({ title: `T${n}`, value: `use ${n}` }));

  test('up to six are buttons that say a command', () => {
    const card = chatChoiceCard({ question: 'Which?', choices: choices(6) });
    const [first] = card.actions ?? [];
    assert.equal(card.actions?.length, 6);
    assert.ok(first?.type === 'Action.Execute');
    assert.deepEqual([first.verb, first.data], ['say', { text: 'use 0' }]);
  });

  test('more are a list whose value arrives under the same name', () => {
    const card = chatChoiceCard({ question: 'Which?', choices: choices(7) });
    assert.deepEqual(titles(card), ['Continue']);
    assert.equal(byId(card, 'text')?.type, 'Input.ChoiceSet');
  });
});

test('a long command is cut on its button, not in what it says', () => {
  const command = `associate 10023/1 ${'x'.repeat(80)}@contoso.example`;
  const [button] = chatUnclearCard({ text: NASTY, nearest: [command] }).actions ?? [];
  assert.ok(button?.type === 'Action.Execute');
  assert.equal(button.title.length, 60);
  assert.equal(button.data.text, command);
});

test('a service without free units is told to be fully implemented', () => {
  const card = freeUnitsCard({
    organization: 'Contoso',
    of: 'service 10023/3',
    query: '10023/3',
    units: 2,
    free: 0,
    services: [{ service: '10023/3', product: 'Webex Suite', units: 2, free: 0 }],
    page: 1,
    pages: 1,
    total: 1,
  });
  assert.ok(texts(card).includes('0 of 2 free'));
  assert.ok(texts(card).some((text) => text.includes('10023/3 · Fully implemented')));
  assert.ok(!titles(card).includes('Associate users'));
});

describe('the preview of a sheet', () => {
  const preview: BulkPreview = {
    organization: 'Contoso',
    job: 7,
    what: 'Associate users with 10023/1',
    file: NASTY,
    rows: 10,
    valid: 10,
    errors: [],
    warnings: [],
    duplicates: { rows: 0, first: [] },
    newUsers: { count: 0, first: [] },
    needs: [],
    notes: [],
    batches: 1,
    runnable: true,
    plan: 'mark',
    once: 'token',
  };
  const need = { service: '10023/1', product: 'Webex Suite', needed: 12, free: 7 };
  const problem = { problem: 'Not an e-mail address', rows: 2, first: ['A3: "x"', 'A4: "y"'] };
  const pressed = (card: Card, title: string) => {
    const button = action(card, title);
    assert.ok(button?.type === 'Action.Execute', title);
    return [button.verb, button.data];
  };

  test('offers to run the valid rows, bound to this plan', () => {
    const card = bulkPreviewCard(preview);
    const data = { job: 7, plan: 'mark', all: false, once: 'token' };
    assert.deepEqual(titles(card), ['Run 10 valid rows', 'Cancel']);
    assert.deepEqual(pressed(card, 'Run 10 valid rows'), ['bulk.run', data]);
    assert.deepEqual(pressed(card, 'Cancel'), ['bulk.cancel', { job: 7, once: 'token' }]);
  });

  test('offers all or nothing where some rows are not valid, and their problems as a workbook', () => {
    const card = bulkPreviewCard({ ...preview, valid: 8, errors: [problem] });
    const all = { job: 7, plan: 'mark', all: true, once: 'token' };
    assert.deepEqual(titles(card), [
      'Run 8 valid rows',
      'Run only if all are valid',
      'All problems',
      'Cancel',
    ]);
    assert.deepEqual(pressed(card, 'Run only if all are valid'), ['bulk.run', all]);
    assert.deepEqual(pressed(card, 'All problems'), ['say', { text: 'job 7 problems' }]);
    assert.ok(titles(bulkPreviewCard({ ...preview, warnings: [problem] })).includes('All problems'));
  });

  test('offers no run where there is nothing to run, and says how many units are short', () => {
    const nothing = bulkPreviewCard({ ...preview, valid: 0 });
    const short = bulkPreviewCard({ ...preview, needs: [need], runnable: false });
    assert.deepEqual(titles(nothing), ['Cancel']);
    assert.deepEqual(titles(short), ['Release units', 'Check again', 'Cancel']);
    assert.ok(texts(short).includes('5 units short: the sheet needs 12 and 7 are free.'));
    assert.deepEqual(texts(short)[1], 'All 10 rows are valid, but units are short');
  });

  test('keeps Cancel, and the run first, where it has most to offer', () => {
    const card = bulkPreviewCard({ ...preview, valid: 8, errors: [problem], needs: [need] });
    assert.equal(titles(card).length, 6);
    assert.equal(titles(card)[0], 'Run 8 valid rows');
    assert.equal(titles(card).at(-1), 'Cancel');
  });

  test('of several services, those that are short come first and say so in words', () => {
    const enough = { service: '10023/2', product: 'Office 365 E3', needed: 1, free: 5 };
    const of = (needs: BulkPreview['needs']) => bulkPreviewCard({ ...preview, needs, runnable: false });
    const [one, two] = [of([enough, need]), of([enough, need, { ...need, service: '10023/3', free: 0 }])];
    assert.ok(
      texts(one).includes('5 units of Webex Suite (10023/1) short: the sheet needs 12 and 7 are free.'),
    );
    assert.ok(texts(two).includes('2 services are short of units.'));
    assert.deepEqual(
      texts(two).filter((text) => / short$|^10023/.test(text)),
      ['All 10 rows are valid, but units are short', '10023/3', '12 short', '10023/1', '5 short', '10023/2'],
    );
  });

  test('names the first users that are new or repeated, and counts the others', () => {
    const names = (length: number) => Array.from({ length }, (_, index) => `u${index}@x.example`);
    const card = bulkPreviewCard({
      ...preview,
      newUsers: { count: 121, first: names(5) },
      duplicates: { rows: 5, first: names(5).map((user) => ({ user, units: 3, rows: 2 })) },
    });
    assert.equal(
      fact(card, 'New users'),
      '121, created with the job: u0@x.example, u1@x.example, u2@x.example and 118 more',
    );
    assert.equal(
      fact(card, 'Repeated users'),
      '5 rows: u0@x.example (3 units in 2 rows), u1@x.example (3 units in 2 rows), u2@x.example (3 units in 2 rows) and others',
    );
    const few = bulkPreviewCard({
      ...preview,
      newUsers: { count: 1, first: names(1) },
      duplicates: { rows: 2, first: [{ user: 'a@x.example', units: 0, rows: 3 }] },
    });
    assert.equal(fact(few, 'New users'), '1, created with the job: u0@x.example');
    assert.equal(fact(few, 'Repeated users'), '2 rows: a@x.example (3 rows)');
  });

  test('says at the top why an earlier run was refused', () => {
    const changed = 'Since the preview, 2 rows are no longer valid.';
    const [, , first] = bulkPreviewCard({ ...preview, changed }).body;
    assert.ok(first?.type === 'Container');
    assert.equal(first.style, 'warning');
    assert.ok(texts({ ...bulkPreviewCard(preview), body: [first] }).includes(changed));
  });

  test('a sheet with cells, a header and notes without end stays within a message', () => {
    const endless = 'ü'.repeat(32_767);
    const card = bulkPreviewCard({
      ...preview,
      errors: Array.from({ length: 20 }, () => ({ ...problem, first: [endless, endless, endless] })),
      warnings: Array.from({ length: 20 }, () => ({ ...problem, first: [endless, endless, endless] })),
      needs: Array.from({ length: 20 }, () => ({ ...need, product: 'ü'.repeat(200) })),
      header: endless,
      notes: [endless, NASTY],
    });
    assert.deepEqual(complaints(card), []);
    assert.ok(texts(card).includes('And 14 more.'));
    assert.ok(
      texts(card).some((text) => text.endsWith(NASTY)),
      'a note behind a long one is lost',
    );
  });
});

describe('the end of a job', () => {
  const done: BulkDone = {
    organization: 'Contoso',
    job: 8,
    what: 'Associate users with 10023/1',
    did: 'associated',
    file: NASTY,
    outcome: 'done',
    by: 'Alice',
    total: 1000,
    done: 1000,
    failed: 0,
    invalid: 0,
    skipped: 0,
    warnings: 0,
    seconds: 1,
    failures: [],
    services: [],
    files: [],
    retry: false,
  };
  const service = (index: number) => ({
    service: `10023/${index}`,
    product: `Product ${index}`,
    units: 10,
    free: 7,
  });
  const services = (length: number) => Array.from({ length }, (_, index) => service(index + 1));
  const titleOf = (data: Partial<BulkDone>) => texts(bulkDoneCard({ ...done, ...data }))[1];

  test('is told in the title, with what became of the rows', () => {
    assert.equal(titleOf({}), 'Job 8 is done: all 1,000 rows associated');
    assert.equal(titleOf({ done: 988, did: 'released' }), 'Job 8 is done: 988 of 1,000 rows released');
    assert.equal(titleOf({ done: 0, outcome: 'broken' }), 'Job 8 broke off: none of 1,000 rows associated');
    assert.equal(titleOf({ done: 1, total: 1 }), 'Job 8 is done: 1 of 1 row associated');
  });

  test('of an undo it says which job, and counts users', () => {
    const undoOf = 7;
    assert.equal(titleOf({ undoOf, done: 950 }), 'Job 8 took back job 7: 950 of 1,000 users');
    assert.equal(titleOf({ undoOf }), 'Job 8 took back job 7: all 1,000 users');
    assert.equal(titleOf({ undoOf, done: 0 }), 'Job 8 could not take back job 7: none of 1,000 users');
    assert.equal(
      titleOf({ undoOf, done: 5, outcome: 'cancelled' }),
      'Job 8 was cancelled while taking back job 7: 5 of 1,000 users',
    );
  });

  test('names what failed, or what could not be taken back', () => {
    const failures = [{ row: 3, subject: 'a@x.example', reason: 'Moved on' }];
    const job = bulkDoneCard({ ...done, done: 997, failed: 3, failures });
    const undo = bulkDoneCard({ ...done, undoOf: 7, done: 997, failed: 3, failures });
    assert.ok(texts(job).includes('Rows that were not done'));
    assert.ok(texts(job).includes('a@x.example') && texts(job).includes('Moved on'));
    assert.ok(texts(job).includes('And 2 more, in the report.'));
    assert.ok(texts(undo).includes('What could not be taken back'));
    assert.equal(fact(undo, 'Not taken back'), '3');
  });

  test('offers a retry and an undo where there are such', () => {
    const undo = { id: '43', until: '2026-11-21T14:15:00Z' };
    const card = bulkDoneCard({ ...done, retry: true, undo, services: services(1) });
    const [retry] = card.actions ?? [];
    assert.deepEqual(titles(card), ['Retry', 'Report', 'Undo', 'Free units', 'Jobs']);
    assert.ok(retry?.type === 'Action.Execute');
    assert.deepEqual(retry.data, { text: 'job 8 retry' });
    assert.ok(texts(card).includes('Can be undone until 14:15 UTC'));
    assert.ok(texts(card).some((text) => text.startsWith('The retry sheet')));
    assert.deepEqual(titles(bulkDoneCard(done)), ['Report', 'Jobs']);
  });

  test('shows one service in a line, several as a table, and no more than four', () => {
    const one = bulkDoneCard({ ...done, services: services(1) });
    const six = bulkDoneCard({ ...done, services: services(6) });
    assert.equal(fact(one, 'Units'), '7 of 10 free now (Product 1 · 10023/1)');
    assert.equal(fact(six, 'Units'), undefined);
    assert.ok(texts(six).includes('And 2 more.'));
    assert.ok(texts(six).includes('10023/4') && !texts(six).includes('10023/5'));
    assert.ok(
      !texts(bulkDoneCard({ ...done, services: services(4) })).some((text) => text.startsWith('And')),
    );
  });

  test('tells of rows that were done with something to look at', () => {
    assert.equal(fact(bulkDoneCard(done), 'To look at'), undefined);
    assert.equal(
      fact(bulkDoneCard({ ...done, warnings: 14 }), 'To look at'),
      '14 of these, named in the report',
    );
  });
});

describe('the progress of a job', () => {
  const running: BulkProgress = {
    organization: 'Contoso',
    job: 8,
    what: 'Associate users with 10023/1',
    file: NASTY,
    state: 'running',
    total: 1000,
    done: 500,
    failed: 2,
    skipped: 0,
  };

  test('says that it takes back another', () => {
    const title = (data: Partial<BulkProgress>) => texts(bulkProgressCard({ ...running, ...data }))[1];
    assert.equal(title({}), 'Job 8 is running');
    assert.equal(title({ undoOf: 7 }), 'Taking back job 7');
    assert.equal(title({ undoOf: 7, state: 'done' }), 'Taking back job 7 is done');
    assert.equal(fact(bulkProgressCard({ ...running, undoOf: 7 }), 'Job'), '8');
  });

  test('says in words that rows failed, also when the colour of the bar is all that is left', () => {
    const ended = bulkProgressCard({ ...running, state: 'cancelled' });
    assert.ok(texts(ended).includes('502 of 1,000 rows, 2 failed'));
    assert.equal(fact(bulkProgressCard(running), 'Failed'), '2');
  });
});

test('asking for a sheet names its limits, and what else there is', () => {
  const card = bulkAttachCard({
    organization: 'Contoso',
    command: 'bulk packages',
    columns: [{ column: 'A', name: 'User name', holds: 'The e-mail address of the user' }],
    formats: ['.xls', '.csv'],
    maxRows: 100_000,
    maxFileMb: 25,
    template: 'bulk packages template',
    others: [{ title: 'Release by sheet', command: 'bulk release' }],
  });
  const said = card.actions?.map((each) => each.type === 'Action.Execute' && each.data.text);
  assert.ok(texts(card).some((text) => text.startsWith('.xls and .csv, at most 100,000 rows and 25 MB.')));
  assert.deepEqual(titles(card), ['A sheet to begin with', 'Release by sheet', 'Free units', 'Help']);
  assert.deepEqual(said, ['bulk packages template', 'bulk release', 'free', 'help bulk']);
});

test('asking for a sheet of many columns names the first of them', () => {
  const columns = (length: number) =>
    Array.from({ length }, (_, index) => ({ column: `C${index}`, name: 'Package', holds: 'TRUE or FALSE' }));
  const asking = (length: number) =>
    texts(
      bulkAttachCard({
        organization: 'Contoso',
        command: 'bulk',
        columns: columns(length),
        formats: ['.csv'],
        maxRows: 1,
        maxFileMb: 1,
      }),
    );
  assert.ok(asking(10).includes('C9') && !asking(10).some((text) => text.startsWith('And ')));
  assert.ok(asking(30).includes('And 20 more columns.') && !asking(30).includes('C10'));
});

test('the list of jobs tells an undo from the job it took back', () => {
  const job = { what: 'Associate users', file: 'a.xlsx', total: 9, done: 9, failed: 0, by: 'Alice' };
  const at = '2026-11-21T14:05:00Z';
  const card = jobsListCard({
    organization: 'Contoso',
    jobs: [
      { ...job, at, job: 8, undoOf: 7, state: 'done' },
      { ...job, at, job: 7, state: 'done' },
    ],
    page: 1,
    pages: 1,
    total: 2,
  });
  assert.equal(texts(card).filter((text) => text.startsWith('Undo of job')).length, 1);
  assert.ok(texts(card).includes('Undo of job 7'));
});
