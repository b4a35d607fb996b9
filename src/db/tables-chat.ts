import type { Generated } from 'kysely';
import type { Stored, StoredOrNull } from './stored.ts';

/** What the bot remembers of what was said, where, and what it answered. */
export type ChatTables = {
  bound_channels: { platform: string; conversation: string; organization_id: number; bound_by: string };
  customer_views: { platform: string; conversation: string; person: string; organization_id: number };
  requests: { key: string; person: string; at: Date; reply: StoredOrNull; delivered_at: Date | null };
  sent_messages: { name: string; place: Stored; message: string };
  expectations: {
    platform: string;
    conversation: string;
    person: string;
    command: string;
    /** Where it was asked for, if the file may be sent where the person talks to the bot alone. */
    place: StoredOrNull;
    expires_at: Date;
  };
  places: { platform: string; conversation: string; place: Stored };
  /** Where somebody was last seen alone with the bot. */
  personal_chats: { email: string; platform: string; conversation: string };
  /** Forms that are open in a client, by the id that the client knows. */
  slack_views: {
    id: string;
    form: Stored;
    forget_at: Date;
    answer_until: Date | null;
    answered: Generated<boolean>;
  };
  transcript: {
    id: Generated<number>;
    conversation: string;
    at: Date;
    entry: Stored;
    /** Of what the bot posted by itself. */
    key: string | null;
  };
};
