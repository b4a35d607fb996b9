import type { WebClient } from '@slack/web-api';
import type { Check } from '../../chat/edge.ts';
import { isPassing, slackWord } from './answers/failures.ts';
import { forLinks, forLooking, forNoticing, needed } from './scopes.ts';

export type Checking = {
  readonly client: WebClient;
  /** How far our clock is from Slack's, where Slack has told its own. */
  readonly secondsApart: () => number | undefined;
  /** Is the socket open? Nothing where requests come in over HTTP. */
  readonly isOpen: (() => boolean) | undefined;
};

/** What Slack says of the token, what it may do, and of the time; and whether its requests have a way in. */
export async function checkSlack({ client, secondsApart, isOpen }: Checking): Promise<readonly Check[]> {
  const token = await checkToken(client, 'Install the app again and set SLACK_BOT_TOKEN to its new token.');
  const apart = secondsApart();
  return [
    ...token,
    ...(isOpen === undefined ? [] : [checkSocket(isOpen())]),
    ...(apart === undefined ? [] : [checkClock(apart)]),
  ];
}

export const unreachable = 'Ask again in a minute; else see whether this machine reaches slack.com.';

/** `remedy` is what to do where Slack does not know the token. */
export async function checkToken(client: WebClient, remedy: string): Promise<Check[]> {
  try {
    const { user, team, response_metadata } = await client.auth.test();
    const check: Check = { what: 'Token', state: 'good', says: `The bot is @${user} in ${team}.` };
    return [check, ...checkScopes(response_metadata?.scopes)];
  } catch (err) {
    const why = slackWord(err) ?? (err instanceof Error ? err.message : String(err));
    const check: Check = {
      what: 'Token',
      state: 'attention',
      says: `Slack did not let the bot in (${why}).`,
      remedy: isPassing(err) || slackWord(err) === undefined ? unreachable : remedy,
    };
    return [check];
  }
}

function checkScopes(given: readonly string[] | undefined): Check[] {
  const what = 'Permissions';
  if (given === undefined) return [{ what, state: 'note', says: 'Slack did not say which are given.' }];
  const missing = needed.filter((scope) => !given.includes(scope));
  const more = extras.map((extra) => checkExtra(extra, given));
  if (missing.length === 0) {
    return [{ what, state: 'good', says: `All ${needed.length} that the bot needs are given.` }, ...more];
  }
  const says = `Not given: ${missing.join(', ')}.`;
  const remedy = 'Put manifest/slack/manifest.json into the app and install it again.';
  return [{ what, state: 'attention', says, remedy }, ...more];
}

type Extra = {
  readonly what: string;
  readonly scopes: readonly string[];
  readonly can: string;
  /** After `Without channels:history `. */
  readonly cannot: string;
};

/** What an admin may leave out, and what is missing then. */
const extras: readonly Extra[] = [
  {
    what: 'Posts after a crash',
    scopes: forLooking,
    can: 'The bot can look whether one is there already.',
    cannot: 'the bot can’t look in every conversation whether one is there already: it may be there twice.',
  },
  {
    what: 'Order numbers',
    scopes: forNoticing,
    can: 'The bot notices them where it is in the channel.',
    cannot: 'the bot doesn’t notice them in every channel.',
  },
  {
    what: 'Links',
    scopes: forLinks,
    can: 'The bot shows what its own links lead to.',
    cannot: 'the bot doesn’t show what its own links lead to.',
  },
];

function checkExtra({ what, scopes, can, cannot }: Extra, given: readonly string[]): Check {
  const missing = scopes.filter((scope) => !given.includes(scope));
  return missing.length === 0
    ? { what, state: 'good', says: can }
    : { what, state: 'note', says: `Without ${missing.join(', ')} ${cannot}` };
}

export const checkSocket = (isOpen: boolean): Check =>
  isOpen
    ? { what: 'Socket', state: 'good', says: 'It is open.' }
    : {
        what: 'Socket',
        state: 'attention',
        says: 'It is not open: nothing that is said in Slack reaches this copy of the bot.',
        remedy: 'It is opened again by itself. If not, see SLACK_APP_TOKEN, and the log.',
      };

/** Clocks that are kept by a time server can't be told apart by this. */
const mostSecondsApart = 5;

export function checkClock(seconds: number): Check {
  if (seconds <= mostSecondsApart) {
    return { what: 'Clock', state: 'good', says: 'Ours and that of Slack agree.' };
  }
  return {
    what: 'Clock',
    state: 'attention',
    says: `Ours and that of Slack are ${Math.round(seconds)} seconds apart.`,
    remedy:
      'Have the clock of this machine kept by a time server. Five minutes off, Slack is not let in any more.',
  };
}
