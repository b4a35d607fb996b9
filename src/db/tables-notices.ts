import type { ColumnType, Generated } from 'kysely';
import type { Stored } from './stored.ts';

/** The tables of what the bot says by itself: where, when, to whom, and what became of it. */
export type NoticeTables = {
  /** Who has talked to the bot where others read along, as their platform knows them. */
  speakers: { platform: string; conversation: string; email: string; person: Stored };
  notice_channels: {
    platform: string;
    conversation: string;
    kind: string;
    place: Stored;
    organization_id: number;
    asked_by: string;
    member_id: number | null;
  };
  deliveries: {
    id: Generated<number>;
    key: string;
    platform: string;
    conversation: string;
    kind: string;
    place: Stored;
    reply: Stored;
    state: 'waiting' | 'sent' | 'dead';
    /** Nothing of it is kept once it was sent. */
    secret: Generated<boolean>;
    attempts: Generated<number>;
    /** What it is about: in a channel it belongs to the thread of the first message about that. */
    thread: ColumnType<string | null, string | null | undefined, string | null>;
    /** When it was first handed to the platform. */
    tried_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    /** Held back until then. */
    not_before: ColumnType<Date | null, Date | null | undefined, Date | null>;
    error: string | null;
    created_at: Date;
    sent_at: Date | null;
  };
  /** Where posts go. */
  destinations: {
    platform: string;
    conversation: string;
    claimed_by: Generated<string | null>;
    claimed_until: Generated<Date | null>;
    paused_until: Generated<Date | null>;
    wake_at: Generated<Date | null>;
    throttled_at: Generated<Date | null>;
    throttled: Generated<number>;
    dead_since: Generated<Date | null>;
    dead_why: Generated<string | null>;
    place: ColumnType<unknown, string | null | undefined, string | null>;
  };
  sendings: { platform: string; conversation: string; at: Generated<Date> };
  notice_threads: { platform: string; conversation: string; name: string; message: string };
  quiet_hours: {
    platform: string;
    conversation: string;
    from_minute: number | null;
    to_minute: number | null;
    weekends: boolean;
    time_zone: string;
    organization_id: number;
  };
  watches: {
    id: Generated<number>;
    service_id: number;
    platform: string;
    conversation: string;
    place: Stored;
    organization_id: number;
    asked_by: string;
    member_id: number | null;
    below: number;
    /** Kept by the database: the free units are below the number. */
    low: boolean;
    told: boolean;
    crossed: Generated<number>;
  };
};
