import type { Person, Place } from '../chat/place.ts';
import type { Db } from '../db/index.ts';
import type { Asked } from './feature.ts';

/**
 * Keeps how a place can be reached, as it was last told, and the personal chat in which somebody was last seen. Where
 * the platform moves a conversation or renames it, notices that were bound to it follow.
 */
export function placeBook(db: Db, clock: () => Date): (place: Place, person?: Person) => Promise<void> {
  const known = new Map<string, string>();
  return async ({ thread: _, ...place }, person) => {
    if (place.kind === 'personal' && person?.email !== undefined) await seenAlone(db, person.email, place);
    if (place.kind !== 'personal' && person !== undefined)
      await heardSpeak(db, known, { place, person, at: clock() });
    const key = `${place.platform} ${place.conversation}`;
    const stored = JSON.stringify(place);
    if (known.get(key) === stored) return;
    // Where the platform does not say how it is called, it is called as before.
    const named = place.name === '' ? { ...place, name: (await currentPlace(db, place)).name } : place;
    const row = { platform: place.platform, conversation: place.conversation, place: JSON.stringify(named) };
    await db
      .insertInto('places')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['platform', 'conversation']).doUpdateSet({ place: row.place }),
      )
      .execute();
    if (known.size > 10_000) known.clear();
    known.set(key, stored);
  };
}

type Spoken = { readonly place: Place; readonly person: Person; readonly at: Date };

/** Who has spoken where others read along can be mentioned there. */
async function heardSpeak(
  db: Db,
  known: Map<string, string>,
  { place: { platform, conversation }, person: speaker, at }: Spoken,
): Promise<void> {
  const { local: _, email, ...person } = speaker;
  if (email === undefined) return;
  const key = `${platform} ${conversation} ${email}`;
  const stored = JSON.stringify(person);
  // That they have spoken is worth a write once a day.
  const seen = `${at.toISOString().slice(0, 10)} ${stored}`;
  if (known.get(key) === seen) return;
  await db
    .insertInto('speakers')
    .values({ platform, conversation, email: email.toLowerCase(), person: stored, spoke_at: at })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'conversation', 'email']).doUpdateSet({ person: stored, spoke_at: at }),
    )
    .execute();
  known.set(key, seen);
}

/** Who has this address, as the platform of the place knows them; nobody who has never spoken there. */
export async function speakerIn(db: Db, place: Place, email: string): Promise<Person | undefined> {
  if (place.kind === 'personal') return undefined;
  const row = await db
    .selectFrom('speakers')
    .select('person')
    .where('platform', '=', place.platform)
    .where('conversation', '=', place.conversation)
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  return row?.person as Person | undefined;
}

/** The place as it can be reached now. */
export async function currentPlace(db: Db, place: Place): Promise<Place> {
  const row = await db
    .selectFrom('places')
    .select('place')
    .where('platform', '=', place.platform)
    .where('conversation', '=', place.conversation)
    .executeTakeFirst();
  const { thread, reader } = place;
  return {
    ...((row?.place as Place | undefined) ?? place),
    ...(thread !== undefined && { thread }),
    ...(reader !== undefined && { reader }),
  };
}

/** Where what comes of it later belongs: what nobody saw being asked is for who asked alone. */
export const placeOfAnswer = ({ place, person, alone }: Pick<Asked, 'place' | 'person' | 'alone'>): Place =>
  alone && place.kind !== 'personal' ? { ...place, reader: person.email ?? '' } : place;

/**
 * The place as it can be posted to now: what is for one person of a conversation is told where they talk to the bot alone;
 * nowhere, where they never have.
 */
export async function placeToPost(db: Db, place: Place): Promise<Place | undefined> {
  if (place.kind === 'personal' || place.reader === undefined) return currentPlace(db, place);
  const [chat] = await personalChats(db, [place.reader]);
  return chat?.place;
}

/** Whether what stands there is seen by somebody alone who is a member no more. */
export async function isOfFormerMember(db: Db, { kind, reader = '' }: Place): Promise<boolean> {
  if (kind === 'personal' || reader === '') return false;
  const member = await db.selectFrom('members').select('id').where('email', '=', reader).executeTakeFirst();
  return member === undefined;
}

/**
 * Another copy of the bot may have seen the person elsewhere meanwhile, so the database is asked each time. It is written
 * only where it differs: an upsert that changes nothing locks the row all the same.
 */
async function seenAlone(db: Db, address: string, { platform, conversation }: Place): Promise<void> {
  const email = address.toLowerCase();
  const known = await db
    .selectFrom('personal_chats')
    .select('email')
    .where('email', '=', email)
    .where('platform', '=', platform)
    .where('conversation', '=', conversation)
    .executeTakeFirst();
  if (known !== undefined) return;
  await db
    .insertInto('personal_chats')
    .values({ email, platform, conversation })
    .onConflict((conflict) => conflict.column('email').doUpdateSet({ platform, conversation }))
    .execute();
}

/** The personal chats in which the people with these addresses were last seen; nobody's who was seen in none. */
export async function personalChats(
  db: Db,
  emails: readonly string[],
): Promise<{ readonly email: string; readonly place: Place }[]> {
  if (emails.length === 0) return [];
  const rows = await db
    .selectFrom('personal_chats as c')
    .innerJoin('places as p', (join) =>
      join.onRef('p.platform', '=', 'c.platform').onRef('p.conversation', '=', 'c.conversation'),
    )
    .select(['c.email', 'p.place'])
    .where('c.email', 'in', [...emails])
    .orderBy('c.email')
    .execute();
  return rows.map(({ email, place }) => ({ email, place: place as Place }));
}
