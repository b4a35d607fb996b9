// Accounts with the providers: having them made, and the credentials of a tenant's first administrator.
import { z } from 'zod';
import { button, CHANGERS, EVERYBODY, type Feature, SELLERS } from '../../bot/index.ts';
import { CREDENTIALS, credentials, submitCredentials } from './credentials.ts';
import { type CredentialsWish, credentialsMessage, workOnCredentials } from './credentials-work.ts';
import { openAccount, reopenAccount, SYNC, saveSync, showAccounts, startSync, sync } from './sync.ts';
import { accountMessage, type SyncWish, workOnSync } from './sync-work.ts';

const account = z.string().max(30).default('');
const typed = z
  .string()
  .max(5000)
  .transform((text) => text.slice(0, 300))
  .default('');
const values = { account, parent: typed, userName: typed, role: typed };

export const accounts: Feature = {
  name: 'accounts',
  summary: 'Accounts',
  commands: [
    {
      name: 'sync',
      aliases: ['synchronize'],
      usage: 'sync [organization] [service] [username]',
      summary: 'Show who has an account with a provider, and have one made',
      examples: ['sync', 'sync contoso', 'sync "northwind partners" "azure pack" nora@northwind.example'],
      roles: SELLERS,
      run: sync,
    },
    {
      name: 'credentials',
      usage: 'credentials [customer] [address]',
      summary: 'Have the password of a tenant’s admin sent, one time only',
      examples: ['credentials', 'credentials contoso', 'credentials contoso carla@contoso.example'],
      roles: EVERYBODY,
      run: credentials,
    },
  ],
  buttons: [
    button({
      verb: 'accounts.page',
      roles: SELLERS,
      input: z.object({ page: z.coerce.number().int().min(1).max(1_000_000) }),
      run: (asked, { page }) => showAccounts(asked, page),
    }),
    button({
      verb: 'accounts.open',
      roles: SELLERS,
      input: z.object({ account }),
      run: (asked, { account }) => openAccount(asked, account),
    }),
    button({
      verb: 'accounts.save',
      roles: SELLERS,
      input: z.object(values),
      run: (asked, { account, ...values }) => saveSync(asked, account, values),
    }),
    button({
      verb: 'accounts.back',
      roles: SELLERS,
      input: z.object(values),
      run: (asked, { account, ...values }) => reopenAccount(asked, account, values),
    }),
    button({
      verb: 'accounts.sync',
      roles: SELLERS,
      input: z.object(values),
      run: (asked, { account, ...values }) => startSync(asked, account, values),
    }),
    button({
      verb: 'accounts.credentials',
      roles: CHANGERS,
      input: z.object({ account, email: typed }),
      run: (asked, { account, email }) => submitCredentials(asked, account, email),
    }),
  ],
  work: [
    {
      name: SYNC,
      retries: 5,
      concurrency: 2,
      handle: (working, data, lastTry) => workOnSync(working, data as SyncWish, lastTry),
    },
    {
      name: CREDENTIALS,
      retries: 5,
      concurrency: 2,
      handle: (working, data, lastTry) => workOnCredentials(working, data as CredentialsWish, lastTry),
    },
  ],
  tracks: { accounts: accountMessage, credentials: credentialsMessage },
};
