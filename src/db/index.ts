// The database room: opening it, its tables, its migrations, transactions.
export { billedOfDecrease } from './billed.ts';
export { bytesIn, bytesOf, bytesOut } from './bytes.ts';
export { FolderInUse } from './lock.ts';
export { migrate, migrationsOf } from './migrate.ts';
export { DatabaseAway, type Db, type Opened, openEmbedded, openPostgres } from './open.ts';
export { noteSending, noteThrottled, pausedUntil, secondsToWait } from './pace.ts';
export { inScope, isInScope, orderExistsFor, type Scope, type Viewer } from './scope.ts';
export { holdsText, isIn, likeText } from './search.ts';
export { sharedSecret } from './secret.ts';
export type { Tables } from './tables.ts';
export { inTransaction, inTransactionOnceMore } from './transaction.ts';
