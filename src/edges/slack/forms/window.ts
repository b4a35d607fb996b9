import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { slackWord } from '../answers/failures.ts';
import type { Log } from '../options.ts';
import type { Shows } from './kept.ts';
import { onTop, waitView } from './notes.ts';
import type { Timers } from './timers.ts';

/** What a command, a button or a shortcut may open a window with; `shows` says what of the answers. */
export type Trigger = { readonly id: string; readonly shows?: Shows };

/** What it takes to show windows in one workspace. */
export type Screen = { readonly client: WebClient; readonly once: WebClient; readonly log: Log };

/** `missed`: the time was over, or the window to wait was closed; `refused`: Slack does not take what is in it. */
export type Shown = 'shown' | 'missed' | 'refused';

/** The window that one trigger opens. */
export type Window = {
  /** From now on no window to wait is opened; true where one was. */
  hold(): boolean;
  /** Shows it, where the window to wait stands already in its place. */
  show(view: ModalView): Promise<Shown>;
  /** Nothing is to be shown, but what became of the wait where somebody sees that. */
  close(view: () => ModalView): Promise<void>;
};

/**
 * A trigger is good for three seconds, and the way to Slack takes a part of them.
 * Source: https://docs.slack.dev/surfaces/modals#preparing_for_modals
 */
export const openingMilliseconds = 1_800;

/** Counts from now, however long it takes to learn which workspace it is; `above`: on top of the window that it is from. */
export function windowFor(
  screen: Promise<Screen | undefined>,
  trigger: string,
  timers: Timers,
  above = false,
): Window {
  screen.catch(() => undefined);
  const open = (view: ModalView) => openView(screen, { trigger, above }, view);
  let waiting: Promise<string | undefined> | undefined;
  let isSettled = false;
  const stopWaiting = timers.after(openingMilliseconds, () => {
    waiting = open(above ? onTop(waitView()) : waitView()).then(({ id }) => id);
  });
  const showNow = async (view: ModalView): Promise<Shown> => {
    if (waiting === undefined) return (await open(view)).shown;
    const id = await waiting;
    if (id === undefined) return 'missed';
    const changed = await changeView(screen, { view_id: id }, view);
    if (changed === 'changed') return 'shown';
    return changed === 'refused' ? 'refused' : 'missed';
  };
  return {
    hold() {
      stopWaiting();
      return waiting !== undefined;
    },
    async show(view) {
      stopWaiting();
      const shown = await showNow(view);
      isSettled ||= shown === 'shown';
      return shown;
    },
    async close(view) {
      stopWaiting();
      if (isSettled) return;
      isSettled = true;
      const id = await waiting;
      if (id !== undefined) await changeView(screen, { view_id: id }, view());
    },
  };
}

/** Source: https://docs.slack.dev/reference/methods/views.open, errors */
const refusals = new Set<string | undefined>([
  'invalid_arguments',
  'invalid_blocks',
  'invalid_blocks_format',
  'view_too_large',
]);
const isRefusal = (err: unknown): boolean => refusals.has(slackWord(err));

type Opened = { readonly shown: Shown; readonly id?: string | undefined };

async function openView(
  screen: Promise<Screen | undefined>,
  { trigger: trigger_id, above }: { readonly trigger: string; readonly above: boolean },
  view: ModalView,
): Promise<Opened> {
  const at = await screen.catch(() => undefined);
  if (at === undefined) return { shown: 'missed' };
  try {
    const opened = await at.once.views[above ? 'push' : 'open']({ trigger_id, view });
    return { shown: 'shown', id: opened.view?.id };
  } catch (err) {
    at.log.warn({ err }, 'Slack did not open a window');
    return { shown: isRefusal(err) ? 'refused' : 'missed' };
  }
}

export type Which = { readonly view_id: string; readonly hash?: string | undefined };
/** `moved on`: it shows something else by now than it did; `not`: it is closed. */
export type Changed = 'changed' | 'moved on' | 'not' | 'refused';

export async function changeView(
  screen: Screen | Promise<Screen | undefined>,
  { view_id, hash }: Which,
  view: ModalView,
): Promise<Changed> {
  const at = await screen;
  if (at === undefined) return 'not';
  try {
    await at.client.views.update({ view_id, view, ...(hash === undefined ? {} : { hash }) });
    return 'changed';
  } catch (err) {
    at.log.info({ err }, 'Slack did not change a window');
    if (isRefusal(err)) return 'refused';
    return slackWord(err) === 'hash_conflict' ? 'moved on' : 'not';
  }
}
