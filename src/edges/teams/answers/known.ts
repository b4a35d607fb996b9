import { createHash } from 'node:crypto';
import type { Place, Sent } from '../../../chat/place.ts';
import type { Desk } from '../requests/desk.ts';
import { dig } from '../requests/request.ts';
import { readerOf } from './targeted.ts';

/** A message that one person alone sees; `alone`: neither did anybody see that they asked. */
export type Known = { readonly alone: boolean };

/** Teams takes a message for one person away after a day. */
const A_DAY = 24 * 60 * 60;

/**
 * Remembers that one person alone sees this message: Teams does not say it of a card that is pressed, and neither a card for
 * everybody may be overwritten with what is for one, nor the other way round.
 */
export async function rememberTargeted({ options }: Desk, sent: Sent, known: Known): Promise<void> {
  const reader = readerOf(sent.place);
  if (reader === undefined || options.forms === undefined) return;
  const kept = { reader: reader.id, alone: known.alone };
  await options.forms
    .keep(keyOf(sent.place, sent.message), kept, A_DAY)
    .catch((err: unknown) =>
      options.log.warn({ err }, 'a message for one person will be answered with another one'),
    );
}

/** What is known of a message there, if this person alone sees it. */
export async function knownTargeted(
  { options }: Desk,
  place: Place,
  message: string,
  reader: string,
): Promise<Known | undefined> {
  if (options.forms === undefined || place.kind === 'personal') return undefined;
  const kept = await options.forms.find(keyOf(place, message)).catch((err: unknown) => {
    options.log.warn({ err }, 'it is not known whether a message is for one person');
    return undefined;
  });
  return dig(kept, 'reader') === reader ? { alone: dig(kept, 'alone') === true } : undefined;
}

const keyOf = ({ conversation }: Place, message: string): string =>
  createHash('sha256')
    .update(JSON.stringify(['teams targeted', conversation, message]))
    .digest('base64url');
