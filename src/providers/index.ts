// The providers room: what vendors can do, and how.
import type { Db } from '../db/index.ts';
import { openLedger } from './ledger/index.ts';
import type { ProviderOptions, Providers } from './provider.ts';

export type {
  AccountRequest,
  Answer,
  Assignment,
  Credentials,
  Provider,
  ProviderOptions,
  ProviderSubscription,
  Providers,
  RefusedAssignment,
  SubscriptionAsItIs,
  SubscriptionRequest,
  TenantRequest,
} from './provider.ts';

export { ListRefused } from './provider.ts';

/** All providers that the bot was built with. */
export function openProviders(db: Db, options: ProviderOptions): Providers {
  const all = new Map([openLedger(db, options)].map((provider) => [provider.name, provider]));
  return (name) => {
    const provider = all.get(name);
    if (provider === undefined) throw new Error(`There is no provider "${name}".`);
    return provider;
  };
}
