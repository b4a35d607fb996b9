import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { waitView } from './notes.ts';
import { pause, type Timers } from './timers.ts';
import { changeView, type Screen } from './window.ts';

/** What becomes of a window that was handed in: as the answer to that, or later to the window that says to wait. */
export type Outcome = {
  /** Nothing: the window closes, and what lies below is seen again. */
  readonly inTime: ViewResponseAction | undefined;
  readonly late: ModalView;
};

/** A window that was handed in waits for what becomes of it. */
export type Slip = {
  /** False where nobody sees it: who handed it in has closed the window meanwhile, or Slack was not told in time. */
  settle(outcome: Outcome): Promise<boolean>;
};

/** Slack waits for three seconds, and shows its own words of trouble then. */
export const submittingMilliseconds = 2_200;
/**
 * Slack may still be about to show the window to wait: what changes it before that is lost.
 * Source: https://github.com/slackapi/bolt-js/issues/1080
 */
export const settlingMilliseconds = 500;

export function slipFor(
  screen: Promise<Screen | undefined>,
  view: string,
  acknowledge: (response?: ViewResponseAction) => Promise<void>,
  timers: Timers,
): Slip {
  let waiting: Promise<boolean> | undefined;
  /** A socket may be about to be opened anew. */
  const tell = async (response: ViewResponseAction | undefined): Promise<boolean> => {
    try {
      await acknowledge(response);
      return true;
    } catch (err) {
      const at = await screen.catch(() => undefined);
      at?.log.warn({ err }, 'Slack could not be told what becomes of a window');
      return false;
    }
  };
  const stopWaiting = timers.after(submittingMilliseconds, () => {
    waiting = tell({ response_action: 'update', view: waitView() });
  });
  let settled = false;
  return {
    async settle({ inTime, late }) {
      if (settled) return true;
      settled = true;
      stopWaiting();
      if (waiting === undefined) return tell(inTime);
      if (!(await waiting)) return false;
      await pause(timers, settlingMilliseconds);
      return (await changeView(screen, { view_id: view }, late)) === 'changed';
    },
  };
}

export const replaced = (view: ModalView): Outcome => ({
  inTime: { response_action: 'update', view },
  late: view,
});

/** All windows close; who waited longer closes them. */
export const closed = (late: ModalView): Outcome => ({ inTime: { response_action: 'clear' }, late });
