import type { Place } from '../../../chat/place.ts';
import type { Reception } from '../requests/inbound.ts';

/** The conversation that somebody has with the bot alone. Source: https://docs.slack.dev/reference/methods/conversations.open */
export async function aloneWith({ directory, reader: { client } }: Reception, user: string): Promise<Place> {
  const { channel } = await client.conversations.open({ users: user });
  return directory.place(channel?.id ?? user, { type: 'im' });
}
