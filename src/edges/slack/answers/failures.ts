import { webApi } from '@slack/bolt';
import { PostFailed } from '../../../chat/edge.ts';
import { HttpRefused } from './http-refused.ts';
import { ResponseUrlFailed } from './response-url.ts';

const gone = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'is_inactive',
  'user_not_found',
  'user_disabled',
  'ekm_access_denied',
  'messages_tab_disabled',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
]);

/**
 * Passing faults, and settings of ours that an admin can mend, such as an app that was taken out of the workspace: the
 * message is still to be sent, and there is nothing wrong with where it goes.
 */
const passing = new Set([
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'update_failed',
  'external_channel_migrating',
  'not_authed',
  'invalid_auth',
  'token_expired',
  'token_revoked',
  'account_inactive',
  'missing_scope',
  'team_access_not_granted',
  'team_added_to_org',
  'org_login_required',
  'two_factor_setup_required',
  'accesslimited',
]);

const refusedBlocks = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'only_one_table_allowed',
  'invalid_attachments',
  'msg_blocks_too_long',
  'msg_too_long',
  'attachment_payload_limit_exceeded',
]);

const refusedEdit = new Set([
  'edit_window_closed',
  'cant_update_message',
  'message_not_found',
  'block_mismatch',
  'streaming_state_conflict',
]);

/** Slack's word for what went wrong, where Slack itself refused. Source: https://docs.slack.dev/reference/methods/chat.postMessage */
export function slackWord(error: unknown): string | undefined {
  if (error instanceof webApi.WebAPIPlatformError) return error.data.error;
  return error instanceof ResponseUrlFailed ? error.word : undefined;
}

/** Of an answer in a thread: the message above it is gone or closed. */
const lostThread = new Set([
  'thread_not_found',
  'message_not_found',
  'cannot_reply_to_message',
  'restricted_action_thread_locked',
]);

const says = (words: ReadonlySet<string>) => (error: unknown) => words.has(slackWord(error) ?? '');

export const refusesBlocks = says(refusedBlocks);
export const refusesEdit = says(refusedEdit);
export const losesThread = says(lostThread);
export const isDuplicateGone = says(new Set(['duplicate_message_not_found', 'duplicate_channel_not_found']));
/** The bot is not in that conversation, or there is none. */
export const isOutside = says(new Set(['channel_not_found', 'not_in_channel']));
/** The person can't be shown a private message there. */
export const isUnreachable = says(new Set(['channel_not_found', 'not_in_channel', 'user_not_in_channel']));

const outOfOrder = says(
  new Set([
    'ratelimited',
    'rate_limited',
    'internal_error',
    'fatal_error',
    'service_unavailable',
    'request_timeout',
  ]),
);

/** Slack does not refuse: it can't answer just now. */
export const isPassing = (error: unknown): boolean =>
  outOfOrder(error) ||
  error instanceof webApi.WebAPIRateLimitedError ||
  error instanceof webApi.WebAPIRequestError ||
  (error instanceof webApi.WebAPIHTTPError && isPassingStatus(error.statusCode));

export function toPostFailed(error: unknown): PostFailed {
  if (error instanceof PostFailed) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new PostFailed('later', message, { retryAfterSeconds: error.retryAfter, cause: error });
  }
  const seconds = error instanceof HttpRefused ? error.retryAfterSeconds : undefined;
  const options = { cause: error, ...(seconds !== undefined && { retryAfterSeconds: seconds }) };
  return new PostFailed(reasonOf(error), message, options);
}

function reasonOf(error: unknown): PostFailed['reason'] {
  const word = slackWord(error) ?? '';
  if (gone.has(word)) return 'gone';
  if (passing.has(word)) return 'later';
  if (error instanceof webApi.WebAPIRequestError) return 'later';
  if (error instanceof webApi.WebAPIHTTPError) return isPassingStatus(error.statusCode) ? 'later' : 'refused';
  if (error instanceof HttpRefused) return isPassingStatus(error.status) ? 'later' : 'refused';
  return 'refused';
}

/** 0: there was no answer. */
const isPassingStatus = (status: number): boolean =>
  status === 0 || status >= 500 || status === 429 || status === 408;
