import { limits } from './limits.ts';

/**
 * Blocks that Slack draws itself, and that a workspace may not know yet; the youngest first, since that is the likeliest to
 * be refused.
 */
export const natives = ['data_visualization', 'data_table', 'plan', 'table'] as const;
export type Native = (typeof natives)[number];

/** What blocks have room for where they are shown. */
export type Room = {
  readonly blocks: number;
  /** Of all texts together, in bytes of UTF-8. */
  readonly text: number;
  /** Of the blocks as JSON, in bytes. */
  readonly json: number;
  readonly natives: ReadonlySet<Native>;
  /** What to say in the place of what found none: it is in a file, or somewhere else. */
  readonly overflow: 'file' | 'window' | 'home';
  /** Where those files are, as the end of a sentence. */
  readonly where: string;
};

const view = {
  blocks: limits.viewBlocks,
  text: limits.viewText,
  json: limits.viewBytes,
  // Windows take none of them, and about Home tabs Slack's list (https://docs.slack.dev/blocks.json) and what people saw
  // there differ. A window that is refused as the answer to a submit is lost without a word.
  natives: new Set<Native>(),
  where: '',
} as const;

export const rooms = {
  message: {
    blocks: limits.blocks,
    text: limits.messageText,
    json: Number.POSITIVE_INFINITY,
    natives: new Set<Native>(natives),
    overflow: 'file',
    where: 'in the thread',
  },
  modal: { ...view, overflow: 'window' },
  home: { ...view, overflow: 'home' },
} as const satisfies Record<string, Room>;

export const isNative = (type: string): type is Native => natives.some((native) => native === type);

/** Which of them these blocks make use of. */
export const nativesIn = (blocks: readonly { readonly type: string }[]): readonly Native[] =>
  natives.filter((native) => blocks.some(({ type }) => type === native));
