import { type Ctx, record, refreshSoon, type Working } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { inTransaction } from '../../db/index.ts';
import type { Answer } from '../../providers/index.ts';
import { sendLetter } from '../letters/send.ts';
import { postTo } from '../notices/notify.ts';
import { accountState } from './replies.ts';
import { accountTrack, parseTrack, roleOf } from './rules.ts';
import { type Accountable, loadAccount, loadAccountable, lockEnabled, saveAccount } from './store.ts';
import { SYNC } from './sync.ts';

export type SyncWish = {
  readonly organizationId: number;
  readonly offeringId: number;
  /** When it was asked for: what tells one attempt from another. */
  readonly at: string;
  readonly place: Place;
};
type Made = { readonly account: string; readonly password?: string };

const EVERYTHING = { kind: 'all' } as const;

/** Has the provider make the account. The same attempt is the same request, however often it is taken up. */
export async function workOnSync(working: Working, wish: SyncWish, lastTry: boolean): Promise<void> {
  const of = await loadAccountable(working.db, EVERYTHING, wish.organizationId, wish.offeringId);
  if (of === undefined || !isFor(of, wish)) return;
  try {
    const answer = await ask(working, of, wish);
    if (answer.kind === 'pending') {
      const after = new Date(working.clock().getTime() + answer.afterMs);
      return await working.jobs.enqueue(working.db, SYNC, wish, { after });
    }
    await settle(working, of, wish, answer);
  } catch (fault) {
    if (lastTry) {
      await settle(working, of, wish, { kind: 'refused', reason: 'The provider can’t be reached.' });
    }
    throw fault;
  }
}

const isFor = ({ state, requestedAt }: Accountable, { at }: SyncWish): boolean =>
  state === 'synchronizing' && requestedAt?.toISOString() === at;

async function ask(working: Working, of: Accountable, { at }: SyncWish): Promise<Answer<Made>> {
  const parent =
    of.parentKind === 'reseller' && of.parentId !== null
      ? await loadAccount(working.db, of.parentId, of.offeringId)
      : undefined;
  const parentAccount = of.kind === 'customer' ? (parent?.account ?? undefined) : undefined;
  return working.providers(of.provider).createAccount(`account-${of.id}-${of.offeringId}-${at}`, {
    role: roleOf(of.kind),
    userName: of.userName ?? '',
    company: of.name,
    ...(parentAccount !== undefined && { parentAccount }),
  });
}

type Settled = Exclude<Answer<Made>, { kind: 'pending' }>;

function settle(working: Working, before: Accountable, wish: SyncWish, answer: Settled): Promise<void> {
  return inTransaction(working, async (inside) => {
    const ctx = { ...inside, now: working.clock() };
    await lockEnabled(ctx.db, before.id, before.offeringId);
    const of = await loadAccountable(ctx.db, EVERYTHING, before.id, before.offeringId);
    if (of === undefined || !isFor(of, wish)) return;
    const detail = answer.kind === 'done' ? await synchronized(ctx, of, wish, answer.value) : undefined;
    if (answer.kind === 'refused') await failed(ctx, of, answer.reason);
    const now = await loadAccountable(ctx.db, EVERYTHING, of.id, of.offeringId);
    const { track: _, ...reply }: Reply = accountState(now ?? of, undefined, detail);
    await refreshSoon(ctx, accountTrack(of.id, of.offeringId), 'the last');
    await postTo(ctx, {
      kind: 'accounts',
      key: `account-${of.id}-${of.offeringId}-${wish.at}`,
      place: wish.place,
      reply,
    });
  });
}

async function synchronized(ctx: Ctx, of: Accountable, wish: SyncWish, made: Made): Promise<string> {
  const role = roleOf(of.kind);
  const userName = of.userName ?? '';
  await saveAccount(ctx.db, {
    organizationId: of.id,
    offeringId: of.offeringId,
    role,
    userName,
    state: 'synchronized',
    account: made.account,
    requestedAt: of.requestedAt ?? ctx.now,
    synchronizedAt: ctx.now,
  });
  await record(ctx, {
    organizationId: of.id,
    orderId: null,
    kind: 'sync',
    summary: `Synchronized ${of.name} with ${of.offering} as ${userName}`,
    after: { offering: of.offering, userName, role, account: made.account },
  });
  if (made.password === undefined) return 'The account was there already, with the password it has.';
  const sent = await sendLetter(ctx, {
    template: role === 'Reseller' ? 'welcome reseller' : 'welcome customer',
    to: userName,
    values: {
      firstName: of.firstName ?? '',
      lastName: of.lastName ?? '',
      company: of.name,
      userName,
      password: made.password,
      portalUrl: of.portalUrl ?? '',
      offering: of.offering,
    },
    key: `account-${of.id}-${of.offeringId}-${wish.at}`,
    secret: true,
  });
  return sent === 'queued'
    ? `The account is there. An activation e-mail with the credentials goes to ${userName}.`
    : 'The account is there. No mail server is set (SMTP_URL), so no e-mail with the credentials went out.';
}

async function failed(ctx: Ctx, of: Accountable, reason: string): Promise<void> {
  await saveAccount(ctx.db, {
    organizationId: of.id,
    offeringId: of.offeringId,
    role: roleOf(of.kind),
    userName: of.userName ?? '',
    state: of.account === null ? 'failed' : 'synchronized',
    account: of.account,
    error: reason,
    requestedAt: of.requestedAt ?? ctx.now,
    synchronizedAt: of.synchronizedAt,
  });
  await record(ctx, {
    organizationId: of.id,
    orderId: null,
    kind: 'sync',
    summary: `${of.offering} did not synchronize ${of.name}: ${reason}`,
    after: { offering: of.offering, error: reason },
  });
}

/** The message that is kept up to date while the account is made. */
export async function accountMessage(ctx: Ctx, id: string): Promise<Reply | undefined> {
  const { organizationId, offeringId } = parseTrack(id);
  const of = await loadAccountable(ctx.db, EVERYTHING, organizationId, offeringId);
  return of === undefined || of.state === null ? undefined : accountState(of);
}
