// The pages that a platform keeps for people, as the database has them.

import type { Home } from '../chat/edge.ts';
import type { Person, Place } from '../chat/place.ts';
import type { Db } from '../db/index.ts';

/** Nobody says when somebody looks away: a page that was not opened for so long is drawn when it is opened again. */
const LOOKED_AT_MS = 12 * 60 * 60 * 1000;

export type Row = {
  readonly home: Home;
  readonly mark: string | null;
  readonly digest: string;
  readonly drawnAt: Date | null;
  readonly drawnFor: string;
  /** How often it could not be drawn. */
  readonly tries: number;
};
export type Wish = { readonly platform?: string; readonly person?: string; readonly moving?: boolean };

const lookedAtSince = (now: Date) => new Date(now.getTime() - LOOKED_AT_MS);

/** One page, those with something that moves, or all that are looked at. */
export async function findHomes(db: Db, now: Date, { platform, person, moving }: Wish): Promise<Row[]> {
  const all = db
    .selectFrom('homes as h')
    .leftJoin('members as m', 'm.email', 'h.email')
    .select(['h.who', 'h.place', 'h.mark', 'h.digest', 'h.drawn_at', 'h.drawn_for', 'h.tries'])
    .orderBy('h.opened_at', 'desc');
  const isToBeTried = all.where((is) => is.or([is('h.try_after', 'is', null), is('h.try_after', '<=', now)]));
  const isLookedAt = isToBeTried.where((is) =>
    is.or([
      is('h.opened_at', '>', lookedAtSince(now)),
      // What somebody saw stays on the page, also when it is not theirs any more.
      is.and([
        is('h.drawn_for', 'not in', ['', 'nobody']),
        is(
          'h.drawn_for',
          'is distinct from',
          is.fn<string>('concat_ws', [is.val(' '), 'm.id', 'm.role', 'm.organization_id']),
        ),
      ]),
    ]),
  );
  const rows =
    platform !== undefined && person !== undefined
      ? await all.where('h.platform', '=', platform).where('h.person', '=', person).execute()
      : await isLookedAt.$if(moving === true, (query) => query.where('h.moves', '=', true)).execute();
  return rows.map(({ who, place, mark, digest, drawn_at, drawn_for, tries }) => ({
    home: { person: who as Person, place: place as Place },
    mark,
    digest,
    drawnAt: drawn_at,
    drawnFor: drawn_for,
    tries,
  }));
}

export async function somethingMoves(db: Db, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('homes')
    .select('person')
    .where('moves', '=', true)
    .where((is) => is.or([is('try_after', 'is', null), is('try_after', '<=', now)]))
    .where('opened_at', '>', lookedAtSince(now))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const ofPerson = (db: Db, { person: { platform, id } }: Home) =>
  db.updateTable('homes').where('platform', '=', platform).where('person', '=', id);

const whoOf = ({ person }: Home) => ({
  who: JSON.stringify(person),
  email: person.email?.toLowerCase() ?? null,
});

type Looks = {
  readonly mark: string | null;
  readonly looks: string;
  readonly now: Date;
  readonly drawnFor: string;
  readonly moves: boolean;
};

export async function saveDrawn(
  db: Db,
  home: Home,
  { mark, looks, now, drawnFor, moves }: Looks,
): Promise<void> {
  await ofPerson(db, home)
    .set({ ...whoOf(home), mark, digest: looks, drawn_at: now, drawn_for: drawnFor, moves })
    .set({ tries: 0, try_after: null })
    .execute();
}

/** It looks as it did, though it is for somebody else or another role. */
export async function saveSeen(db: Db, home: Home, drawnFor: string): Promise<void> {
  await ofPerson(db, home)
    .set({ ...whoOf(home), drawn_for: drawnFor })
    .execute();
}

/** Somebody else has drawn it since. */
export async function forgetLooks(db: Db, home: Home): Promise<void> {
  await ofPerson(db, home).set({ mark: null, digest: '' }).execute();
}

export async function noteTried(db: Db, home: Home, tries: number, after: Date): Promise<void> {
  await ofPerson(db, home).set({ tries, try_after: after }).execute();
}

export async function forgetHome(db: Db, { person: { platform, id } }: Home): Promise<void> {
  await db.deleteFrom('homes').where('platform', '=', platform).where('person', '=', id).execute();
}
