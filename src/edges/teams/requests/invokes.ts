import type { TurnContext } from 'botbuilder';
import type { Answer } from '../answers/answer.ts';
import { FILE_CONSENT } from '../files/saving.ts';
import type { Desk } from './desk.ts';
import { receive, submitOf } from './receive.ts';
import { dig } from './request.ts';

type Invoke = (desk: Desk, context: TurnContext, answer: Answer) => Promise<void>;

/** What Teams asks for and waits on, by its name; an answer that comes too late is none. */
const INVOKES: Readonly<Record<string, Invoke>> = {
  'adaptiveCard/action': press,
  [FILE_CONSENT]: saveFile,
};

export async function takeInvoke(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const { name = '' } = context.activity;
  const invoke = Object.hasOwn(INVOKES, name) ? INVOKES[name] : undefined;
  if (invoke !== undefined) return invoke(desk, context, answer);
  desk.options.log.info({ name }, 'an invoke that the bot has no use for');
  answer.end(501);
}

/** A button of a card was pressed. */
async function press(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const action = dig(context.activity.value, 'action');
  const inbound = await submitOf(desk, context, dig(action, 'verb'), dig(action, 'data') ?? {});
  if (inbound === undefined) return answer.refuse('The button has no verb.');
  await receive(desk, context, inbound, answer);
}

/** Somebody was asked whether a file may be put into their OneDrive, and said. */
async function saveFile({ saving }: Desk, { activity }: TurnContext, answer: Answer): Promise<void> {
  if (saving === undefined) return answer.end(501);
  // An upload may take longer than Teams waits.
  answer.end(200);
  return saving(activity);
}
