import type { TurnContext } from 'botbuilder';
import type { Answer } from '../answers/answer.ts';
import { refreshed } from '../cards/refresh.ts';
import { openDialog } from '../dialogs/open.ts';
import { submitDialog } from '../dialogs/submit.ts';
import { unfurl } from '../extension/link.ts';
import { lookAtMessage } from '../extension/message.ts';
import { pressShown } from '../extension/pressed.ts';
import { findFor } from '../extension/query.ts';
import { FILE_CONSENT } from '../files/saving.ts';
import type { Desk } from './desk.ts';
import { receive, submitOf } from './receive.ts';
import { drawAnew } from './refresh.ts';
import { dig, isRecord } from './request.ts';
import { SEARCH, takeSearch } from './search.ts';

type Invoke = (desk: Desk, context: TurnContext, answer: Answer) => Promise<void>;

/** What Teams asks for and waits on, by its name; an answer that comes too late is none. */
const INVOKES: Readonly<Record<string, Invoke>> = {
  'adaptiveCard/action': press,
  [FILE_CONSENT]: saveFile,
  'task/fetch': openDialog,
  'task/submit': submitDialog,
  'composeExtension/query': findFor,
  'composeExtension/queryLink': unfurl,
  'composeExtension/fetchTask': lookAtMessage,
  'composeExtension/submitAction': submitDialog,
  'composeExtension/onCardButtonClicked': pressShown,
  [SEARCH]: takeSearch,
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
  const verb = dig(action, 'verb');
  const data = dig(action, 'data') ?? {};
  if (typeof verb !== 'string' || !isRecord(data)) return answer.refuse('The button has no verb.');
  const anew = refreshed(data);
  if (anew !== undefined) return drawAnew(desk, context, verb, anew, answer);
  await receive(desk, context, submitOf(desk, context, verb, data), answer);
}

/** Somebody was asked whether a file may be put into their OneDrive, and said. */
async function saveFile({ saving }: Desk, { activity }: TurnContext, answer: Answer): Promise<void> {
  if (saving === undefined) return answer.end(501);
  // An upload may take longer than Teams waits.
  answer.end(200);
  return saving(activity);
}
