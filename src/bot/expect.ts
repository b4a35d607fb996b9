import type { Person, Place } from '../chat/place.ts';
import type { Db } from '../db/index.ts';

type Who = { readonly db: Db; readonly person: Person; readonly place: Place };

const PATIENCE_MS = 15 * 60 * 1000;

/** The next file this person attaches here, without a word, is for this command. */
export async function expectFile(asked: Who & { readonly now: Date }, command: string): Promise<void> {
  const expires_at = new Date(asked.now.getTime() + PATIENCE_MS);
  await asked.db
    .insertInto('expectations')
    .values({ ...keyOf(asked), command, expires_at })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'conversation', 'person']).doUpdateSet({ command, expires_at }),
    )
    .execute();
}

export async function expectedCommand(asked: Who, now: Date): Promise<string | undefined> {
  const key = keyOf(asked);
  const row = await asked.db
    .selectFrom('expectations')
    .select('command')
    .where('platform', '=', key.platform)
    .where('conversation', '=', key.conversation)
    .where('person', '=', key.person)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.command;
}

const keyOf = ({ person, place }: Who) => ({
  platform: place.platform,
  conversation: place.conversation,
  person: person.id,
});
