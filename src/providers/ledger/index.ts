import type { Db } from '../../db/index.ts';
import type { Provider, ProviderOptions } from '../provider.ts';

export function openLedger(_db: Db, _options: ProviderOptions): Provider {
  const never = (): never => {
    throw new Error('The ledger is not open.');
  };
  return {
    name: 'ledger',
    createAccount: never,
    createTenant: never,
    createSubscription: never,
    setQuantity: never,
    setStatus: never,
    adminCredentials: never,
  };
}
