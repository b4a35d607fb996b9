import { z } from 'zod';

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home';

/**
 * What Slack would say of blocks, written from its documentation and not from our code:
 * https://docs.slack.dev/reference/block-kit, its pages of blocks, block elements and composition objects, and
 * https://docs.slack.dev/blocks.json for what is shown where. Only what is documented passes, and no field that is not.
 */
export function faultsOf(blocks: unknown, where: Surface = 'message'): string[] {
  const read = (where === 'message' ? message : view(where)).safeParse(blocks);
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

const confirm = z.strictObject({
  title: plain(100),
  text: plain(300),
  confirm: plain(30),
  deny: plain(30),
  style: z.enum(['primary', 'danger']).optional(),
});
const button = z.strictObject({
  type: z.literal('button'),
  confirm: confirm.optional(),
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

const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  action_id: actionId,
  min_query_length: z.int().min(0).optional(),
  initial_option: option.optional(),
  placeholder,
});
/** Those are for modals only. */
const numberInput = z.strictObject({
  type: z.literal('number_input'),
  action_id: actionId,
  is_decimal_allowed: z.boolean(),
  initial_value: z.string().min(1).optional(),
  min_value: z.string().min(1).optional(),
  max_value: z.string().min(1).optional(),
  placeholder,
});
const addressInput = z.strictObject({
  type: z.enum(['email_text_input', 'url_text_input']),
  action_id: actionId,
  initial_value: z.string().min(1).optional(),
  placeholder,
});
const onlyInModals = new Set(['number_input', 'email_text_input', 'url_text_input']);

const blockId = z.string().min(1).max(255).optional();
const cell = z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) });
const dataCell = z.union([
  cell,
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1) }),
]);
const isEven = (rows: readonly (readonly unknown[])[]): boolean =>
  rows.every((row) => row.length === rows[0]?.length);
/** "A single table's character count across all cells cannot exceed 10,000 characters." */
const isReadable = (rows: readonly (readonly { text: string }[])[]): boolean =>
  rows.flat().reduce((sum, { text }) => sum + text.length, 0) <= 10_000;
const columnSettings = z.strictObject({
  align: z.enum(['left', 'center', 'right']),
  is_wrapped: z.boolean(),
});
const preformatted = z.strictObject({
  type: z.literal('rich_text_preformatted'),
  elements: z.array(z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(3000) })).min(1),
});

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
const richSection = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z
    .array(
      z.strictObject({
        type: z.literal('text'),
        text: z.string().min(1).max(3000),
        style: z
          .strictObject({ bold: z.literal(true).optional(), code: z.literal(true).optional() })
          .optional(),
      }),
    )
    .min(1)
    .refine((texts) => texts.some(({ text }) => text.trim() !== ''), 'shows nothing'),
});
const richList = z.strictObject({
  type: z.literal('rich_text_list'),
  style: z.enum(['bullet', 'ordered']),
  elements: z.array(richSection).min(1),
});
const richTexts = z.array(z.union([preformatted, richSection, richList])).min(1);

/** https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
const dataTable = z
  .strictObject({
    type: z.literal('data_table'),
    block_id: blockId,
    caption: words(150),
    rows: z
      .array(z.array(dataCell).min(1).max(20))
      .min(2)
      .max(101)
      .refine(isEven, 'rows of different lengths')
      .refine(isReadable, 'more than 10,000 characters'),
    page_size: z.int().min(1).max(100).optional(),
    row_header_column_index: z.int().min(0).max(19).optional(),
  })
  .refine(
    ({ rows: [header = []] }) => header.every(({ type }) => type === 'raw_text'),
    'a header of numbers',
  );

/** https://docs.slack.dev/reference/block-kit/blocks/plan-block and task-card-block; how many is not documented. */
const sentence = z.strictObject({
  type: z.literal('rich_text'),
  elements: z.tuple([
    z.strictObject({
      type: z.literal('rich_text_section'),
      elements: z.tuple([z.strictObject({ type: z.literal('text'), text: words(500) })]),
    }),
  ]),
});
const taskCard = z.strictObject({
  type: z.literal('task_card'),
  task_id: words(255),
  title: words(256),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: sentence.optional(),
});
const plan = z.strictObject({
  type: z.literal('plan'),
  block_id: blockId,
  title: words(256),
  tasks: z
    .array(taskCard)
    .min(1)
    .max(48)
    .refine((all) => unique(all.map(({ task_id }) => task_id)), 'a task_id occurs twice'),
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
    element: z.union([
      plainTextInput,
      shortSelect,
      longSelect,
      externalSelect,
      radioButtons,
      checkboxes,
      numberInput,
      addressInput,
    ]),
  }),
  z.strictObject({
    type: z.literal('table'),
    block_id: blockId,
    rows: z
      .array(z.array(cell).min(1).max(20))
      .min(1)
      .max(100)
      .refine(isEven, 'rows of different lengths')
      .refine(isReadable, 'more than 10,000 characters'),
    column_settings: z.array(columnSettings).max(20).optional(),
  }),
  z.strictObject({ type: z.literal('rich_text'), block_id: blockId, elements: richTexts }),
  dataTable,
  plan,
]);
type Block = z.infer<typeof block>;

const idsOf = (blocks: readonly Block[]) =>
  blocks.flatMap(({ block_id }) => (block_id === undefined ? [] : [block_id]));
const actionIdsOf = (blocks: readonly Block[]) =>
  blocks.flatMap((one) => (one.type === 'actions' ? one.elements.map(({ action_id }) => action_id) : []));

const inputTypesOf = (blocks: readonly Block[]) =>
  blocks.flatMap((one) => (one.type === 'input' ? [one.element.type] : []));
const count = (blocks: readonly Block[], ...types: Block['type'][]): number =>
  blocks.filter(({ type }) => types.includes(type)).length;

const anywhere = (most: number) =>
  z
    .array(block)
    .max(most)
    .refine((blocks) => unique(idsOf(blocks)), 'a block_id occurs twice')
    .refine((blocks) => unique(actionIdsOf(blocks)), 'an action_id occurs twice');

const message = anywhere(50)
  .refine((blocks) => count(blocks, 'table', 'data_table') <= 1, 'more than one table')
  // Neither is documented: https://github.com/vercel/chat, https://github.com/TightknitAI/slack-block-kit-validator
  .refine((blocks) => count(blocks, 'data_visualization') <= 2, 'too many charts')
  .refine((blocks) => count(blocks, 'plan') <= 1, 'more than one plan')
  .refine((blocks) => !inputTypesOf(blocks).some((type) => onlyInModals.has(type)), 'an input for modals')
  // Not documented; in bytes 10,821 were refused and 10,571 were not: https://github.com/openclaw/openclaw/pull/143882
  .refine((blocks) => textLength(blocks) <= 10_571, 'too much text in all');

/** Of what is drawn by Slack itself nothing is certain to be shown there. */
const view = (where: Surface) =>
  anywhere(100)
    .refine(
      (blocks) => count(blocks, 'table', 'data_table', 'data_visualization', 'plan') === 0,
      'for messages',
    )
    .refine(
      (blocks) => where === 'modal' || !inputTypesOf(blocks).some((type) => onlyInModals.has(type)),
      'an input for modals',
    )
    // "view_too_large", with some room for the view around them: https://docs.slack.dev/reference/methods/views.open
    .refine((blocks) => Buffer.byteLength(JSON.stringify(blocks)) <= 240_000, 'more than 250 KB');

/** Every byte somebody reads, but for the options of a select; the details of a task weigh twice. */
function textLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, inner]) => {
    if (key === 'options' || key === 'option_groups') return sum;
    const isText = typeof inner === 'string' && ['text', 'title', 'caption'].includes(key);
    const length = isText ? Buffer.byteLength(inner) : textLength(inner);
    return sum + (key === 'details' ? 2 * length : length);
  }, 0);
}
