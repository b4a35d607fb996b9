import { webApi } from '@slack/bolt';
import type { Block } from '../blocks/charts.ts';
import { isNative, type Native, natives, nativesIn } from '../blocks/room.ts';

/** What one workspace has refused of late: Slack brings new blocks to one after the other. */
export type Refusals = {
  known(): ReadonlySet<Native>;
  learn(native: Native): void;
};

/** Then it is tried again: whether a workspace has come to know a block shows in no other way. */
const forMs = 60 * 60 * 1_000;

export function openRefusals(now: () => number): Refusals {
  const until = new Map<Native, number>();
  return {
    known: () => new Set(natives.filter((native) => (until.get(native) ?? 0) > now())),
    learn: (native) => void until.set(native, now() + forMs),
  };
}

/**
 * Which block to do without, where one is the likeliest to have been refused: Slack names the places of what it can't take
 * (`[json-pointer:/blocks/1/…]`), and where it does not, the youngest is the likeliest.
 */
export function blamed(error: unknown, blocks: readonly Block[]): Native | undefined {
  const used = nativesIn(blocks);
  const named = placesIn(error).flatMap((index) => {
    const type = blocks[index]?.type ?? '';
    return isNative(type) ? [type] : [];
  });
  return used.find((native) => named.includes(native)) ?? used[0];
}

function placesIn(error: unknown): number[] {
  if (!(error instanceof webApi.WebAPIPlatformError)) return [];
  const { errors, response_metadata } = error.data as {
    errors?: unknown;
    response_metadata?: { messages?: unknown };
  };
  const texts = [errors, response_metadata?.messages].flat().filter((text) => typeof text === 'string');
  return texts.flatMap((text) =>
    [...text.matchAll(/\/blocks\/(\d{1,3})\b/g)].map(([, index]) => Number(index)),
  );
}
