import type { Answer } from '../answers/answer.ts';
import type { TeamsOptions, Timers, Timing } from '../options.ts';
import { says, titles } from './sentences.ts';
import { noteOf, type TaskInfo } from './view.ts';

/** A request that waits for what becomes of a dialog. Only the first word counts: false where it came too late. */
export type Slip = {
  readonly given: boolean;
  show(dialog: TaskInfo): boolean;
  say(title: string, text: string): boolean;
  /** The dialog is done with. */
  close(): boolean;
  /** Nothing is under way any more. */
  end(): void;
};

type Waits = { readonly timing: Timing; readonly options: Pick<TeamsOptions, 'timers'> };

/**
 * Teams gives a dialog up after five seconds, and shows its own words of trouble then: so before that it is said that the
 * work goes on.
 * Source: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/respond-to-task-module-submit
 */
export function slipFor(answer: Answer, { timing, options: { timers = realTimers } }: Waits): Slip {
  const once = (give: () => void): boolean => {
    if (answer.given) return false;
    give();
    return true;
  };
  const show = (value: TaskInfo) => once(() => answer.body({ task: { type: 'continue', value } }));
  const say = (title: string, text: string) => show(noteOf(title, text));
  const leave = timers.after(Math.min(timing.answerWithinMs, LONGEST_MS), () => {
    say(titles.goesOn, says.goesOn);
  });
  return {
    get given() {
      return answer.given;
    },
    show,
    say,
    close: () => once(() => answer.end(200)),
    end: leave,
  };
}

const LONGEST_MS = 4_000;

const realTimers: Timers = {
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};
