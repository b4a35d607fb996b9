import type { Person, Place } from '../chat/place.ts';
import type { Db } from '../db/index.ts';
import { currentPlace, placeOfAnswer } from './places.ts';

type Who = { readonly db: Db; readonly person: Person; readonly place: Place };
type Asking = Who & { readonly now: Date; readonly alone?: true };

const PATIENCE_MINUTES = 15;

/** What a file is for; `place` is where it was asked for, where it may be sent elsewhere. */
export type Expected = {
  readonly command: string;
  readonly place: Place | undefined;
  /** The conversation in which it was asked for. */
  readonly conversation: string;
};

/** The next file this person attaches here, without a word, is for this command. */
export const expectFile = (asked: Asking, command: string): Promise<void> => save(asked, command, null);

/** The same, where the place takes no files: it may be sent where the person talks to the bot alone. Gives for how many minutes. */
export async function expectInPrivate(asked: Asking, command: string): Promise<number> {
  await save(asked, command, JSON.stringify(placeOfAnswer(asked)));
  return PATIENCE_MINUTES;
}

async function save(asked: Asking, command: string, place: string | null): Promise<void> {
  const expires_at = new Date(asked.now.getTime() + PATIENCE_MINUTES * 60_000);
  const { platform, conversation } = asked.place;
  await asked.db
    .insertInto('expectations')
    .values({ platform, conversation, person: asked.person.id, command, place, expires_at })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'conversation', 'person']).doUpdateSet({ command, place, expires_at }),
    )
    .execute();
}

/** What a file is for that this person attaches here now: the last that they were asked for. */
export async function expectedFile({ db, person, place, now }: Asking): Promise<Expected | undefined> {
  const { platform, conversation, kind } = place;
  const row = await db
    .selectFrom('expectations')
    .select(['command', 'conversation', 'place'])
    .where('platform', '=', platform)
    .where('person', '=', person.id)
    .where('expires_at', '>', now)
    .where((is) =>
      is.or([
        is('conversation', '=', conversation),
        ...(kind === 'personal' ? [is('place', 'is not', null)] : []),
      ]),
    )
    .orderBy('expires_at', 'desc')
    .orderBy('conversation')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const isHere = row.conversation === conversation || row.place === null;
  return {
    command: row.command,
    conversation: row.conversation,
    place: isHere ? undefined : await currentPlace(db, row.place as Place),
  };
}

/** A file that may be sent elsewhere than where it was asked for is awaited no more: the next one may be for something else. */
export async function fileCame({ db, person, place }: Who, { conversation }: Expected): Promise<void> {
  await db
    .deleteFrom('expectations')
    .where('platform', '=', place.platform)
    .where('conversation', '=', conversation)
    .where('person', '=', person.id)
    .where('place', 'is not', null)
    .execute();
}
