// The ledger: the provider that is built in. It keeps the books of a vendor in tables of its own.
import type { Db } from '../../db/index.ts';
import { ListRefused, type Provider, type ProviderOptions } from '../provider.ts';
import { createAccount, createTenant, giveCredentials } from './accounts.ts';
import { assign } from './assignments.ts';
import { passwords } from './passwords.ts';
import { readOne, readPage } from './reading.ts';
import { openRequests, refusalOf } from './requests.ts';
import { changeQuantity, changeStatus, createSubscription, withSubscription } from './subscriptions.ts';

export function openLedger(db: Db, options: ProviderOptions): Provider {
  const request = openRequests(db, options);
  const withPassword = passwords(db);
  return {
    name: 'ledger',
    createAccount: (key, wish) =>
      withPassword(
        key,
        request('account', key, (books, id) => createAccount(books, id, wish)),
      ),
    createTenant: (key, wish) => request('tenant', key, (books, id) => createTenant(books, id, wish)),
    createSubscription: (key, wish) =>
      request('subscription', key, (books, id) => createSubscription(books, id, wish)),
    setQuantity: (key, subscription, quantity) =>
      request('quantity', key, (books) => changeQuantity(books, subscription, quantity)),
    setStatus: (key, subscription, status) =>
      request('status', key, (books) => changeStatus(books, subscription, status)),
    adminCredentials: (key, domain) =>
      withPassword(
        key,
        request('credentials', key, (books) => giveCredentials(books, domain, options.clock())),
      ),
    assign: (key, subscription, assignments) =>
      request(
        'assignment',
        key,
        (books) => withSubscription(books, subscription, (locked) => assign(books, locked, assignments)),
        subscription,
      ),
    inspect: (subscription) => readOne(db, subscription),
    async list(after) {
      const refusal = refusalOf(options.fail, 'reading');
      if (refusal !== undefined) throw new ListRefused(refusal);
      return readPage(db, after);
    },
  };
}
