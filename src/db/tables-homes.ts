import type { Generated } from 'kysely';
import type { Stored } from './stored.ts';

/** The tables of the pages that a platform keeps for people, and of what is said without being asked for. */
export type HomeTables = {
  homes: {
    platform: string;
    /** The platform's id of whose page it is. */
    person: string;
    who: Stored;
    email: string | null;
    place: Stored;
    opened_at: Date;
    /** As whom they saw it last. */
    drawn_for: Generated<string>;
    digest: Generated<string>;
    mark: Generated<string | null>;
    drawn_at: Generated<Date | null>;
    /** Something on it moves by itself. */
    moves: Generated<boolean>;
    /** How often it could not be drawn since it was opened or drawn. */
    tries: Generated<number>;
    try_after: Generated<Date | null>;
  };
  /** Who, or where, wants no previews; empty means everybody, and everywhere. */
  previews_off: { platform: string; conversation: string; person: string; off_by: string };
};
