// The part of the configuration that is about Slack.

type Values = {
  readonly [Name in
    | 'PUBLIC_URL'
    | 'SLACK_BOT_TOKEN'
    | 'SLACK_SIGNING_SECRET'
    | 'SLACK_APP_TOKEN'
    | 'SLACK_API_URL'
    | 'SLACK_CLIENT_ID'
    | 'SLACK_CLIENT_SECRET']?: string | undefined;
} & { readonly SLACK_WORKSPACES: string; readonly SECRET_KEY: string };

export type SlackConfig = {
  /** For one workspace; else `oauth`. */
  readonly botToken?: string;
  readonly oauth?: SlackOAuth;
  readonly signingSecret: string;
  readonly appToken?: string;
  readonly apiUrl?: string;
};

/** The bot in many workspaces. */
export type SlackOAuth = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUrl: string;
  /** Who may have the bot, and for whose e-mail addresses each of them vouches. */
  readonly allowed: readonly { readonly id: string; readonly domains: readonly string[] | 'all' }[];
  /** Seal the tokens of the workspaces: the first one seals, all of them open. */
  readonly keys: readonly [string, ...string[]];
};

/** Settings of Slack that belong together and are only partly there. */
export function missingOfSlack(values: Values): string[] {
  const { SLACK_BOT_TOKEN: token, SLACK_SIGNING_SECRET: secret, SLACK_APP_TOKEN: appToken } = values;
  const { SLACK_CLIENT_ID: id, SLACK_CLIENT_SECRET: idSecret } = values;
  const isMany = id !== undefined || idSecret !== undefined;
  const lines: string[] = [];
  if ((token || isMany) && !secret && !appToken) {
    lines.push('SLACK_SIGNING_SECRET is missing: it is under Basic Information of the Slack app.');
  }
  if ((secret || appToken) && !token && !isMany) {
    lines.push('SLACK_BOT_TOKEN is missing: the bot token of the installed Slack app, for example xoxb-….');
  }
  if (secret?.includes('…')) {
    lines.push(
      'SLACK_SIGNING_SECRET holds a placeholder: put in the 32 letters and digits of the Slack app.',
    );
  }
  if (!isMany) return lines;
  const basic = 'under Basic Information of the Slack app.';
  if (token) lines.push('SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for many: leave one out.');
  if (!id) lines.push(`SLACK_CLIENT_ID is missing: it is ${basic}`);
  if (!idSecret) lines.push(`SLACK_CLIENT_SECRET is missing: it is ${basic}`);
  return [...lines, ...badAddress(values.PUBLIC_URL), ...badKeys(values), ...badWorkspaces(values)];
}

const isLoopback = (url: string) => ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(url).hostname);

/** Slack sends people back to an address with https; on this machine a browser may do without. */
function badAddress(url: string | undefined): string[] {
  if (url && (url.startsWith('https:') || isLoopback(url))) return [];
  const why = 'where people install the bot, for example https://bot.example.com';
  return [url ? `PUBLIC_URL is without https: it is ${why}.` : `PUBLIC_URL is missing: it is ${why}.`];
}

const LEAST_KEY = 32;

function badKeys({ SECRET_KEY }: Values): string[] {
  const keys = keysIn(SECRET_KEY);
  const how = `at least ${LEAST_KEY} random characters, for example what "openssl rand -base64 32" prints`;
  if (keys.length === 0) return [`SECRET_KEY is missing: it seals the tokens of the workspaces, ${how}.`];
  return keys.some((key) => key.length < LEAST_KEY) ? [`SECRET_KEY is too short: ${how}.`] : [];
}

function badWorkspaces({ SLACK_WORKSPACES }: Values): string[] {
  const example = 'for example T0123ABCD=* or T0456EFGH=contoso.com+contoso.se';
  const entries = workspacesIn(SLACK_WORKSPACES);
  if (entries.length === 0) return [`SLACK_WORKSPACES is missing: who may have the bot, ${example}.`];
  const bad = entries.filter(({ id, domains }) => !/^[TE][A-Z0-9]+$/.test(id) || domains.length === 0);
  return bad.map(({ entry }) => {
    const rule = 'which does not say whose e-mail addresses a workspace vouches for';
    return `SLACK_WORKSPACES has "${entry}", ${rule}, ${example}.`;
  });
}

const keysIn = (text: string) => text.split(/[\s,;]+/).filter((one) => one !== '');

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/;

/** `T0123=*` or `T0123=contoso.com+contoso.se`; no domains where it is neither. */
const workspacesIn = (text: string) =>
  keysIn(text).map((entry) => {
    const [id = '', given = ''] = entry.split('=');
    const named = given.toLowerCase().split('+');
    const domains = named.every((domain) => DOMAIN.test(domain)) ? named : [];
    return { entry, id, domains: given === '*' ? ('all' as const) : domains };
  });

export function slackOf(values: Values): SlackConfig | undefined {
  const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_APP_TOKEN, SLACK_API_URL } = values;
  const oauth = oauthOf(values);
  if (!SLACK_BOT_TOKEN && oauth === undefined) return undefined;
  return {
    ...(SLACK_BOT_TOKEN && { botToken: SLACK_BOT_TOKEN }),
    ...(oauth && { oauth }),
    signingSecret: SLACK_SIGNING_SECRET ?? '',
    ...(SLACK_APP_TOKEN && { appToken: SLACK_APP_TOKEN }),
    ...(SLACK_API_URL && { apiUrl: SLACK_API_URL }),
  };
}

function oauthOf(values: Values): SlackOAuth | undefined {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, PUBLIC_URL } = values;
  const [key, ...older] = keysIn(values.SECRET_KEY);
  if (!clientId || !clientSecret || !PUBLIC_URL || key === undefined) return undefined;
  return {
    clientId,
    clientSecret,
    redirectUrl: `${PUBLIC_URL.replace(/\/+$/, '')}/slack/oauth_redirect`,
    allowed: workspacesIn(values.SLACK_WORKSPACES).map(({ id, domains }) => ({ id, domains })),
    keys: [key, ...older],
  };
}
