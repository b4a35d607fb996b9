import type { ColumnType, Generated } from 'kysely';
import type { Stored } from './stored.ts';

/** The tables of what the bot says by itself: where, when, to whom, and what became of it. */
export type NoticeTables = {
  /** Who has talked to the bot where others read along, as their platform knows them. */
  speakers: {
    platform: string;
    conversation: string;
    email: string;
    person: Stored;
    spoke_at: Generated<Date>;
  };
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
    /** Whom it is about; null: several, or nobody. */
    organization_id: ColumnType<number | null, number | null | undefined, number | null>;
    /** The place hears of it only as it asked for its kind. */
    chosen: Generated<boolean>;
    /** Held back until then. */
    not_before: ColumnType<Date | null, Date | null | undefined, Date | null>;
    /** Quiet hours hold it back, also such as begin while it waits. */
    may_wait: Generated<boolean>;
    /** Tries that failed by a fault of ours in this post. */
    faults: Generated<number>;
    /** Given up as soon as something else gets through there. */
    outdated: Generated<boolean>;
    error: string | null;
    created_at: Date;
    sent_at: Date | null;
    given_up_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
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
    /** It is tried again, but nothing has got through since then so far. */
    lost_since: Generated<Date | null>;
  };
  /** Until when a platform wants nothing from the bot. */
  platform_pauses: { platform: string; until: Date };
  sendings: { platform: string; conversation: string; at: Generated<Date> };
  notice_threads: { platform: string; conversation: string; name: string; message: string; used_at: Date };
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
    waits_for: Generated<number | null>;
    waits_since: Generated<Date | null>;
  };
};
