/** Units given and taken for many users at once, for features with rules of their own, in the caller's transaction. */
export { type Given, giveUnits, lockServices, takeAll, takeBack } from './store.ts';
export { ensureUsers, removeIdleUsers } from './users/store.ts';
