import type { Sent } from '../../../chat/place.ts';
import type { Log } from '../options.ts';
import type { Forms } from './forms.ts';
import { pause } from './timers.ts';

/** As long as it may take to post an answer. */
const secondsToBring = 20;
const between = 1_000;

/**
 * Brings the answer to a form to where it belongs, once, whoever else handed in the same form or did so before: who
 * finds somebody at it waits until it is there, and takes over where that one was stopped.
 */
export async function bringOnce(
  { store, timers }: Pick<Forms, 'store' | 'timers'>,
  log: Log,
  id: string,
  bring: () => Promise<Sent | undefined>,
): Promise<Sent | undefined> {
  // Where the database is away, twice is better than never.
  const unknown = (err: unknown) => log.warn({ err }, 'It is not known who brings the answer to a form');
  for (;;) {
    const claim = await store.claimAnswer(id, secondsToBring).catch(unknown);
    if (claim === 'answered') return undefined;
    if (claim !== 'theirs') break;
    await pause(timers, between);
  }
  const sent = await bring();
  await store.answered(id).catch(unknown);
  return sent;
}
