import { timingSafeEqual } from 'node:crypto';
import { type Activity, ActivityTypes } from 'botbuilder';
import type { OpenFile } from '../../../chat/edge.ts';
import type { Place } from '../../../chat/place.ts';
import type { OutFile } from '../../../chat/reply.ts';
import { dig, digText, isRecord } from '../requests/request.ts';

/** Source of all shapes here: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 */
const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const INFO = 'application/vnd.microsoft.teams.card.file.info';
/** As long as a link to the file would be good. */
const LIFE_MS = 24 * 60 * 60 * 1000;

/** What it takes to offer files: their bytes, and a seal that every copy of the bot makes alike. */
export type Consent = {
  readonly openFile: OpenFile;
  readonly seal: (text: string) => string;
};

/** What Teams hands back when the card is answered: `offer` is the file and its time as text, so that it comes back to the letter. */
type Context = { readonly offer: string; readonly seal: string };

/** A card that asks the person whether the file may be put into their OneDrive. */
export function consentCard(
  { seal }: Consent,
  place: Place,
  file: OutFile,
  about: { readonly description: string; readonly sizeInBytes: number; readonly now: number },
): Partial<Activity> {
  const { description, sizeInBytes, now } = about;
  const offer = JSON.stringify({ ...file, until: now + LIFE_MS });
  const context: Context = { offer, seal: seal(sealed(place, offer)) };
  const content = { description, sizeInBytes, acceptContext: context, declineContext: context };
  return {
    type: ActivityTypes.Message,
    summary: file.name,
    attachments: [{ contentType: CONSENT, name: file.name, content }],
  };
}

/** The seal holds for this one conversation: a card copied elsewhere is worth nothing there. */
const sealed = (place: Place, offer: string): string =>
  JSON.stringify(['file consent', place.conversation, offer]);

export type Offer = {
  /** The same whenever this very card is answered. */
  readonly key: string;
  readonly file: OutFile;
  readonly expired: boolean;
};

/** The offer that a card was answered to; nothing where the bot never made it here, whatever the client says. */
export function readOffer({ seal }: Consent, place: Place, context: unknown, now: number): Offer | undefined {
  const offer = digText(context, 'offer');
  const key = digText(context, 'seal');
  if (offer === undefined || key === undefined || !isSame(key, seal(sealed(place, offer)))) return undefined;
  const { until, ...file } = JSON.parse(offer) as OutFile & { until: number };
  return { key, file, expired: until <= now };
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Where the file is to go, as far as the client said it. */
export type Target = { readonly uploadUrl: string; readonly saved?: Saved };
/** The file in OneDrive, which may have another name there. */
type Saved = {
  readonly name: string;
  readonly contentUrl: string;
  readonly uniqueId: string;
  readonly fileType: string;
};

export function readTarget(uploadInfo: unknown, isFileUrl: (url: string) => boolean): Target | undefined {
  const text = (key: string) => digText(uploadInfo, key);
  const uploadUrl = text('uploadUrl');
  if (!isRecord(uploadInfo) || uploadUrl === undefined) return undefined;
  const [name, contentUrl, uniqueId, fileType] = ['name', 'contentUrl', 'uniqueId', 'fileType'].map(text);
  const isWhole = name !== undefined && uniqueId !== undefined && fileType !== undefined;
  // Nobody is to find a link to another site on a card of the bot.
  if (!isWhole || contentUrl === undefined || !isFileUrl(contentUrl)) return { uploadUrl };
  return { uploadUrl, saved: { name, contentUrl, uniqueId, fileType } };
}

/** A card that opens the file where it is now. */
export function infoCard({ name, contentUrl, uniqueId, fileType }: Saved): Partial<Activity> {
  return {
    type: ActivityTypes.Message,
    summary: name,
    attachments: [{ contentType: INFO, contentUrl, name, content: { uniqueId, fileType } }],
  };
}

export const isAccepted = (value: unknown): boolean => dig(value, 'action') === 'accept';
