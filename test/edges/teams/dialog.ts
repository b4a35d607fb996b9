/** What tests of dialogs share: buttons that open them, and what Teams sends when one is handed in. */
import type { Card } from '../../../src/chat/card.ts';
import { formsInMemory } from '../slack/forms-store.ts';
import { openTalk, reply } from './talk.ts';

type Given = Parameters<typeof openTalk>;
export const openDialogs = (t: Given[0], options: NonNullable<Given[1]> = {}) =>
  openTalk(t, { forms: formsInMemory(), ...options });

/** Timers that a test winds: what waits is done when it rings. */
export function handTimers() {
  const waiting = new Set<() => void>();
  return {
    after(_: number, act: () => void) {
      waiting.add(act);
      return () => void waiting.delete(act);
    },
    ring() {
      for (const act of waiting) act();
    },
  };
}

const heading = (text: string) =>
  ({ type: 'TextBlock', text, wrap: true, size: 'large', weight: 'bolder', style: 'heading' }) as const;

export const form = (more: Partial<{ value: string; error: string; once: string }> = {}): Card => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [
    heading('Associate a user'),
    { type: 'Input.Text', id: 'user', label: 'User', ...(more.value && { value: more.value }) },
    ...(more.error === undefined
      ? []
      : [{ type: 'TextBlock', id: 'user.error', text: more.error, wrap: true } as const]),
    { type: 'Input.Text', id: 'units', label: 'Units' },
  ],
  actions: [
    {
      type: 'Action.Execute',
      title: 'Associate',
      verb: 'associate',
      data: { service: '10023/1', once: more.once ?? 'mark-of-the-first-form' },
      associatedInputs: 'auto',
      style: 'positive',
    },
    {
      type: 'Action.Execute',
      title: 'Free units',
      verb: 'say',
      data: { text: 'free' },
      associatedInputs: 'none',
    },
    {
      type: 'Action.Execute',
      title: 'Remove order',
      verb: 'ordering.remove',
      data: { order: '10029' },
      associatedInputs: 'none',
      confirm: { title: 'Remove order 10029?', text: 'What was put into it is lost.', yes: 'Remove it' },
    },
  ],
});

export const done: Card = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [heading('Done')],
};

export const asForm = (more: Parameters<typeof form>[0] = {}) =>
  reply({ text: 'Which user?', card: form(more), audience: 'asker' });

type Shown = {
  readonly title: string;
  readonly card: {
    readonly contentType: string;
    readonly content: {
      readonly body: readonly Readonly<Record<string, unknown>>[];
      readonly actions?: readonly { title: string; type: string; data: Record<string, unknown> }[];
    };
  };
};

/** The dialog that an answer to an invoke shows. */
export function dialogIn({ body }: { readonly body: unknown }): Shown {
  const { task } = body as { task: { type: string; value: Shown } };
  if (task.type !== 'continue') throw new Error(`no dialog, but ${task.type}`);
  return task.value;
}

/** All that can be read in it. */
export const readIn = (answer: { readonly body: unknown }): string => {
  const { title, card } = dialogIn(answer);
  return JSON.stringify([title, card.content.body]);
};

/** Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots */
export const fetched = (data: object) => ({
  type: 'invoke',
  id: 'f:fetch-1',
  name: 'task/fetch',
  replyToId: '1650',
  value: { data: { ...data, msteams: { type: 'task/fetch' } }, context: { theme: 'default' } },
});

let count = 0;
/** A button of a shown dialog is pressed: its data and what was typed come along. */
export function handedIn(answer: { readonly body: unknown }, title: string, typed: object = {}) {
  const { actions = [] } = dialogIn(answer).card.content;
  const button = actions.find((one) => one.title === title);
  if (button === undefined) throw new Error(`no ${title} among ${actions.map((one) => one.title)}`);
  return {
    type: 'invoke',
    id: `f:submit-${++count}`,
    name: 'task/submit',
    value: { data: { ...typed, ...button.data }, context: { theme: 'default' } },
  };
}
