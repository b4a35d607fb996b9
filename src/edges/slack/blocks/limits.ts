/**
 * What Slack takes in one message. Source: https://docs.slack.dev/reference/block-kit/blocks, its pages of
 * elements and composition objects, and @slack/types.
 */
export const limits = {
  blocks: 50,
  /**
   * Of all blocks together, in bytes of UTF-8; not documented. 11,341 characters were refused (slackapi/bolt-js#2867), and
   * what was refused and what was not agrees in bytes only: 10,821 were, 10,571 were not (openclaw/openclaw#143882).
   */
  messageText: 10_000,
  /** Of a modal or a Home tab: https://docs.slack.dev/reference/block-kit/blocks */
  viewBlocks: 100,
  /** A view may have 250 KB as a whole (view_too_large, https://docs.slack.dev/reference/methods/views.open). */
  viewBytes: 200_000,
  /** Ours: nobody reads more in a window, and it leaves room for what people may choose from. */
  viewText: 60_000,
  /** chat.update refuses more than 4,000 (msg_too_long); escaped. */
  fallbackText: 3_500,
  sectionText: 3_000,
  fields: 10,
  fieldText: 2_000,
  headerText: 150,
  actionElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  url: 3_000,
  labelText: 2_000,
  placeholderText: 150,
  optionText: 75,
  optionValue: 75,
  options: 100,
  optionGroups: 100,
  radioOptions: 10,
  inputText: 3_000,
  /** A `table` or a `data_table`: only_one_table_allowed. */
  tables: 1,
  tableRows: 100,
  /** With the header; https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
  dataTableRows: 101,
  tableColumns: 20,
  /** Not documented: https://docs.copilotkit.ai/reference/bot/components/Table */
  tableCell: 2_000,
  captionText: 150,
  /** Ours: a list is seen at one glance, a long one in pages. */
  tablePage: 25,
  /** Not documented: a second one was refused (TightknitAI/slack-block-kit-validator). */
  plans: 1,
  /** Not documented: paradigmxyz/centaur#469 */
  planSteps: 48,
  stepTitle: 250,
  stepDetails: 500,
  /** Not documented; more were refused: vercel/chat. */
  charts: 2,
  chartTitle: 50,
  chartLabel: 20,
  chartSeries: 6,
  chartPoints: 20,
  /** Ours: as many lines as one block of a typewriter face holds. */
  drawnBars: 28,
} as const;
