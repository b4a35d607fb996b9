import cron from 'node-cron';

export type Tick = {
  readonly name: string;
  /** Five or six fields of cron. */
  readonly cron: string;
  readonly timezone: string;
};

/**
 * Calls `due` with the time each tick was meant for. Every copy of the bot ticks: what it enqueues
 * carries the period, and the work makes sure that one run happens.
 */
export function everyTick(
  ticks: readonly Tick[],
  due: (tick: Tick, at: Date) => Promise<void>,
): () => Promise<void> {
  const tasks = ticks.map((tick) =>
    cron.schedule(tick.cron, (context) => due(tick, context.date), {
      timezone: tick.timezone,
      name: tick.name,
    }),
  );
  return async () => {
    for (const task of tasks) await task.destroy();
  };
}
