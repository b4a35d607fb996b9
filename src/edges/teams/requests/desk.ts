import type { Delivery } from '../answers/delivery.ts';
import type { Posting } from '../answers/posting.ts';
import type { Graph } from '../files/graph.ts';
import type { Saving } from '../files/saving.ts';
import type { TeamsOptions, Timing } from '../options.ts';
import type { Chats } from './chats.ts';
import type { Roster } from './roster.ts';

/** What every request is answered with. */
export type Desk = {
  readonly options: TeamsOptions;
  readonly timing: Timing;
  readonly local: boolean;
  readonly roster: Roster;
  readonly chats: Chats;
  readonly posting: Posting;
  /** The same, tried once: for what is no news any more a moment later. */
  readonly once: Posting;
  readonly delivery: Delivery;
  readonly saving: Saving | undefined;
  readonly graph: Graph | undefined;
};
