import { setTimeout as wait } from 'node:timers/promises';
import { toPostFailed } from './failures.ts';

const longestWait = 30;
const mostTries = 4;

/** Waits where Slack asks for patience, and tries again. */
export async function patiently<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (err) {
      const seconds = toPostFailed(err).retryAfterSeconds;
      if (seconds === undefined || seconds > longestWait || tries === mostTries) throw err;
      await wait(seconds * 1_000);
    }
  }
}
