/** What the bot may do in Slack. Source: https://docs.slack.dev/reference/scopes */
export const needed = [
  'app_mentions:read',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'mpim:read',
  'users:read',
  'users:read.email',
] as const;

/**
 * What an admin may leave out: with these the bot sees whether a post that it knows nothing of stands in a channel
 * already. Source: https://docs.slack.dev/changelog/2026/03/16/optional-scopes
 */
export const optional = ['channels:history', 'groups:history', 'mpim:history'] as const;
