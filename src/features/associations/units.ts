/** Units given and taken for many users at once, for features with rules of their own, in the caller's transaction. */
export {
  ensureUsers,
  type Given,
  giveUnits,
  lockServices,
  removeIdleUsers,
  takeAll,
} from './store.ts';
