import type { Access, Installed } from '../../../chat/installation.ts';
import { realTimers } from '../forms/timers.ts';
import type { InstallOptions, SlackOptions } from '../options.ts';

const FIRST_AGAIN_MS = 1_000;
const LONGEST_AGAIN_MS = 60_000;

/**
 * Tokens that Slack has given and the database did not take yet. They are written again and again: what brings a token is
 * good once, so a workspace whose token is lost has to install the bot anew.
 */
export type Unwritten = {
  of(installed: Installed): Access | undefined;
  /** `fault` is why it could not be written. */
  keep(renewed: Installed & { readonly access: Access }, fault: unknown): void;
  /** Tries once more, for the last time. */
  stop(): Promise<void>;
};

type Kept = { readonly renewed: Installed & { readonly access: Access }; cancel: () => void };

export function unwrittenTokens(
  { log, timers = realTimers }: Pick<SlackOptions, 'log' | 'timers'>,
  { installations }: Pick<InstallOptions, 'installations'>,
): Unwritten {
  const all = new Map<string, Kept>();

  /** Where it was installed anew meanwhile, that token is the one. */
  const write = async (one: Kept) => {
    const { workspace } = one.renewed;
    const isWritten = await installations.renewed(one.renewed, one.renewed.access);
    if (all.get(workspace) === one) all.delete(workspace);
    if (isWritten) log.info({ workspace }, 'The new token of a Slack workspace is written down now');
  };
  const writeLater = (one: Kept, milliseconds: number) => {
    one.cancel = timers.after(milliseconds, () => {
      const next = Math.min(milliseconds * 2, LONGEST_AGAIN_MS);
      void write(one).catch(() => writeLater(one, next));
    });
  };
  return {
    of({ workspace, version }) {
      const kept = all.get(workspace)?.renewed;
      return kept?.version === version ? kept.access : undefined;
    },
    keep(renewed, fault) {
      const { workspace } = renewed;
      const why = fault instanceof Error ? fault.message : String(fault);
      log.error({ workspace, why }, 'The new token of a Slack workspace could not be written down yet');
      all.get(workspace)?.cancel();
      const one = { renewed, cancel: () => {} };
      all.set(workspace, one);
      writeLater(one, FIRST_AGAIN_MS);
    },
    async stop() {
      for (const one of all.values()) {
        one.cancel();
        const { workspace } = one.renewed;
        await write(one).catch((err: unknown) => {
          const why = err instanceof Error ? err.message : String(err);
          log.error(
            { workspace, why },
            'The token of a Slack workspace is lost: install the bot there again',
          );
        });
      }
    },
  };
}
