// `sync`: who has an account with the provider of an offering, and having one made.
import { type Asked, newOnce, PAGE_SIZE, pageOf, placeOfAnswer, record, scopeOf } from '../../bot/index.ts';
import { parseEmail } from '../../chat/email.ts';
import type { Reply } from '../../chat/reply.ts';
import { type Split, splitNames } from '../catalog/enabling/rules.ts';
import { matching, suggestions } from '../organizations/rules.ts';
import {
  accountForm,
  accountList,
  accountState,
  chooseOrganization,
  confirmAccount,
  noMail,
  noSuchAccount,
  otherAccount,
  parentFirst,
  whichAccount,
} from './replies.ts';
import { checkSync, type Expected, roleOf, type SyncErrors, type SyncValues } from './rules.ts';
import {
  type Accountable,
  loadAccount,
  loadAccountable,
  loadAccountables,
  loadAddresses,
  lockEnabled,
  saveAccount,
} from './store.ts';

export const SYNC = 'accounts.sync';

const keyOf = ({ id, offeringId }: Accountable): string => `${id}-${offeringId}`;

/** `sync contoso "azure pack" carla@contoso.example`; without a name, how everybody's account stands. */
export async function sync(asked: Asked, words: readonly string[]): Promise<Reply> {
  const all = await loadAccountables(asked.db, scopeOf(asked.member.organization));
  if (words.length === 0) return listPage(all, 1);
  const userName = words.find((word) => parseEmail(word) !== undefined);
  const names = [...new Map(all.map(({ id, name }) => [id, { id, name }])).values()];
  const { organization, offerings } = meant(
    words.filter((word) => word !== userName),
    offeringsOf(all),
    names,
  );
  const ofThem = all.filter(({ id }) => matching(organization, names).some((one) => one.id === id));
  const named = ofThem.filter(({ offeringId }) => offerings.some(({ id }) => id === offeringId));
  const [only, ...others] = named;
  if (ofThem.length === 0) return noSuchAccount(organization, suggestions(organization, names));
  if (only === undefined || others.length > 0) return whichAccount(only === undefined ? ofThem : named);
  if (userName === undefined) return openForm(asked, only);
  return save(asked, only, { ...(await usualValues(asked, only)), userName });
}

const offeringsOf = (all: readonly Accountable[]) => [
  ...new Map(all.map(({ offeringId: id, offering: name }) => [id, { id, name }])).values(),
];

/** Words that name an organization are for it; else some of them name an offering. */
function meant<T extends { readonly name: string }>(
  words: readonly string[],
  offerings: readonly T[],
  names: readonly { readonly name: string }[],
): Split<T> {
  const whole = { offerings, organization: words.join(' ') };
  const splits = [whole, ...splitNames(words, offerings)];
  return splits.find(({ organization }) => matching(organization, names).length > 0) ?? splits[1] ?? whole;
}

export async function showAccounts(asked: Asked, page: number): Promise<Reply> {
  const all = await loadAccountables(asked.db, scopeOf(asked.member.organization));
  return { ...listPage(all, page), position: 'instead' };
}

function listPage(all: readonly Accountable[], page: number): Reply {
  const paging = pageOf(page, all.length);
  const shown = all.slice((paging.page - 1) * PAGE_SIZE, paging.page * PAGE_SIZE);
  return accountList({
    ...paging,
    accounts: shown.map((one) => ({
      key: keyOf(one),
      organization: one.name,
      offering: one.offering,
      role: roleOf(one.kind),
      state: one.state ?? 'not synchronized',
      userName: one.userName ?? undefined,
      synchronizedAt: one.synchronizedAt?.toISOString(),
      error: one.error ?? undefined,
    })),
  });
}

/** Runs `run` with the account that a button names, if it is one of those that this person may see. */
async function inAccount(
  asked: Asked,
  key: string,
  run: (account: Accountable) => Promise<Reply> | Reply,
): Promise<Reply> {
  if (key === '') return chooseOrganization();
  const [organizationId = 0, offeringId = 0] = key.split('-').map(Number);
  const isKey = /^\d{1,9}-\d{1,9}$/.test(key);
  const account = isKey
    ? await loadAccountable(asked.db, scopeOf(asked.member.organization), organizationId, offeringId)
    : undefined;
  const reply = account === undefined ? noSuchAccount('', []) : await run(account);
  return { ...reply, position: 'instead' };
}

export const openAccount = (asked: Asked, key: string): Promise<Reply> =>
  inAccount(asked, key, (account) => openForm(asked, account));

/** The reseller whose account has to be there first; nothing of a reseller, and of a customer of the provider. */
async function parentOf(asked: Asked, of: Accountable) {
  if (of.kind !== 'customer' || of.parentKind !== 'reseller' || of.parentId === null) return undefined;
  const account = await loadAccount(asked.db, of.parentId, of.offeringId);
  const isThere = account?.state === 'synchronized' && account.account !== null;
  return { name: of.parent ?? '', account: isThere ? (account.account ?? undefined) : undefined };
}

/** What there is to be said instead of asking the provider. A new account has a password, which only a letter gives out. */
function told(
  asked: Asked,
  of: Accountable,
  parent: Awaited<ReturnType<typeof parentOf>>,
): Reply | undefined {
  if (of.state === 'synchronizing') return accountState(of);
  if (of.account === null && !asked.settings.mail) return noMail(of.name);
  return parent !== undefined && parent.account === undefined ? parentFirst(of, parent.name) : undefined;
}

async function usualValues(asked: Asked, of: Accountable): Promise<SyncValues> {
  const [first = ''] = await loadAddresses(asked.db, of.id);
  const parent = await parentOf(asked, of);
  return { parent: parent?.account ?? '', userName: of.userName ?? first, role: roleOf(of.kind) };
}

async function openForm(
  asked: Asked,
  of: Accountable,
  values?: SyncValues,
  errors?: SyncErrors,
): Promise<Reply> {
  const parent = await parentOf(asked, of);
  const instead = told(asked, of, parent);
  if (instead !== undefined) return instead;
  return accountForm({
    organization: of.name,
    offering: of.offering,
    account: keyOf(of),
    state: of.state ?? 'not synchronized',
    portalAccount: of.account ?? undefined,
    synchronizedAt: of.synchronizedAt?.toISOString(),
    error: of.error ?? undefined,
    parentName: parent?.name,
    values: values ?? (await usualValues(asked, of)),
    errors,
    once: newOnce(),
  });
}

/** The form again, as it was filled in. */
export const reopenAccount = (asked: Asked, key: string, values: SyncValues): Promise<Reply> =>
  inAccount(asked, key, (account) => openForm(asked, account, values));

/** Save & Synchronize: what will be done, to be confirmed. */
export const saveSync = (asked: Asked, key: string, values: SyncValues): Promise<Reply> =>
  inAccount(asked, key, (account) => save(asked, account, values));

async function save(asked: Asked, of: Accountable, values: SyncValues): Promise<Reply> {
  return checked(asked, of, values, async (userName) =>
    confirmAccount({
      organization: of.name,
      offering: of.offering,
      account: keyOf(of),
      parent: values.parent.trim(),
      userName,
      role: roleOf(of.kind),
      once: newOnce(),
    }),
  );
}

async function checked(
  asked: Asked,
  of: Accountable,
  values: SyncValues,
  run: (userName: string) => Promise<Reply>,
): Promise<Reply> {
  const parent = await parentOf(asked, of);
  const instead = told(asked, of, parent);
  if (instead !== undefined) return instead;
  const expected: Expected = {
    name: of.name,
    kind: of.kind,
    parent: parent && { name: parent.name, account: parent.account ?? '' },
    addresses: await loadAddresses(asked.db, of.id, values.userName.trim().toLowerCase()),
  };
  const result = checkSync(values, expected);
  if ('userName' in result && of.account !== null && of.userName !== result.userName) {
    return openForm(asked, of, values, { userName: otherAccount(of.name, of.userName ?? '') });
  }
  return 'errors' in result ? openForm(asked, of, values, result.errors) : run(result.userName);
}

/** Confirmed: the account is asked for in the background. */
export function startSync(asked: Asked, key: string, values: SyncValues): Promise<Reply> {
  return inAccount(asked, key, async (before) => {
    await lockEnabled(asked.db, before.id, before.offeringId);
    const scope = scopeOf(asked.member.organization);
    const of = (await loadAccountable(asked.db, scope, before.id, before.offeringId)) ?? before;
    return checked(asked, of, values, async (userName) => {
      await saveAccount(asked.db, {
        organizationId: of.id,
        offeringId: of.offeringId,
        role: roleOf(of.kind),
        userName,
        state: 'synchronizing',
        account: of.account,
        requestedAt: asked.now,
      });
      await record(asked, {
        organizationId: of.id,
        orderId: null,
        kind: 'sync',
        summary: `Began to synchronize ${of.name} with ${of.offering} as ${userName}`,
        after: { offering: of.offering, userName, role: roleOf(of.kind) },
      });
      const { id: organizationId, offeringId } = of;
      const data = { organizationId, offeringId, at: asked.now.toISOString(), place: placeOfAnswer(asked) };
      await asked.jobs.enqueue(asked.db, SYNC, data);
      const now = await loadAccountable(asked.db, scope, organizationId, offeringId);
      return accountState(now ?? of, asked.now.getTime());
    });
  });
}
