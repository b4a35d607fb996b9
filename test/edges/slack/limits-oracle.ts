import { z } from 'zod';

/**
 * What Slack would say of the blocks of a message, written from its documentation and not from our code:
 * https://docs.slack.dev/reference/block-kit, its pages of blocks, block elements and composition objects.
 * Only what is documented for messages passes, and no field that is not.
 */
export function faultsOf(blocks: unknown): string[] {
  const read = message.safeParse(blocks);
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

/** A text that shows something: one that is empty kills the whole message. */
const words = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => text.trim() !== '', 'is blank');
const isEscaped = (text: string): boolean => !/<[^>]*>|&(?!amp;|lt;|gt;)/.test(text);
const unique = (items: readonly unknown[]): boolean => new Set(items).size === items.length;

const plain = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: words(most), emoji: z.boolean().optional() });
const mrkdwn = (most: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: words(most).refine(isEscaped, 'is not escaped'),
    verbatim: z.boolean().optional(),
  });
const anyText = (most: number) => z.union([plain(most), mrkdwn(most)]);

const actionId = z.string().min(1).max(255);
const placeholder = plain(150).optional();
const option = z.strictObject({
  text: plain(75),
  description: plain(75).optional(),
  value: z.string().min(1).max(75),
});
const options = (most: number) =>
  z
    .array(option)
    .min(1)
    .max(most)
    .refine((all) => unique(all.map(({ value }) => value)), 'a value occurs twice');
type Option = z.infer<typeof option>;
/** "This option must exactly match one of the options." */
const isAmong = (initial: Option | undefined, all: readonly Option[]): boolean =>
  initial === undefined || all.some((one) => JSON.stringify(one) === JSON.stringify(initial));

const button = z.strictObject({
  type: z.literal('button'),
  action_id: actionId,
  text: plain(75),
  value: z.string().min(1).max(2000).optional(),
  url: z.url().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});
const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    action_id: actionId,
    multiline: z.boolean().optional(),
    max_length: z.int().min(1).max(3000).optional(),
    initial_value: z.string().min(1).max(3000).optional(),
    placeholder,
  })
  .refine((input) => (input.initial_value?.length ?? 0) <= (input.max_length ?? 3000), 'holds too much');
const select = {
  type: z.literal('static_select'),
  action_id: actionId,
  placeholder,
  initial_option: option.optional(),
};
const shortSelect = z
  .strictObject({ ...select, options: options(100) })
  .refine((found) => isAmong(found.initial_option, found.options), 'initial option');
const longSelect = z
  .strictObject({
    ...select,
    option_groups: z
      .array(z.strictObject({ label: plain(75), options: options(100) }))
      .min(1)
      .max(100),
  })
  .refine(
    (found) =>
      isAmong(
        found.initial_option,
        found.option_groups.flatMap((group) => group.options),
      ),
    'initial option',
  );
const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    action_id: actionId,
    options: options(10),
    initial_option: option.optional(),
  })
  .refine((found) => isAmong(found.initial_option, found.options), 'initial option');
const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    action_id: actionId,
    options: options(10),
    initial_options: z.array(option).min(1).max(10).optional(),
  })
  .refine(
    (found) => (found.initial_options ?? []).every((one) => isAmong(one, found.options)),
    'initial options',
  );

const blockId = z.string().min(1).max(255).optional();
const cell = z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) });
const columnSettings = z.strictObject({
  align: z.enum(['left', 'center', 'right']),
  is_wrapped: z.boolean(),
});
const preformatted = z.strictObject({
  type: z.literal('rich_text_preformatted'),
  elements: z.array(z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(3000) })).min(1),
});

/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
const barChart = z
  .strictObject({
    type: z.literal('bar'),
    series: z
      .array(
        z.strictObject({
          name: words(20),
          data: z
            .array(z.strictObject({ label: words(20), value: z.number() }))
            .min(1)
            .max(20),
        }),
      )
      .min(1)
      .max(6)
      .refine((all) => unique(all.map(({ name }) => name)), 'a series occurs twice'),
    axis_config: z.strictObject({
      categories: z.array(words(20)).min(1).refine(unique, 'a category occurs twice'),
      x_label: words(50).optional(),
      y_label: words(50).optional(),
    }),
  })
  .refine(
    ({ series, axis_config: { categories } }) =>
      series.every(
        ({ data }) => JSON.stringify(data.map(({ label }) => label)) === JSON.stringify(categories),
      ),
    'labels that are no categories',
  );

const block = z.union([
  z.strictObject({
    type: z.literal('data_visualization'),
    block_id: blockId,
    title: words(50),
    chart: barChart,
  }),
  z.strictObject({ type: z.literal('divider'), block_id: blockId }),
  z.strictObject({ type: z.literal('header'), block_id: blockId, text: plain(150) }),
  z.strictObject({ type: z.literal('section'), block_id: blockId, text: anyText(3000) }),
  z.strictObject({
    type: z.literal('section'),
    block_id: blockId,
    fields: z.array(anyText(2000)).min(1).max(10),
  }),
  z.strictObject({
    type: z.literal('context'),
    block_id: blockId,
    elements: z.array(anyText(3000)).min(1).max(10),
  }),
  z.strictObject({ type: z.literal('actions'), block_id: blockId, elements: z.array(button).min(1).max(25) }),
  z.strictObject({
    type: z.literal('input'),
    block_id: blockId,
    label: plain(2000),
    hint: plain(2000).optional(),
    optional: z.boolean().optional(),
    element: z.union([plainTextInput, shortSelect, longSelect, radioButtons, checkboxes]),
  }),
  z.strictObject({
    type: z.literal('table'),
    block_id: blockId,
    rows: z
      .array(z.array(cell).min(1).max(20))
      .min(1)
      .max(100)
      .refine((rows) => rows.every((row) => row.length === rows[0]?.length), 'rows of different lengths'),
    column_settings: z.array(columnSettings).max(20).optional(),
  }),
  z.strictObject({ type: z.literal('rich_text'), block_id: blockId, elements: z.array(preformatted).min(1) }),
]);
type Block = z.infer<typeof block>;

const idsOf = (blocks: readonly Block[]) =>
  blocks.flatMap(({ block_id }) => (block_id === undefined ? [] : [block_id]));
const actionIdsOf = (blocks: readonly Block[]) =>
  blocks.flatMap((one) => (one.type === 'actions' ? one.elements.map(({ action_id }) => action_id) : []));

const message = z
  .array(block)
  .max(50)
  .refine((blocks) => blocks.filter(({ type }) => type === 'table').length <= 1, 'more than one table')
  // Not documented either: https://github.com/vercel/chat
  .refine(
    (blocks) => blocks.filter(({ type }) => type === 'data_visualization').length <= 2,
    'too many charts',
  )
  .refine((blocks) => unique(idsOf(blocks)), 'a block_id occurs twice')
  .refine((blocks) => unique(actionIdsOf(blocks)), 'an action_id occurs twice')
  // Not documented; 11,341 were refused: https://github.com/slackapi/bolt-js/issues/2867
  .refine((blocks) => textLength(blocks) <= 11_000, 'too much text in all');

/** Every character somebody reads, but for the options of a select. */
function textLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, inner]) => {
    if (key === 'options' || key === 'option_groups') return sum;
    return sum + (key === 'text' && typeof inner === 'string' ? inner.length : textLength(inner));
  }, 0);
}
