import assert from 'node:assert/strict';
import type { Card, Element, Execute } from '../../../src/chat/card.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import type { Timers } from '../../../src/edges/slack/forms/timers.ts';
import type { SlackOptions } from '../../../src/edges/slack/index.ts';
import { formsInMemory } from './forms-store.ts';
import { type Answers, openBoth, reply } from './rig.ts';

export type View = {
  readonly title: { readonly text: string };
  readonly submit?: { readonly text: string };
  readonly close?: { readonly text: string };
  readonly private_metadata?: string;
  readonly blocks: readonly Block[];
};
export type Block = {
  readonly type: string;
  readonly block_id?: string;
  readonly text?: { readonly text: string };
  readonly element?: { readonly type: string; readonly action_id: string; readonly initial_value?: string };
  readonly elements?: readonly { readonly type: string; readonly text?: unknown; readonly value?: string }[];
};

const errorOf = (id: string, text: string): Element => ({
  type: 'TextBlock',
  id: `${id}.error`,
  text,
  wrap: true,
  color: 'attention',
});

/** A form as features make them: a heading, fields, what is wrong beside them, a button with a mark and one without. */
export function formCard(
  values: { units?: string; user?: string } = {},
  errors: { units?: string; user?: string } = {},
  once = 'mark-0123456789abcdef',
): Card {
  const body: Element[] = [
    { type: 'TextBlock', text: 'Contoso', wrap: true, isSubtle: true, size: 'small', weight: 'bolder' },
    { type: 'TextBlock', text: 'Associate users', wrap: true, style: 'heading', size: 'large' },
    { type: 'Input.Text', id: 'user', label: 'User name', ...(values.user && { value: values.user }) },
    ...(errors.user ? [errorOf('user', errors.user)] : []),
    { type: 'Input.Text', id: 'units', label: 'Units', ...(values.units && { value: values.units }) },
    ...(errors.units ? [errorOf('units', errors.units)] : []),
  ];
  return card(body, [
    {
      ...button('Associate', 'associate', { once, service: '10023/1' }),
      style: 'positive',
      associatedInputs: 'auto',
    },
    button('Free units', 'say', { text: 'free' }),
    { ...button('Preview', 'preview', {}), associatedInputs: 'auto' },
  ]);
}

export const card = (body: readonly Element[], actions: readonly Execute[] = []): Card => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body,
  ...(actions.length > 0 && { actions }),
});

export const button = (title: string, verb: string, data: Execute['data']): Execute => ({
  type: 'Action.Execute',
  title,
  verb,
  data,
  associatedInputs: 'none',
});

/** For one person, as the bot answers. */
export const told = (text: string, more: Partial<Reply> = {}): Reply =>
  reply(text, { audience: 'asker', ...more });

export const form = (...args: Parameters<typeof formCard>): Reply =>
  told('Associate users', { card: formCard(...args) });

/** Time goes on when a test says so. */
export function timersByHand() {
  const waiting = new Set<{ milliseconds: number; act: () => void }>();
  const timers: Timers = {
    after(milliseconds, act) {
      const one = { milliseconds, act };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
  };
  const due = (milliseconds: number) => [...waiting].filter((one) => one.milliseconds === milliseconds);
  return {
    timers,
    due: (milliseconds: number) => due(milliseconds).length,
    /** Waits until something waits for so long, and lets that time be over. */
    async pass(milliseconds: number) {
      await until(() => due(milliseconds).length > 0);
      for (const one of due(milliseconds)) {
        waiting.delete(one);
        one.act();
      }
    },
  };
}

export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    assert.ok(tries < 2_000, 'It never came to that');
    await new Promise((done) => setTimeout(done, 5));
  }
}

/** Something the bot waits for until the test says go. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return { open: () => open(), opened };
}

/** The edge before a scripted Slack, with forms that a test can look at and time that it moves. */
export async function openForms(answers?: (url: string) => Answers, options: Partial<SlackOptions> = {}) {
  const store = formsInMemory();
  const { timers, pass, due } = timersByHand();
  const { api, at } = await openBoth(answers, { forms: store, timers, ...options });
  const responses: Record<string, unknown>[] = [];
  const url = `${api.url}/respond`;
  const viewIn = (method: string): View => {
    const [last] = api.of(method).slice(-1);
    assert.ok(last, `There was no ${method}`);
    return last.view as View;
  };
  const user = { id: 'U1', name: 'alice' };
  return {
    api,
    at,
    store,
    pass,
    due,
    responses,
    viewIn,
    responseUrl: url,
    command: (text = 'associate', more: Record<string, string> = {}) =>
      at.command({
        user_id: 'U1',
        user_name: 'alice',
        channel_id: 'C1',
        trigger_id: 'trigger-1',
        response_url: url,
        text,
        ...more,
      }),
    press: (value: string | undefined, more: object = {}) =>
      at.action({
        trigger_id: 'trigger-2',
        user,
        channel: { id: 'C1' },
        container: { type: 'message', message_ts: '17.1', channel_id: 'C1', is_ephemeral: true },
        message: { ts: '17.1' },
        response_url: url,
        actions: [{ type: 'button', action_id: 'execute-0', value }],
        ...more,
      }),
    /** A button inside a window. */
    pressIn: (view: View, value: string | undefined, typed: Record<string, string> = {}) =>
      at.action({
        trigger_id: 'trigger-3',
        user,
        container: { type: 'view', view_id: 'V1' },
        view: shown(view, typed),
        actions: [{ type: 'button', action_id: 'execute-1', value }],
      }),
    submit: (view: View, typed: Record<string, unknown>, more: object = {}) =>
      at.action({
        type: 'view_submission',
        trigger_id: 'trigger-4',
        user,
        view: shown(view, typed),
        ...more,
      }),
    close: (view: View) => at.action({ type: 'view_closed', user, view: shown(view, {}) }),
  };
}

/** A window as Slack sends it back. Source: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
function shown(view: View, typed: Readonly<Record<string, unknown>>) {
  const inputs = view.blocks.filter(({ type }) => type === 'input');
  const values = Object.fromEntries(
    inputs.map(({ block_id = '', element }) => {
      const id = element?.action_id ?? '';
      const given = typed[id] ?? typed[unbound(id)] ?? element?.initial_value ?? null;
      const value = typeof given === 'string' || given === null ? { value: given } : given;
      return [block_id, { [id]: { type: element?.type, ...value } }];
    }),
  );
  return { id: 'V1', hash: 'h1', type: 'modal', callback_id: 'form', ...view, state: { values } };
}

/** A form that is open, as a command opened it. */
export async function openForm(
  values: Parameters<typeof formCard>[0],
  ...[answers, options]: Parameters<typeof openForms>
) {
  const at = await openForms(answers, options);
  at.at.answer(form(values));
  await at.command();
  await at.at.settled();
  await at.at.message();
  return { ...at, view: at.viewIn('views.open') };
}

export const blockOf = (view: View, input: string): string =>
  view.blocks.find(({ element }) => [element?.action_id, unbound(element?.action_id ?? '')].includes(input))
    ?.block_id ?? '';

/** Without what a search stays within. */
const unbound = (id: string): string => id.split('?')[0] ?? id;

export const textsOf = (view: View): string => JSON.stringify(view.blocks);

/** What a button of a window or a message sends. */
export function pressOf(
  { blocks }: { readonly blocks: readonly Block[] },
  title: string,
): string | undefined {
  const buttons = blocks.flatMap(({ type, elements = [] }) => (type === 'actions' ? elements : []));
  return buttons.find(({ text }) => (text as { text?: string })?.text === title)?.value;
}
