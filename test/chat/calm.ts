/** A talk in which nobody is in a hurry: the clock stands still but for a few seconds before each request. */
import { openTalk, type Speaker, type Talk } from '../support/talk.ts';

/** Longer than what counts as a button pressed twice. */
const PAUSE_MS = 5_000;

export type CalmTalk = Talk & {
  /** Lets time pass. */
  pass(minutes: number): void;
};

export async function openCalmTalk(engine: 'PGlite' | 'Postgres'): Promise<CalmTalk> {
  const talk = await openTalk(engine);
  let now = Date.parse('2026-11-21T12:00:00Z');
  const pass = (ms: number) => {
    now += ms;
    talk.setTime(new Date(now).toISOString());
  };
  const calm =
    <A extends readonly unknown[], R>(ask: (...args: A) => R) =>
    (...args: A): R => {
      pass(PAUSE_MS);
      return ask(...args);
    };
  return {
    ...talk,
    pass: (minutes) => pass(minutes * 60_000),
    as(who, place) {
      const { say, press, submit, ...rest } = talk.as(who, place);
      return { say: calm(say), press: calm(press), submit: calm(submit), ...rest } satisfies Speaker;
    },
  };
}
