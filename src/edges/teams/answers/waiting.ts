import { type Activity, ActivityTypes } from 'botbuilder';
import type { Sent } from '../../../chat/place.ts';
import { plain } from '../cards/render.ts';
import type { Desk } from '../requests/desk.ts';
import { placeOf } from '../requests/places.ts';
import { sentences } from '../sentences.ts';
import { forOne, isTargeted, keepsTargeted, senderOf } from './targeted.ts';

/** What is shown to who waits for an answer. */
export type Waiting = {
  /** The message that says that the bot is at work, where there is one: the answer takes its place. */
  held(): Promise<Sent | undefined>;
  /** Something took its place. */
  settled(): void;
  /** There is nothing to wait for any more: what still says so is taken away. */
  end(): Promise<void>;
};

/**
 * Shows that the bot is at work to who waits longer than a moment. Channels show nobody typing
 * (https://github.com/MicrosoftDocs/msteams-docs/issues/1451), and who asked so that nobody sees it is not answered with a sign
 * for all: there a message says it, to who asked alone if that can be.
 */
export function openWaiting(desk: Desk, activity: Activity): Waiting {
  const { posting, once, options, timing } = desk;
  const { log } = options;
  const place = placeOf(activity, '');
  const says = place.kind === 'channel' || (place.kind === 'group' && isTargeted(activity));
  let message: Promise<Sent | undefined> | undefined;
  let callOff = timing.after(timing.typingAfterMs, begin);

  function begin(): void {
    if (says) message = say();
    else type();
  }

  async function say(): Promise<Sent | undefined> {
    const isForOne = keepsTargeted(place, options);
    if (isTargeted(activity) && !isForOne) return undefined;
    const where = isForOne ? forOne(place, senderOf(activity)) : place;
    return once.post(where, plain(sentences.working)).catch((err: unknown) => {
      log.info({ err }, 'it was not said that the bot is at work');
      return undefined;
    });
  }

  /** An answer that is ready does not wait for the message about it. */
  async function landed(): Promise<Sent | undefined> {
    if (message === undefined) return undefined;
    const { promise: late, resolve } = Promise.withResolvers<'late'>();
    const forgo = timing.after(timing.heldWithinMs, () => resolve('late'));
    const sent = await Promise.race([message, late]).finally(forgo);
    if (sent !== 'late') return sent;
    void message.then(takeAway);
    settled();
    return undefined;
  }

  async function takeAway(sent: Sent | undefined): Promise<void> {
    await (sent && posting.remove(sent))?.catch((err: unknown) =>
      log.info({ err }, 'a message about work in hand was not taken away'),
    );
  }

  function type(): void {
    once
      .post(place, { type: ActivityTypes.Typing })
      .catch((err: unknown) => log.debug({ err }, 'typing was not shown'));
    callOff = timing.after(timing.typingAgainMs, type);
  }

  const settled = () => {
    message = undefined;
  };
  const held = () => {
    callOff();
    return landed();
  };
  return {
    held,
    settled,
    async end() {
      const left = await held();
      settled();
      await takeAway(left);
    },
  };
}
