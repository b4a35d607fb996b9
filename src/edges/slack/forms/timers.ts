/** How long Slack and people wait; a test has its own. */
export type Timers = {
  /** Does it later; what is given back keeps it from being done. */
  after(milliseconds: number, act: () => void): () => void;
};

export const realTimers: Timers = {
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};

export const pause = (timers: Timers, milliseconds: number): Promise<void> =>
  new Promise((done) => void timers.after(milliseconds, done));
