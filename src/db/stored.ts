import type { ColumnType } from 'kysely';

/** JSON: written as text, read as the value that its one writer put there. */
export type Stored = ColumnType<unknown, string, string>;
export type StoredOrNull = ColumnType<unknown, string | null, string | null>;
