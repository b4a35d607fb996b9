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

/** With these the bot sees whether a post that it knows nothing of stands in a conversation already. */
export const forLooking = ['channels:history', 'groups:history', 'mpim:history'] as const;
/** With these it hears what is said in its channels, and notices order numbers. */
export const forNoticing = ['channels:history', 'groups:history'] as const;
/** With these it shows what its own links lead to. */
export const forLinks = ['links:read', 'links:write'] as const;

/** What an admin may leave out. Source: https://docs.slack.dev/changelog/2026/03/16/optional-scopes */
export const optional = ['channels:history', 'groups:history', ...forLinks, 'mpim:history'] as const;

/** What the bot wants to be told. Source: https://docs.slack.dev/reference/events */
export const events = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'link_shared',
  'message.channels',
  'message.groups',
  'message.im',
  'tokens_revoked',
] as const;
