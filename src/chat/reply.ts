import type { Card } from './card.ts';

/** A file the bot made. The bytes are kept by the bot; an edge fetches them by `id` or links to them. */
export type OutFile = {
  readonly id: string;
  readonly name: string;
  /** The command that brings the file once more: `job 7 report`. */
  readonly again?: string;
};

/**
 * What the bot answers or posts. Text is plain text, never markup: each edge quotes it as its platform
 * needs. `text` always stands for the whole reply: it is the notification and what a client without
 * cards shows.
 */
export type Reply = {
  readonly text: string;
  readonly card?: Card;
  readonly files?: readonly OutFile[];
  /** `asker`: only the person who asked may see it, whoever else reads along. */
  readonly audience: 'everyone' | 'asker';
  /** Of an answer to a submit: `instead` takes the place of the card that was pressed. */
  readonly position: 'below' | 'instead';
  /** A name under which the sent message is remembered, so that it can be changed later: `job:7`. */
  readonly track?: string;
};
