import { fromKysely, fromPglite, PgBoss } from 'pg-boss';
import type { Db, Opened } from '../db/index.ts';

/** A kind of background work. */
export type Queue = {
  readonly name: string;
  /** With `true`, one waiting entry per key is enough: enqueuing another one does nothing. */
  readonly collapses?: boolean;
  /** How often a failing entry is tried again, with growing pauses. */
  readonly retries: number;
  /** How many entries this process works on at a time. */
  readonly concurrency: number;
};

export type EnqueueOptions = {
  /** Of a queue that collapses: what an entry is about. */
  readonly key?: string;
  readonly after?: Date;
  /** The same, counted from now by the clock of the database. */
  readonly afterSeconds?: number;
};

export type Jobs = {
  /** Enqueues in the transaction that `db` is: the work exists if and only if the change does. */
  enqueue(db: Db, queue: string, data: object, options?: EnqueueOptions): Promise<void>;
  /** Starts to work on a queue. `lastTry` tells a handler that no other try follows if it throws. */
  work(queue: string, handle: (data: unknown, lastTry: boolean) => Promise<void>): Promise<void>;
  /** The process is about to end: what takes long enqueues itself again and returns. */
  isStopping?(): boolean;
  stop(): Promise<void>;
};

/** A killed process is noticed after this time; pg-boss allows no less. */
const HEARTBEAT_SECONDS = 10;

export async function startJobs(
  opened: Opened,
  queues: readonly Queue[],
  report: (error: unknown) => void,
): Promise<Jobs> {
  const boss = new PgBoss({
    ...(opened.engine === 'postgres'
      ? { connectionString: opened.url, max: 3, application_name: 'quartermaster-jobs' }
      : { db: fromPglite(opened.pglite), backend: 'pglite' as const }),
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
  });
  boss.on('error', report);
  await boss.start();
  for (const queue of queues) await declare(boss, queue);
  const byName = new Map(queues.map((queue) => [queue.name, queue]));
  let stopping = false;

  return {
    async enqueue(db, queue, data, options = {}) {
      await boss.send(queue, data, {
        ...(db.isTransaction || opened.engine === 'postgres' ? { db: fromKysely(db) } : {}),
        ...(options.key === undefined ? {} : { singletonKey: options.key }),
        ...(options.after === undefined ? {} : { startAfter: options.after }),
        ...(options.afterSeconds === undefined ? {} : { startAfter: options.afterSeconds }),
      });
    },
    async work(queue, handle) {
      const { concurrency = 1, retries = 0 } = byName.get(queue) ?? {};
      const options = {
        localConcurrency: concurrency,
        notifyPollingIntervalSeconds: 2,
        pollingIntervalSeconds: 2,
      };
      await boss.work(queue, options, async ([job]) => {
        if (job === undefined) return;
        try {
          await handle(job.data, job.retryCount >= retries);
        } catch (fault) {
          report(fault);
          throw fault;
        }
      });
    },
    isStopping: () => stopping,
    async stop() {
      stopping = true;
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}

async function declare(boss: PgBoss, queue: Queue): Promise<void> {
  const options = {
    retryLimit: queue.retries,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 300,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: 6 * 60 * 60,
    deleteAfterSeconds: 24 * 60 * 60,
    notify: true,
  };
  await boss.createQueue(queue.name, { policy: queue.collapses ? 'short' : 'standard', ...options });
  await boss.updateQueue(queue.name, options);
}
