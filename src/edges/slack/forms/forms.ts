import type { FormStore, Receive } from '../../../chat/edge.ts';
import type { Timers } from './timers.ts';

/** What the forms of the edge work with. */
export type Forms = {
  readonly store: FormStore;
  readonly receive: Receive;
  readonly timers: Timers;
  readonly now: () => number;
  /** Of the ids of forms that messages stand for. */
  readonly secret: string;
};
