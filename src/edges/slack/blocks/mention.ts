import type { SectionBlock } from '@slack/types';
import type { Person } from '../../../chat/place.ts';

/**
 * How Slack notifies somebody; nothing where the person is nobody that Slack knows. The name is put there by Slack.
 * Source: https://docs.slack.dev/messaging/formatting-message-text#mentioning-users
 */
export function mentionOf({ id }: Person): string | undefined {
  const [, user] = /^[^:]*:([UW][A-Z0-9]+)$/.exec(id) ?? [];
  return user && `<@${user}>`;
}

/** A mention in the text alone, which only stands in for blocks, notifies nobody. */
export const mentionBlock = (text: string): SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
});
