import type { Activity } from 'botbuilder';
import type { Place, Sent } from '../../../chat/place.ts';
import type { OutFile, Reply } from '../../../chat/reply.ts';
import { type FileUrl, linksTo, plain, render } from '../cards/render.ts';
import { type Consent, consentCard } from '../files/consent.ts';
import type { Log } from '../options.ts';
import { sentences } from '../sentences.ts';
import type { Posting } from './posting.ts';

type Ways = { readonly fileUrl: FileUrl; readonly consent?: Consent | undefined; readonly log: Log };
export type Delivery = ReturnType<typeof openDelivery>;

/** Much more is cut off by the card. */
const MAX_DESCRIPTION = 300;

/**
 * Replies on their way, with their files: Teams lets a bot put a file where one person reads, if that
 * person agrees; everywhere else, and where a message is only drawn anew, a file is a link that expires.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
 */
export function openDelivery(posting: Posting, { fileUrl, consent, log }: Ways) {
  const filesToOffer = (place: Place, { files = [] }: Reply): readonly OutFile[] =>
    consent !== undefined && place.kind === 'personal' ? files : [];

  const delivery = {
    /** The message of a reply that is sent to this place. */
    message(place: Place, reply: Reply): Partial<Activity> {
      return render(filesToOffer(place, reply).length > 0 ? { ...reply, files: [] } : reply, fileUrl);
    },

    /** The message of a reply that is drawn anew: to ask once more about each file would be to ask every second. */
    redrawn: (reply: Reply): Partial<Activity> => render(reply, fileUrl),

    async post(place: Place, reply: Reply): Promise<Sent> {
      const sent = await posting.post(place, delivery.message(place, reply));
      const offers = await delivery.offerFiles(place, reply);
      return offers === 0 ? sent : { ...sent, messages: 1 + offers };
    },

    /**
     * Asks about each file of a reply whose message is sent: a fault here must not have that sent again. Gives how many
     * messages that took.
     */
    async offerFiles(place: Place, reply: Reply): Promise<number> {
      const files = filesToOffer(place, reply);
      for (const file of files) {
        try {
          await posting.post(place, await asking(place, file, reply.text));
        } catch (error) {
          log.error({ err: error, file: file.id }, 'a file could not be offered');
          await tellOf(place, file);
        }
      }
      return files.length;
    },
  };
  return delivery;

  async function asking(place: Place, file: OutFile, text: string): Promise<Partial<Activity>> {
    const opened = await consent?.openFile(file.id);
    if (consent === undefined || opened === undefined) return plain(sentences.noLongerKept(file.name));
    const [description = ''] = text.slice(0, MAX_DESCRIPTION).split('\n');
    const sizeInBytes = opened.bytes.byteLength;
    return consentCard(consent, place, file, { description, sizeInBytes, now: Date.now() });
  }

  async function tellOf(place: Place, file: OutFile): Promise<void> {
    try {
      await posting.post(place, plain(sentences.notOffered(file.name), linksTo([file], fileUrl)));
    } catch (error) {
      log.error({ err: error, file: file.id }, 'nor could it be linked to');
    }
  }
}
