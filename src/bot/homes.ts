// The pages that a platform keeps for people: which there are, and when they are drawn again.
import { createHash } from 'node:crypto';
import type { Card, Element } from '../chat/card.ts';
import { type Drawn, type Edge, type Home, type HomeOpened, PostFailed } from '../chat/edge.ts';
import type { Person, Place } from '../chat/place.ts';
import type { Reply } from '../chat/reply.ts';
import { type Db, noteThrottled, pausedUntil } from '../db/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { Voice } from './dispatch.ts';
import type { Asked, Ctx, Feature, Work, Working } from './feature.ts';
import { pressable } from './pressable.ts';
import { type Registry, register } from './registry.ts';
import { actorOf, findMember, type Member } from './who.ts';

export const DRAW_HOMES = 'bot.homes';
/** The command whose answer is on the page. */
const COMMAND = 'home';

/** Nobody says when somebody looks away: a page that was not opened for so long is drawn when it is opened again. */
const LOOKED_AT_MS = 12 * 60 * 60 * 1000;
/** Between two drawings of one page. */
const PACE_MS = 3_000;
/** Changes come in groups, and the transaction of the first of them has not ended yet. */
const SOON_SECONDS = 2;
const MOVES_SECONDS = 5;
const LATER_SECONDS = 30;

type Row = {
  readonly home: Home;
  readonly mark: string | null;
  readonly digest: string;
  readonly drawnAt: Date | null;
};

/** Takes note that somebody looks at their page, and has it drawn. */
export const homeBook =
  ({ db, jobs, clock, report }: Book): HomeOpened =>
  async ({ person, place }, mark) => {
    try {
      const row = {
        who: JSON.stringify(person),
        email: person.email?.toLowerCase() ?? null,
        place: JSON.stringify(place),
        opened_at: clock(),
      };
      const { platform, id } = person;
      await db
        .insertInto('homes')
        .values({ platform, person: id, ...row, mark: mark ?? null })
        .onConflict((conflict) =>
          conflict.columns(['platform', 'person']).doUpdateSet((is) => ({
            ...row,
            mark: mark ?? null,
            // Somebody else has drawn it, or nobody ever has.
            digest: is
              .case()
              .when(is.ref('homes.mark'), '=', mark ?? '')
              .then(is.ref('homes.digest'))
              .else('')
              .end(),
          })),
        )
        .execute();
      await jobs.enqueue(db, DRAW_HOMES, { platform, person: id }, { key: `${platform} ${id}` });
    } catch (fault) {
      report(fault, 'a page was not drawn');
    }
  };
type Book = {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly clock: () => Date;
  readonly report: (fault: unknown, what: string) => void;
};

/** Something has changed that may be on somebody's page. */
export async function homesSoon({ db, jobs }: Pick<Ctx, 'db' | 'jobs'>): Promise<void> {
  const any = await db.selectFrom('homes').select('person').limit(1).executeTakeFirst();
  if (any === undefined) return;
  await jobs.enqueue(db, DRAW_HOMES, {}, { key: 'all', afterSeconds: SOON_SECONDS });
}

const lookedAtSince = (now: Date) => new Date(now.getTime() - LOOKED_AT_MS);

type Drawing = {
  readonly features: readonly Feature[];
  readonly edgeOf: (platform: string) => Edge | undefined;
  readonly voice: Voice;
};
type Atelier = Omit<Drawing, 'features'> & { readonly registry: Registry };
type Wish = { readonly platform?: string; readonly person?: string; readonly moving?: boolean };

/**
 * Draws pages as things are now: one that was opened, those with something that moves, or all that are looked at. What looks
 * as it did is not drawn, and no page more than once in a few seconds.
 */
export function homesWork({ features, ...drawing }: Drawing): Work {
  const atelier: Atelier = { ...drawing, registry: register(features) };
  return {
    name: DRAW_HOMES,
    collapses: true,
    retries: 3,
    concurrency: 1,
    async handle(ctx, data) {
      for (const row of await findHomes(ctx.db, ctx.now, (data ?? {}) as Wish)) {
        await ctx.quiet();
        await draw(atelier, ctx, row);
      }
      if (await somethingMoves(ctx.db, ctx.now))
        await ctx.jobs.enqueue(
          ctx.db,
          DRAW_HOMES,
          { moving: true },
          { key: 'moving', afterSeconds: MOVES_SECONDS },
        );
    },
  };
}

async function draw(atelier: Atelier, ctx: Working, row: Row): Promise<void> {
  const { home, digest, drawnAt, mark } = row;
  const edge = atelier.edgeOf(home.place.platform);
  if (edge?.drawHome === undefined) return;
  const now = ctx.clock();
  const pause = await pausedUntil(ctx.db, home.place.platform);
  if (pause !== undefined) return drawLater(ctx, home, { after: pause });
  const since = drawnAt === null ? PACE_MS : now.getTime() - drawnAt.getTime();
  if (since >= 0 && since < PACE_MS) {
    return drawLater(ctx, home, { afterSeconds: PACE_MS / 1000 });
  }
  const member = await findMember(ctx.db, home.person);
  const reply = await pageFor(atelier, { ...ctx, now }, home, member);
  const looks = createHash('sha256').update(JSON.stringify(reply)).digest('base64url');
  if (looks === digest) return;
  try {
    const drawn = await edge.drawHome(home, reply, mark ?? undefined);
    await saveDrawn(ctx, home, { drawn, looks, now, drawnFor: nameOf(member), moves: doesMove(reply.card) });
  } catch (failed) {
    if (!(failed instanceof PostFailed)) throw failed;
    await afterFailure(ctx, home, failed);
  }
}

async function pageFor(
  { registry, voice }: Atelier,
  ctx: Ctx,
  { person, place }: Home,
  member: Member | undefined,
): Promise<Reply> {
  const command = registry.match([COMMAND])?.command;
  if (member === undefined || command === undefined || !('run' in command)) return voice.stranger();
  const asked: Asked = {
    ...ctx,
    actor: actorOf(member, person),
    person,
    place,
    member,
    text: COMMAND,
    again: async () => voice.outdated(),
  };
  return pressable(registry, asked, await command.run(asked, []));
}

/** As whom a page was drawn: who is somebody else meanwhile must not go on seeing it. */
const nameOf = (member: Member | undefined): string =>
  member === undefined ? 'nobody' : `${member.id} ${member.role} ${member.organization.id}`;

type Looks = {
  readonly drawn: Drawn;
  readonly looks: string;
  readonly now: Date;
  readonly drawnFor: string;
  readonly moves: boolean;
};

async function saveDrawn(ctx: Ctx, home: Home, { drawn, looks, now, drawnFor, moves }: Looks): Promise<void> {
  const outdated = drawn === 'outdated';
  await ctx.db
    .updateTable('homes')
    .set(
      outdated
        ? { mark: null, digest: '' }
        : { mark: drawn.mark ?? null, digest: looks, drawn_at: now, drawn_for: drawnFor, moves },
    )
    .where('platform', '=', home.person.platform)
    .where('person', '=', home.person.id)
    .execute();
  // What is known now is known after the newer drawing, so it may go over it.
  if (outdated) await drawLater(ctx, home, { afterSeconds: 1 });
}

async function afterFailure(ctx: Ctx, home: Home, failed: PostFailed): Promise<void> {
  if (failed.retryAfterSeconds !== undefined) {
    const until = await noteThrottled(ctx.db, home.place, Math.max(1, failed.retryAfterSeconds));
    return drawLater(ctx, home, until === undefined ? { afterSeconds: LATER_SECONDS } : { after: until });
  }
  if (failed.reason === 'later') return drawLater(ctx, home, { afterSeconds: LATER_SECONDS });
  await forgetHome(ctx.db, home.person);
}

const drawLater = (
  { db, jobs }: Pick<Ctx, 'db' | 'jobs'>,
  { person: { platform, id } }: Home,
  when: { readonly after: Date } | { readonly afterSeconds: number },
): Promise<void> =>
  jobs.enqueue(db, DRAW_HOMES, { platform, person: id }, { key: `${platform} ${id} later`, ...when });

const forgetHome = (db: Db, { platform, id }: Person) =>
  db.deleteFrom('homes').where('platform', '=', platform).where('person', '=', id).execute();

const doesMove = (card: Card | undefined): boolean => card?.body.some(isMoving) ?? false;
const isMoving = (element: Element): boolean =>
  element.type === 'Container' ? element.items.some(isMoving) : element.type === 'ProgressBar';

async function findHomes(db: Db, now: Date, { platform, person, moving }: Wish): Promise<Row[]> {
  const all = db
    .selectFrom('homes as h')
    .leftJoin('members as m', 'm.email', 'h.email')
    .select(['h.who', 'h.place', 'h.mark', 'h.digest', 'h.drawn_at'])
    .orderBy('h.opened_at', 'desc');
  const isLookedAt = all.where((is) =>
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
  return rows.map(({ who, place, mark, digest, drawn_at }) => ({
    home: { person: who as Person, place: place as Place },
    mark,
    digest,
    drawnAt: drawn_at,
  }));
}

async function somethingMoves(db: Db, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('homes')
    .select('person')
    .where('moves', '=', true)
    .where('opened_at', '>', lookedAtSince(now))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
