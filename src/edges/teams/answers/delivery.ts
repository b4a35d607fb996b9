import type { Activity } from 'botbuilder';
import { PostFailed } from '../../../chat/edge.ts';
import type { Place, Sent } from '../../../chat/place.ts';
import type { OutFile, Reply } from '../../../chat/reply.ts';
import { type FileUrl, linksTo, plain, render } from '../cards/render.ts';
import { suitedReply } from '../cards/suited.ts';
import { type Consent, consentCard } from '../files/consent.ts';
import type { Log } from '../options.ts';
import { sentences } from '../sentences.ts';
import { type Course, sayAll, sayInOne, wholeOf } from './parts.ts';
import type { Posting } from './posting.ts';
import type { Unfinished } from './unfinished.ts';

type Ways = {
  readonly fileUrl: FileUrl;
  readonly consent?: Consent | undefined;
  readonly local: boolean;
  readonly log: Log;
  /** The way for what belongs to something that is said already, and must not be said again with it. */
  readonly rest?: Posting;
  /** For posts that are tried again: what they go on from. */
  readonly unfinished?: Unfinished;
};
export type Delivery = ReturnType<typeof openDelivery>;

/** Much more is cut off by the card. */
const MAX_DESCRIPTION = 300;

/**
 * Replies on their way, with their files: Teams lets a bot put a file where one person reads, if that
 * person agrees; everywhere else, and where a message is only drawn anew, a file is a link that expires.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
 */
export function openDelivery(posting: Posting, ways: Ways) {
  const { fileUrl, consent, local, log, rest = posting, unfinished } = ways;
  const filesToOffer = (place: Place, { files = [] }: Reply): readonly OutFile[] =>
    consent !== undefined && place.kind === 'personal' ? files : [];

  const suitedTo = ({ kind }: Place, reply: Reply): Reply => suitedReply(reply, { kind, local });

  /** What is offered is not linked to as well. */
  const shown = (place: Place, reply: Reply): Reply =>
    suitedTo(place, filesToOffer(place, reply).length > 0 ? { ...reply, files: [] } : reply);

  /** The first message of a reply is sent by `begin`, whatever follows is posted where that stands. */
  async function sayFrom(
    place: Place,
    reply: Reply,
    begin: (message: Partial<Activity>) => Promise<Sent>,
    key?: string,
  ): Promise<Sent> {
    const earlier = key === undefined ? undefined : await unfinished?.find(key);
    const course = earlier ?? wholeOf(place, shown(place, reply), fileUrl);
    const { why, ...came } = await sayAll(course, fileUrl, (where, message, isFirst) =>
      isFirst ? begin(message) : goOn(where, message),
    );
    if (why !== undefined && key !== undefined && (await isTriedAgain(key, came, why))) throw why;
    const { last, messages } = why === undefined ? came : await breakOff(came, why);
    if (key !== undefined && earlier !== undefined) await unfinished?.forget(key);
    const all = messages + (await delivery.offerFiles(place, reply));
    return all === 1 ? last : { ...last, messages: all };
  }

  /** The thread may go away between two messages: then what is left begins one. */
  const goOn = (where: Place, message: Partial<Activity>): Promise<Sent> =>
    rest.post(where, message).catch((error: unknown) => {
      if (!(error instanceof PostFailed) || error.reason !== 'thread gone') throw error;
      const { thread: _, ...open } = where;
      return rest.post(open, message);
    });

  /** Of a post whose beginning stands: whether the queue comes back to it, and finds how far it came. */
  const isTriedAgain = async (key: string, came: Course, why: unknown): Promise<boolean> =>
    why instanceof PostFailed &&
    (why.reason === 'later' || why.reason === 'gone') &&
    ((await unfinished?.keep(key, came)) ?? false);

  /** What stands promises more: that no more comes is said below it. */
  async function breakOff(came: Course, why: unknown): Promise<Course> {
    log.error({ err: why, messages: came.messages }, 'the rest of a long message was not sent');
    try {
      const last = await rest.post(came.last.place, plain(sentences.restNotSent));
      return { ...came, last, messages: came.messages + 1 };
    } catch (err) {
      log.error({ err }, 'nor could that be said');
      return came;
    }
  }

  const delivery = {
    /** The one message of a reply that is sent to this place; what finds no room in it is said to be missing. */
    message: (place: Place, reply: Reply): Partial<Activity> => render(shown(place, reply), fileUrl),

    /** Posts a reply; gives its last message, which has the buttons. With the same key a post goes on that broke off. */
    post: (place: Place, reply: Reply, key?: string): Promise<Sent> =>
      sayFrom(place, reply, (message) => posting.post(place, message), key),

    /** Has a reply take the place of a message; what finds no room there is posted below it. */
    replace: (sent: Sent, reply: Reply): Promise<Sent> =>
      sayFrom(sent.place, reply, (message) => posting.update(sent, message)),

    /** The message of a reply that is drawn anew, with links to its files. */
    redrawn: (reply: Reply): Partial<Activity> => render(reply, fileUrl),

    /** Draws a message anew, as one: to ask once more about each of its files would be to ask every second. */
    update: (sent: Sent, reply: Reply): Promise<Sent> =>
      sayInOne(suitedTo(sent.place, reply), fileUrl, (message) => posting.update(sent, message)),

    /**
     * Asks about each file of a reply whose message is sent: a fault here must not have that sent again. Gives how many
     * messages that took.
     */
    async offerFiles(place: Place, reply: Reply): Promise<number> {
      const files = filesToOffer(place, reply);
      for (const file of files) {
        try {
          await rest.post(place, await asking(place, file, reply.text));
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
      await rest.post(place, plain(sentences.notOffered(file.name), linksTo([file], fileUrl)));
    } catch (error) {
      log.error({ err: error, file: file.id }, 'nor could it be linked to');
    }
  }
}
