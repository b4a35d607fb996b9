// Starts everything in order and stops it again; the only file that knows every room.
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { openApi } from './api/index.ts';
import { MOST_BYTES } from './api/request.ts';
import {
  type Ctx,
  fileLinks,
  homeBook,
  homesWork,
  housekeeping,
  keysOf,
  openBot,
  openFileIn,
  openLookUp,
  openSearch,
  openTraffic,
  type PlatformChecks,
  placeBook,
  refreshWork,
  register,
  type Schedule,
  sealing,
  type Work,
  type Working,
} from './bot/index.ts';
import { type Check, type Edge, PostFailed } from './chat/edge.ts';
import type { Config } from './config.ts';
import { type Db, migrate, type Opened, openEmbedded, openPostgres } from './db/index.ts';
import { addDemoData } from './demo/index.ts';
import { openEdges } from './edges.ts';
import { ensureFirstAdmins } from './features/access/first-admins.ts';
import { tellDue } from './features/assignments/index.ts';
import { resumeJobs } from './features/bulk/index.ts';
import { resumeOrders } from './features/execution/index.ts';
import { resumeReading } from './features/findings/index.ts';
import { voice } from './features/help/index.ts';
import { openLinkLookUp, openListening } from './features/home/index.ts';
import { deliverWaiting } from './features/notices/deliver.ts';
import { placeNewsOf } from './features/notices/deliveries/news.ts';
import { reachAgain } from './features/notices/deliveries/revive.ts';
import { lookAhead, makeUpMissedRun, resumeRuns } from './features/reconciliation/index.ts';
import { tellCrossings } from './features/watches/tell.ts';
import { features } from './features.ts';
import { openDoor, serveApi, serveFiles, serveReadiness } from './http.ts';
import { everyTick, type Jobs, startJobs, type Tick } from './jobs/index.ts';
import type { Log } from './log.ts';
import { openMetrics } from './metrics.ts';
import { openProviders } from './providers/index.ts';

export { NotConnected } from './chat/edge.ts';

export type Running = {
  readonly port: number;
  readonly opened: Opened;
  readonly jobs: Jobs;
  /** Ends what is under way, then everything else. */
  stop(): Promise<void>;
};

/** The longest that a job waits for people's requests after each batch. */
const LONGEST_PAUSE_MS = 250;
/** The longest that the end of the bot waits for the answers to people's requests. */
const LONGEST_ANSWER_MS = 6_000;

/** Starts the bot. Rejects with a sentence for the operator where it can't. */
export async function start(config: Config, log: Log, clock = () => new Date()): Promise<Running> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const keys = config.slack?.oauth?.keys;
  const all = [...features, housekeeping, ...(keys ? [sealing(keysOf(keys))] : [])];
  try {
    // The folder comes before the port: a second start on both is told which process has the folder.
    const opened = config.databaseUrl
      ? await openPostgres(config.databaseUrl)
      : await openEmbedded(config.dataDir);
    undo.push(opened.close);
    const { db } = opened;
    const metrics = openMetrics();
    const door = openDoor(metrics);
    const port = await door.listen(config.port, config.host);
    undo.push(door.close);
    await migrate(db);
    if (config.demo) await addDemoData(db);
    await ensureFirstAdmins(db, config.admins);

    const edges = new Map<string, Edge>();
    const work = [
      ...all.flatMap((feature) => feature.work ?? []),
      refreshWork(all, (name) => edges.get(name)),
      homesWork({ features: all, edgeOf: (name) => edges.get(name), voice }),
    ];
    const jobs = await startJobs(opened, work, (fault) => {
      metrics.jobFailed();
      log.error({ err: fault }, 'background work failed');
    });
    undo.push(jobs.stop);

    const ctx = (): Ctx => ({
      db,
      jobs,
      settings: config,
      now: clock(),
      actor: { kind: 'job', name: 'bot' },
      settle,
    });
    const settle = (inside: Db): Promise<void> => tellCrossings({ ...ctx(), db: inside });
    // The embedded database has one connection; a job would take every turn on it.
    const traffic = openTraffic(opened.engine === 'pglite' ? LONGEST_PAUSE_MS : 0);
    const providers = openProviders(db, { clock, seconds: config.ledgerSeconds, fail: config.ledgerFail });
    const report: Working['report'] = (err, what) => log.error({ err }, what);
    await beginWork(work, jobs, ctx, { edges, clock, providers, report, quiet: traffic.quiet });

    const registry = register(all);
    const openFile = openFileIn(db);
    const links = await fileLinks(db);
    serveFiles(door, links, openFile, clock);
    const remember = placeBook(db, clock);
    const logFault = (err: unknown, reference: string, what: string) =>
      log.error({ err, reference, what }, 'a request failed');
    const shelves = { db, settings: config, registry, traffic, clock, observe: metrics.observe, logFault };
    const { receive } = openBot({
      ...shelves,
      jobs,
      voice,
      settle,
      remember,
      checks: () => checksOf(edges.values()),
    });
    const api = openApi({ db, jobs, settings: config, clock, logFault });
    serveApi(door, api, MOST_BYTES);
    const base = config.publicUrl ?? (config.local ? `http://localhost:${port}` : undefined);
    const fileUrl = (id: string, name: string) => base && base + links.path({ id, name }, clock());
    const gates = await openEdges(config, {
      door,
      receive,
      search: openSearch(shelves),
      db,
      openFile,
      fileUrl,
      seal: links.seal,
      remember,
      reachAgain: (platform, workspace) => reachAgain(ctx(), platform, workspace),
      placeNews: (platform) => placeNewsOf(ctx, platform),
      homeOpened: homeBook({ db, jobs, clock, report }),
      listening: openListening({ db, jobs, settings: config, base, clock, report }),
      lookups: {
        find: openLookUp(shelves),
        ofLink: openLinkLookUp({ db, settings: config, base, report }),
      },
      registry,
      clock,
      log,
    });
    undo.push(gates.stop);
    undo.push(async () => {
      door.shut();
      await traffic.drained(LONGEST_ANSWER_MS);
    });
    for (const edge of gates.edges) edges.set(edge.platform, edge);

    const schedules = all.flatMap((feature) => feature.schedules ?? []);
    undo.push(keepTime(schedules, config, ctx, log));
    await deliverWaiting(ctx());
    await resumeJobs(ctx());
    await resumeOrders(ctx());
    await tellDue(ctx());
    await resumeReading(ctx());
    await resumeRuns(ctx());
    await makeUpMissedRun(ctx());
    await lookAhead(ctx());
    serveReadiness(door, async () => void (await sql`select 1`.execute(db)), metrics);
    door.open();
    metrics.ready(true);
    return { port, opened, jobs, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

async function beginWork(
  work: readonly Work[],
  jobs: Jobs,
  ctx: () => Ctx,
  {
    edges,
    clock,
    providers,
    quiet,
    report,
  }: Pick<Working, 'clock' | 'providers' | 'quiet' | 'report'> & { edges: ReadonlyMap<string, Edge> },
): Promise<void> {
  const post: Edge['post'] = async (place, reply, key, triedSince) => {
    const edge = edges.get(place.platform);
    if (edge === undefined) throw new PostFailed('later', `The bot is not connected to ${place.platform}.`);
    return edge.post(place, reply, key, triedSince);
  };
  const pace = (platform: string) => {
    const edge = edges.get(platform);
    return edge && (edge.pace ?? []);
  };
  for (const one of work) {
    await jobs.work(one.name, (data, lastTry) =>
      one.handle({ ...ctx(), post, pace, clock, providers, quiet, report }, data, lastTry),
    );
  }
}

/** The longest that somebody waits for what the platforms say of themselves. */
const LONGEST_CHECK_MS = 10_000;

/** Each edge is asked at the same time; one without anything to look at has nothing to say. */
const checksOf = (edges: Iterable<Edge>): Promise<PlatformChecks[]> =>
  Promise.all(
    [...edges].map(async (edge) => ({
      platform: edge.platform,
      checks: await Promise.race([edge.check?.() ?? [], noAnswer()]),
    })),
  );

async function noAnswer(): Promise<Check[]> {
  await setTimeout(LONGEST_CHECK_MS, undefined, { ref: false });
  const says = `There was no answer within ${LONGEST_CHECK_MS / 1000} seconds.`;
  return [
    { what: 'Answer', state: 'attention', says, remedy: 'Ask again; else see the network of the bot.' },
  ];
}

const tickOf = (schedule: Schedule, config: Config): Tick => ({
  name: schedule.name,
  cron: schedule.cron(config),
  timezone: schedule.timezone(config),
});

function keepTime(
  schedules: readonly Schedule[],
  config: Config,
  ctx: () => Ctx,
  log: Log,
): () => Promise<void> {
  const queues = new Map(schedules.map(({ name, queue }) => [name, queue]));
  return everyTick(
    schedules.map((schedule) => tickOf(schedule, config)),
    async (tick, at) => {
      const { db, jobs } = ctx();
      const queue = queues.get(tick.name) ?? tick.name;
      await jobs
        .enqueue(db, queue, { due: at.toISOString() })
        .catch((err: unknown) => log.error({ err, tick: tick.name }, 'a tick was lost'));
    },
  );
}
