// Who reads an answer with a customer's data: who asked, everybody in a channel of that customer unless it was asked for
// alone, or everybody in another channel once who asked shares it there.
import { randomUUID } from 'node:crypto';
import { type Execute, isForm } from '../chat/card.ts';
import { type Person, type Place, samePlace } from '../chat/place.ts';
import type { Reply } from '../chat/reply.ts';
import { type Db, sharedSecret } from '../db/index.ts';
import { boundCustomer } from './bound.ts';
import type { Asked, Command, Work } from './feature.ts';
import { forItsCustomer } from './for-customer.ts';
import { currentPlace } from './places.ts';
import { isSeal, sealOf } from './secret.ts';

export const SHARE = 'share';
const QUEUE = 'bot.share';
const SECRET = 'shared answers';
const MOST_ACTIONS = 6;
/** What a platform sends back with a button is limited. */
const LONGEST_COMMAND = 500;

/** The answer as it leaves the bot: open in a channel of its customer, else with a button that shares it. */
export async function forReaders(asked: Asked, command: Command | undefined, reply: Reply): Promise<Reply> {
  const { about, ...said } = forItsCustomer(reply);
  const answer: Reply = asked.alone ? { ...said, audience: 'asker' } : said;
  if (about === undefined || asked.place.kind === 'personal' || isFormIn(reply)) return answer;
  const isOpen = !asked.alone && (await boundCustomer(asked.db, asked.place))?.id === about;
  if (isOpen) return { ...answer, audience: 'everyone' };
  if (command?.shared !== true || answer.audience === 'everyone' || answer.card === undefined) return answer;
  if (asked.text.length > LONGEST_COMMAND) return answer;
  const actions = (answer.card.actions ?? []).slice(0, MOST_ACTIONS - 1);
  return { ...answer, card: { ...answer.card, actions: [...actions, await shareButton(asked, about)] } };
}

/** Whoever asked fills it in, or sends the file. */
const isFormIn = ({ card, wantsFile }: Reply): boolean =>
  wantsFile !== undefined || (card !== undefined && isForm(card));

/** The answer may be read where the bot can't ask in which channel it was asked for, so the button says it. */
async function shareButton({ db, place, person, text }: Asked, about: number): Promise<Execute> {
  const seal = sealOf(await sharedSecret(db, SECRET), wordsOf(place, person, text, about));
  return {
    type: 'Action.Execute',
    title: 'Share in channel',
    verb: SHARE,
    data: { text, about, to: place.conversation, seal },
    associatedInputs: 'none',
  };
}

const wordsOf = (place: Pick<Place, 'conversation'>, person: Person, text: string, about: number) => [
  person.platform,
  place.conversation,
  person.id,
  text,
  about,
];

export type Share = { readonly text: string; readonly about: number; readonly place: Place };

/** What a pressed button shares, and where; nothing where the bot never offered that to this person. */
export async function readShare(
  db: Db,
  person: Person,
  here: Place,
  values: Readonly<Record<string, unknown>>,
): Promise<Share | undefined> {
  const { text, about, to, seal } = values;
  if (typeof text !== 'string' || typeof about !== 'number') return undefined;
  if (typeof to !== 'string' || typeof seal !== 'string') return undefined;
  const expected = sealOf(await sharedSecret(db, SECRET), wordsOf({ conversation: to }, person, text, about));
  if (!isSeal(seal, expected)) return undefined;
  const there: Place = { platform: here.platform, conversation: to, kind: 'channel', name: '' };
  return { text, about, place: samePlace(here, there) ? here : await currentPlace(db, there) };
}

/** The answer for everybody; where it was not asked for in that very conversation, it is posted there. */
export async function share(
  asked: Asked,
  { about: offered, place }: Share,
  answer: Reply,
  done: (place: Place) => Reply,
): Promise<Reply | undefined> {
  const { about, ...reply } = forItsCustomer(answer);
  if (about !== offered || isFormIn(answer)) return undefined;
  const open: Reply = { ...reply, audience: 'everyone', position: 'below' };
  if (samePlace(asked.place, place)) return open;
  await postSoon(asked, place, open);
  return done(place);
}

/** Has an answer posted elsewhere than where it was asked for, once this transaction has ended. */
export const postSoon = ({ db, jobs }: Asked, place: Place, reply: Reply): Promise<void> =>
  jobs.enqueue(db, QUEUE, { place, reply, key: randomUUID() });

export const shareWork: Work = {
  name: QUEUE,
  collapses: false,
  retries: 5,
  concurrency: 2,
  async handle({ post }, data) {
    const { place, reply, key } = data as { place: Place; reply: Reply; key: string };
    await post(place, reply, key);
  },
};
