import { mayHaveToken } from './attachments.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether a body that Slack has signed can be what Slack sends. Bolt takes whatever comes for well-formed and falls over the
 * rest, or waits three seconds for somebody to answer it. What is inside is read with care by whoever reads it.
 */
export const isRequest = (body: unknown, apiOrigin: string | undefined): body is Fields =>
  isFields(body) &&
  (body.response_url === undefined || isSlackUrl(body.response_url, apiOrigin)) &&
  (isEvent(body) || isCommand(body) || (typeof body.type === 'string' && isInteraction(body, body.type)));

/** Source: https://docs.slack.dev/apis/events-api#callback-field */
const isEvent = ({ type, event_id, event }: Fields): boolean =>
  type === 'event_callback' &&
  isId(event_id) &&
  isFields(event) &&
  isId(event.type) &&
  isIdOr(event.user, isFields) &&
  isIdOr(event.channel, isFields);

/** Source: https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
const isCommand = ({ command, user_id, channel_id, trigger_id, text = '' }: Fields): boolean =>
  [command, user_id, channel_id, trigger_id].every(isId) && typeof text === 'string';

/** Source: https://docs.slack.dev/reference/interaction-payloads */
function isInteraction(body: Fields, type: string): boolean {
  const { user, team, channel } = body;
  if (!isFields(user) || !isId(user.id)) return false;
  if (![team, channel].every((place) => place === undefined || place === null || isFields(place)))
    return false;
  return Object.hasOwn(interactions, type) && interactions[type]?.(body) === true;
}

const interactions: Readonly<Record<string, (body: Fields) => boolean>> = {
  block_actions: ({ actions, container }) =>
    Array.isArray(actions) && actions.length > 0 && actions.every(isFields) && isFields(container),
  block_suggestion: () => true,
  shortcut: ({ callback_id }) => isId(callback_id),
  message_action: ({ callback_id, message }) => isId(callback_id) && isFields(message),
  view_submission: ({ view }) => isFields(view),
  view_closed: ({ view }) => isFields(view),
};

/** An answer with a customer's data goes there. */
function isSlackUrl(url: unknown, apiOrigin: string | undefined): boolean {
  if (url === '' || url === null) return true;
  return typeof url === 'string' && URL.canParse(url) && mayHaveToken(new URL(url), apiOrigin);
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isId = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isIdOr = (value: unknown, other: (value: unknown) => boolean): boolean =>
  value === undefined || isId(value) || other(value);
