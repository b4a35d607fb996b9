/**
 * What Slack takes in one message. Source: https://docs.slack.dev/reference/block-kit/blocks, its pages of
 * elements and composition objects, and @slack/types.
 */
export const limits = {
  blocks: 50,
  /**
   * Of all blocks together; not documented. 13,297 characters were refused (slackapi/bolt-js#2509), later
   * 11,341 (slackapi/bolt-js#2867).
   */
  messageText: 10_000,
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
  tables: 1,
  tableRows: 100,
  tableColumns: 20,
  /** Not documented; more were refused: vercel/chat. */
  charts: 2,
  chartTitle: 50,
  chartLabel: 20,
  chartSeries: 6,
  chartPoints: 20,
  /** Ours: as many lines as one block of a typewriter face holds. */
  drawnBars: 28,
} as const;
