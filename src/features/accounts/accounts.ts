// What other features ask of accounts: whether an organization has one with the provider of an offering, and which.
export { type Account, type AccountValues, loadAccount as accountOf, saveAccount } from './store.ts';
