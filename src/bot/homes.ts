// The pages that a platform keeps for people: which there are, and when they are drawn again.
import { createHash } from 'node:crypto';
import type { Card, Element } from '../chat/card.ts';
import { type Edge, type Home, type HomeOpened, PostFailed } from '../chat/edge.ts';
import type { Reply } from '../chat/reply.ts';
import { type Db, noteThrottled, pausedUntil } from '../db/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { Voice } from './dispatch.ts';
import type { Asked, Ctx, Feature, Work, Working } from './feature.ts';
import {
  findHomes,
  forgetHome,
  forgetLooks,
  noteTried,
  type Row,
  saveDrawn,
  saveSeen,
  somethingMoves,
  type Wish,
} from './home-rows.ts';
import { pressable } from './pressable.ts';
import { type Registry, register } from './registry.ts';
import { actorOf, findMember, type Member } from './who.ts';

export const DRAW_HOMES = 'bot.homes';
/** The command whose answer is on the page. */
const COMMAND = 'home';

/** Between two drawings of one page. */
const PACE_MS = 3_000;
/** Changes come in groups, and the transaction of the first of them has not ended yet. */
const SOON_SECONDS = 2;
const MOVES_SECONDS = 5;
/** After the first try that failed; after each other twice as long, up to an hour. */
const LATER_SECONDS = 30;
const LONGEST_LATER_SECONDS = 60 * 60;
/** In about five hours. Who opens the page has it tried anew. */
const MOST_TRIES = 12;

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
            tries: 0,
            try_after: null,
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

type Drawing = {
  readonly features: readonly Feature[];
  readonly edgeOf: (platform: string) => Edge | undefined;
  readonly voice: Voice;
};
type Atelier = Omit<Drawing, 'features'> & { readonly registry: Registry };

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
  const { home, drawnAt } = row;
  const edge = atelier.edgeOf(home.place.platform);
  if (edge?.drawHome === undefined) return;
  const now = ctx.clock();
  const pause = await pausedUntil(ctx.db, home.place.platform);
  if (pause !== undefined) return drawLater(ctx, home, { after: pause });
  const since = drawnAt === null ? PACE_MS : now.getTime() - drawnAt.getTime();
  if (since >= 0 && since < PACE_MS) {
    return drawLater(ctx, home, { afterSeconds: PACE_MS / 1000 });
  }
  try {
    await drawWith(edge, atelier, { ...ctx, now }, row);
  } catch (failed) {
    if (!(failed instanceof PostFailed)) throw failed;
    await afterFailure(ctx, row, failed);
  }
}

async function drawWith(edge: Edge, atelier: Atelier, ctx: Ctx, { home, mark, digest, drawnFor }: Row) {
  const opened = await sketch(atelier, ctx, home);
  if (opened.looks === digest) {
    if (opened.drawnFor !== drawnFor) await saveSeen(ctx.db, home, opened.drawnFor);
    return;
  }
  // Nothing new is shown to whom somebody was when they opened it.
  const person = (await edge.personNow?.(home)) ?? home.person;
  const isSame = person.email?.toLowerCase() === home.person.email?.toLowerCase();
  const sketched = isSame ? opened : await sketch(atelier, ctx, { ...home, person });
  const { reply, looks, drawnFor: drawnNow, home: shown } = sketched;
  if (looks === digest) return saveSeen(ctx.db, shown, drawnNow);
  const drawn = await edge.drawHome?.(shown, reply, mark ?? undefined);
  if (drawn === undefined) return;
  if (drawn !== 'outdated') {
    const moves = doesMove(reply.card);
    return saveDrawn(ctx.db, shown, {
      mark: drawn.mark ?? null,
      looks,
      now: ctx.now,
      drawnFor: drawnNow,
      moves,
    });
  }
  await forgetLooks(ctx.db, home);
  // What is known now is known after the newer drawing, so it may go over it.
  await drawLater(ctx, home, { afterSeconds: 1 });
}

type Sketch = {
  readonly home: Home;
  readonly reply: Reply;
  readonly looks: string;
  readonly drawnFor: string;
};

async function sketch(atelier: Atelier, ctx: Ctx, home: Home): Promise<Sketch> {
  const member = await findMember(ctx.db, home.person);
  const reply = await pageFor(atelier, ctx, home, member);
  const looks = createHash('sha256').update(JSON.stringify(reply)).digest('base64url');
  return { home, reply, looks, drawnFor: nameOf(member) };
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

async function afterFailure(ctx: Ctx, { home, tries: before }: Row, failed: PostFailed): Promise<void> {
  if (failed.retryAfterSeconds !== undefined) {
    const until = await noteThrottled(ctx.db, home.place, Math.max(1, failed.retryAfterSeconds));
    return drawLater(ctx, home, until === undefined ? { afterSeconds: LATER_SECONDS } : { after: until });
  }
  const tries = before + 1;
  if (failed.reason !== 'later' || tries >= MOST_TRIES) return forgetHome(ctx.db, home);
  const seconds = Math.min(LATER_SECONDS * 2 ** before, LONGEST_LATER_SECONDS);
  const after = new Date(ctx.now.getTime() + seconds * 1000);
  await noteTried(ctx.db, home, tries, after);
  await drawLater(ctx, home, { after });
}

const drawLater = (
  { db, jobs }: Pick<Ctx, 'db' | 'jobs'>,
  { person: { platform, id } }: Home,
  when: { readonly after: Date } | { readonly afterSeconds: number },
): Promise<void> =>
  jobs.enqueue(db, DRAW_HOMES, { platform, person: id }, { key: `${platform} ${id} later`, ...when });

/** As whom a page was drawn: who is somebody else meanwhile must not go on seeing it. */
const nameOf = (member: Member | undefined): string =>
  member === undefined ? 'nobody' : `${member.id} ${member.role} ${member.organization.id}`;

const doesMove = (card: Card | undefined): boolean => card?.body.some(isMoving) ?? false;
const isMoving = (element: Element): boolean =>
  element.type === 'Container' ? element.items.some(isMoving) : element.type === 'ProgressBar';
