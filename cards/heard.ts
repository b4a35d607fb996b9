/** What a conversation hears by itself. */
import { count } from './format.ts';

export type Heard = {
  /** As `notify here` takes it. */
  readonly topic: string;
  readonly heard: boolean;
  /** So many watches post about it here, whether all of it is heard or not. */
  readonly watches?: number | undefined;
};

export const watchesOf = (watches: number): string => count(watches, 'watch', 'watches');

/** `low-units (2 watches)` where nothing but these is heard of it. */
export const heardIn = (topics: readonly Heard[]): string[] =>
  topics.flatMap(({ topic, heard, watches = 0 }) =>
    heard ? [topic] : watches > 0 ? [`${topic} (${watchesOf(watches)})`] : [],
  );
