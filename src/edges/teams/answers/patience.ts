import type { Timing } from '../options.ts';
import { postFailed, statusOf } from './failures.ts';
import type { Posting } from './posting.ts';

/** Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit#handle-http-429-responses */
const AGAIN = [412, 429, 502, 504];
const MOST_TRIES = 4;
/** Of a pause: those who were refused together are not to come back together. */
const JITTER = 0.2;

export type Patience = Pick<Timing, 'againAfterMs' | 'againWithinMs' | 'after' | 'chance'>;

/** Tries again for a moment where Teams asks for it. Somebody waits: where Teams asks for more, it is given up. */
export async function patiently<Result>(
  { againAfterMs, againWithinMs, after, chance }: Patience,
  act: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      const failed = postFailed(error);
      const asked = (failed.retryAfterSeconds ?? 0) * 1000;
      const pause = Math.max(asked, againAfterMs * 2 ** (tries - 1)) * (1 + chance() * JITTER);
      const status = statusOf(failed);
      const mayWork = status !== undefined && AGAIN.includes(status);
      if (!mayWork || tries === MOST_TRIES || pause > againWithinMs) throw error;
      await new Promise<void>((resolve) => after(pause, resolve));
    }
  }
}

/** The same ways into conversations, for answers that somebody waits for. */
export function patient(posting: Posting, patience: Patience): Posting {
  return {
    ...posting,
    post: (place, message) => patiently(patience, () => posting.post(place, message)),
    update: (sent, message) => patiently(patience, () => posting.update(sent, message)),
    remove: (sent) => patiently(patience, () => posting.remove(sent)),
    personalChat: (place, person) => patiently(patience, () => posting.personalChat(place, person)),
  };
}
