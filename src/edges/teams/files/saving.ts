import type { Activity } from 'botbuilder';
import { PostFailed } from '../../../chat/edge.ts';
import type { Place } from '../../../chat/place.ts';
import type { OutFile } from '../../../chat/reply.ts';
import type { Posting } from '../answers/posting.ts';
import { type FileUrl, linksTo, plain } from '../cards/render.ts';
import { isFileUrl } from '../identity/hosts.ts';
import type { Log } from '../options.ts';
import { placeOf } from '../requests/places.ts';
import { dig } from '../requests/request.ts';
import { sentences } from '../sentences.ts';
import { type Consent, infoCard, isAccepted, type Offer, readOffer, readTarget } from './consent.ts';
import { upload } from './upload.ts';

/** The invoke by which Teams tells how a consent card was answered. */
export const FILE_CONSENT = 'fileConsent/invoke';
const KEYS_REMEMBERED = 10_000;

type Ways = {
  readonly posting: Posting;
  readonly consent: Consent;
  readonly fileUrl: FileUrl;
  readonly local: boolean;
  readonly log: Log;
};
type Answered = { readonly place: Place; readonly card: string | undefined; readonly value: unknown };
export type Saving = ReturnType<typeof openSaving>;

/**
 * Carries out what a person answered to a consent card. Each card is carried out once: this copy of the bot
 * remembers those it has answered, for everybody else the card is gone from the chat after that. What is left:
 * a second press that reaches another copy while the first one still uploads. Sent by Teams once more, it
 * names the same upload, which OneDrive takes once; pressed by the person once more, the file is there twice.
 */
export function openSaving({ posting, consent, fileUrl, local, log }: Ways) {
  const carriedOut = new Set<string>();

  return async function carryOut(activity: Activity): Promise<void> {
    const { value, replyToId: card } = activity;
    const answered = { place: placeOf(activity, ''), card, value };
    const offer = readOffer(consent, answered.place, dig(value, 'context'), Date.now());
    if (offer === undefined) {
      log.warn({ from: activity.from.id }, 'a file was asked for that was not offered there');
      await posting.post(answered.place, plain(sentences.notMyOffer));
      return;
    }
    if (carriedOut.has(offer.key)) return;
    remember(offer.key);
    try {
      await carryOutOnce(answered, offer);
    } catch (error) {
      carriedOut.delete(offer.key);
      throw error;
    }
  };

  function remember(key: string): void {
    const [oldest] = carriedOut;
    if (carriedOut.size >= KEYS_REMEMBERED && oldest !== undefined) carriedOut.delete(oldest);
    carriedOut.add(key);
  }

  async function carryOutOnce(answered: Answered, { file, expired }: Offer): Promise<void> {
    if (!isAccepted(answered.value)) return close(answered, plain(sentences.notSaved(file)));
    if (expired) return close(answered, plain(sentences.offerExpired(file)));
    const opened = await consent.openFile(file.id);
    if (opened === undefined) return close(answered, plain(sentences.noLongerKept(file.name)));
    return close(answered, await save(answered, file, opened.bytes));
  }

  /** Puts the file into OneDrive; gives what to say of it, the bad news as well. */
  async function save({ value }: Answered, file: OutFile, bytes: Uint8Array): Promise<Partial<Activity>> {
    const target = readTarget(dig(value, 'uploadInfo'), (url) => isFileUrl(url, local));
    try {
      await upload({ url: target?.uploadUrl ?? '', bytes, local });
    } catch (error) {
      // The upload link is a secret of the person's: it is not logged.
      log.warn({ err: error, file: file.id }, 'a file was not saved to OneDrive');
      return plain(sentences.notUploaded(file.name), linksTo([file], fileUrl));
    }
    return target?.saved === undefined ? plain(sentences.saved(file.name)) : infoCard(target.saved);
  }

  /** Says how it ended, then takes the card away: should the bot be killed in between, the card can be answered again. */
  async function close({ place, card }: Answered, message: Partial<Activity>): Promise<void> {
    await posting.post(place, message);
    if (card === undefined) return;
    await posting.remove({ place, message: card }).catch((error: unknown) => {
      if (!(error instanceof PostFailed)) throw error;
      log.warn({ err: error }, 'an answered consent card could not be taken away');
    });
  }
}
