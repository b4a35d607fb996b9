import { sendToUrl } from '../answers/response-url.ts';
import type { Log } from '../options.ts';
import { NoAccess, type Reason } from './renewal.ts';
import type { Whose, Workspace, Workspaces } from './workspaces.ts';

const unknown = 'I am not set up in this Slack workspace. Whoever runs me can say how to get me here.';
const ours = 'I can not get into this Slack workspace until whoever runs me mends it. Nothing is lost.';
const soon = 'I can not get into this Slack workspace just now. Please try again in a minute.';
const shutOut =
  'Slack does not let me into this workspace any more. Please ask an admin to have me installed here again.';

const words: Readonly<Record<Reason, string>> = {
  'no key': ours,
  settings: ours,
  busy: soon,
  unreachable: soon,
  refused: shutOut,
};

/**
 * The workspace that a request is from. Where the bot has no token that is good there, the person hears of it if Slack
 * gave a way to answer.
 */
export async function welcome(
  workspaces: Workspaces,
  whose: Whose,
  log: Log,
): Promise<Workspace | undefined> {
  try {
    const workspace = await workspaces.of(whose);
    if (workspace === undefined) await turnAway(log, whose, unknown);
    return workspace;
  } catch (err) {
    if (!(err instanceof NoAccess)) throw err;
    log.error({ team: whose.team, why: err.message }, 'The bot has no token for a Slack workspace');
    await turnAway(log, whose, words[err.reason]);
    return undefined;
  }
}

async function turnAway(log: Log, { responseUrl, ...whose }: Whose, text: string): Promise<void> {
  log.warn(whose, 'A request came from a Slack workspace in which the bot can not answer');
  if (responseUrl === undefined) return;
  const manner = { response_type: 'ephemeral', replace_original: false } as const;
  await sendToUrl(responseUrl, { text, blocks: [] }, manner);
}
