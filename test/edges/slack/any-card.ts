import fc from 'fast-check';
import type {
  Action,
  Card,
  Chart,
  Container,
  Element,
  Input,
  Plan,
  TextBlock,
} from '../../../src/chat/card.ts';

const nasty = fc.constantFrom(
  '',
  ' ',
  '\n',
  '*',
  '<!channel>',
  '&amp;',
  '>',
  '`',
  '\u0000',
  '\ud800',
  'a'.repeat(4_000),
  '😀'.repeat(2_000),
);
export const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.lorem({ maxCount: 40 }) },
  { weight: 1, arbitrary: nasty },
);
/** Of the length of an answer that lists things. */
export const longText = fc
  .tuple(text, fc.integer({ min: 2, max: 300 }))
  .map(([one, times]) => one.repeat(times));
const flag = <Key extends string, Value>(key: Key, value: fc.Arbitrary<Value>) =>
  fc
    .option(value, { nil: undefined })
    .map((found) => (found === undefined ? {} : { [key]: found })) as fc.Arbitrary<{
    readonly [Name in Key]?: Value;
  }>;
const all = <Part extends object>(...parts: fc.Arbitrary<object>[]): fc.Arbitrary<Part> =>
  fc.tuple(...parts).map((found) => Object.assign({}, ...found) as Part);
const of = <Type extends string>(type: Type) => fc.constant({ type });

const textBlock = all<TextBlock>(
  of('TextBlock'),
  fc.record({ text, wrap: fc.constant(true) }),
  flag('size', fc.constantFrom('small', 'default', 'medium', 'large', 'extraLarge')),
  flag('weight', fc.constantFrom('lighter', 'default', 'bolder')),
  flag('color', fc.constantFrom('default', 'accent', 'good', 'warning', 'attention')),
  flag('isSubtle', fc.boolean()),
  flag('separator', fc.boolean()),
  flag('style', fc.constantFrom('default', 'heading', 'columnHeader')),
);
const factSet = all<Element>(
  of('FactSet'),
  fc.record({ facts: fc.array(fc.record({ title: text, value: text }), { maxLength: 25 }) }),
);
const column = fc.record({ width: fc.nat(5) });
const tableRow = fc.record({
  type: fc.constant('TableRow'),
  cells: fc.array(
    fc.record({ type: fc.constant('TableCell'), items: fc.array(textBlock, { maxLength: 2 }) }),
    { maxLength: 4 },
  ),
});
const table = all<Element>(
  of('Table'),
  fc.record({
    columns: fc.oneof(fc.array(column, { maxLength: 4 }), fc.array(column, { minLength: 19, maxLength: 23 })),
    rows: fc.array(tableRow, { maxLength: 130, size: 'max' }),
    firstRowAsHeader: fc.constant(true),
    showGridLines: fc.boolean(),
    gridStyle: fc.constantFrom('default', 'emphasis'),
  }),
);
const badge = all<Element>(
  of('Badge'),
  fc.record({
    text,
    style: fc.constantFrom('default', 'subtle', 'informative', 'accent', 'good', 'attention', 'warning'),
    fallback: textBlock,
  }),
);
const columnSet = all<Element>(
  of('ColumnSet'),
  fc.record({
    columns: fc.array(
      fc.record({
        type: fc.constant('Column'),
        width: fc.constantFrom('auto', 'stretch'),
        items: fc.array(fc.oneof<fc.Arbitrary<object>[]>(textBlock, badge), { maxLength: 3 }),
      }),
      { maxLength: 12 },
    ),
  }),
);
const progressBar = all<Element>(
  of('ProgressBar'),
  fc.record({ value: fc.double({ noNaN: true }), max: fc.double({ noNaN: true }), fallback: textBlock }),
);
const series = fc.record({
  legend: text,
  color: fc.constantFrom('neutral', 'categoricalBlue'),
  values: fc.array(
    fc.record({ x: text, y: fc.oneof(fc.nat(), fc.nat(9), fc.double({ noDefaultInfinity: false })) }),
    { maxLength: 25, size: 'max' },
  ),
});
/** Proper ones, each label with a bar of each series, and some that are not. */
const chartData = fc.oneof(
  { weight: 1, arbitrary: fc.array(series, { maxLength: 8, size: 'medium' }) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.uniqueArray(text, { minLength: 1, maxLength: 24, size: 'max' }),
        fc.uniqueArray(text, { minLength: 1, maxLength: 7, size: 'max' }),
        fc.infiniteStream(fc.nat(200_000)),
      )
      .map(([labels, legends, numbers]) =>
        legends.map((legend) => ({
          legend,
          color: 'neutral' as const,
          values: labels.map((x) => ({ x, y: Number(numbers.next().value) })),
        })),
      ),
  },
);
export const anyChart = all<Chart>(
  of('Chart.VerticalBar.Grouped'),
  fc.record({ title: text, xAxisTitle: text, yAxisTitle: text, data: chartData, fallback: textBlock }),
);
const named = fc.record({ id: fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,30}$/), label: text });
const choices = fc.uniqueArray(fc.record({ title: text, value: fc.stringMatching(/^[\w:/.-]{1,75}$/) }), {
  selector: ({ value }) => value,
  maxLength: 120,
  size: 'max',
});
const longChoice = fc.array(fc.record({ title: text, value: fc.constantFrom('', '#3', 'v'.repeat(200)) }), {
  maxLength: 1,
});
const input = fc.oneof(
  all<Input>(
    of('Input.Text'),
    named,
    flag('value', text),
    flag('placeholder', text),
    flag('isMultiline', fc.boolean()),
    flag('maxLength', fc.integer({ min: 0, max: 5_000 })),
  ),
  all<Input>(
    of('Input.Number'),
    named,
    flag('value', fc.double()),
    flag('min', fc.integer()),
    flag('max', fc.integer()),
    flag('placeholder', text),
  ),
  fc
    .tuple(
      all<Input>(
        of('Input.ChoiceSet'),
        named,
        flag('style', fc.constantFrom('compact', 'expanded')),
        flag('placeholder', text),
        flag(
          'choices.data',
          fc.record({
            type: fc.constant('Data.Query'),
            dataset: fc.constantFrom('users', 'services', 'orders'),
          }),
        ),
      ),
      choices,
      longChoice,
      fc.nat(130),
    )
    .map(([set, few, long, at]) => {
      const found = [...few, ...long];
      const value = found[at]?.value;
      return { ...set, choices: found, ...(value === undefined ? {} : { value }) } as Input;
    }),
  all<Input>(
    of('Input.Toggle'),
    named,
    fc.record({ title: text }),
    flag('value', fc.constantFrom('true', 'false')),
  ),
);
const simple = fc.oneof<fc.Arbitrary<Element>[]>(
  textBlock,
  factSet,
  table,
  badge,
  columnSet,
  progressBar,
  anyChart,
  input,
);
const plan = fc.record({
  title: text,
  steps: fc.array(
    all<Plan['steps'][number]>(
      fc.record({ title: text, state: fc.constantFrom('waiting', 'running', 'done', 'failed') }),
      flag('says', text),
    ),
    { maxLength: 60 },
  ),
});
const container = all<Container>(
  of('Container'),
  fc.record({ items: fc.array(simple, { maxLength: 4 }) }),
  flag('style', fc.constantFrom('default', 'emphasis', 'good', 'attention', 'warning', 'accent')),
  flag('separator', fc.boolean()),
  flag('plan', plan),
);
const action = fc.oneof(
  all<Action>(
    of('Action.Execute'),
    fc.record({
      title: text,
      verb: fc.stringMatching(/^[a-z][a-z.]{0,30}$/),
      data: fc.dictionary(
        fc.stringMatching(/^[a-z]{1,10}$/),
        fc.oneof(fc.string({ maxLength: 15 }), fc.integer(), fc.boolean()),
        { maxKeys: 4 },
      ),
    }),
    flag('style', fc.constantFrom('default', 'positive', 'destructive')),
    flag('associatedInputs', fc.constantFrom('auto', 'none')),
    flag('confirm', fc.record({ title: text, text, yes: text })),
  ),
  all<Action>(of('Action.OpenUrl'), fc.record({ title: text, url: fc.oneof(fc.webUrl(), text) })),
);

/** Any card that the type allows, its button data within what a button carries. */
export const anyCard: fc.Arbitrary<Card> = fc.record({
  type: fc.constant('AdaptiveCard'),
  $schema: fc.constant('http://adaptivecards.io/schemas/adaptive-card.json'),
  version: fc.constant('1.5'),
  body: fc.array(fc.oneof<fc.Arbitrary<Element>[]>(simple, container), { maxLength: 70, size: 'medium' }),
  actions: fc.array(action, { maxLength: 30 }),
});
