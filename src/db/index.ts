export { bytesIn, bytesOf, bytesOut } from './bytes.ts';
// The database room: opening it, its tables, its migrations, transactions.
export { FolderInUse } from './lock.ts';
export { migrate } from './migrate.ts';
export { DatabaseAway, type Db, type Opened, openEmbedded, openPostgres } from './open.ts';
export { inScope, isInScope, orderExistsFor, type Scope, type Viewer } from './scope.ts';
export { holdsText, isIn, likeText } from './search.ts';
export { sharedSecret } from './secret.ts';
export type { Tables } from './tables.ts';
export { inTransaction, inTransactionOnceMore } from './transaction.ts';
