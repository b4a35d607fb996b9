import { type Ctx, record, refreshSoon, type Working } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { inTransaction } from '../../db/index.ts';
import type { Answer, Credentials } from '../../providers/index.ts';
import { sendLetter } from '../letters/send.ts';
import { postTo } from '../notices/notify.ts';
import { CREDENTIALS } from './credentials.ts';
import { administrator, askedLater, credentialsFailed, credentialsOpen } from './replies.ts';
import { credentialsTrack, parseTrack } from './rules.ts';
import { loadTenant, lockEnabled, removeWish, saveAdministrator, type Tenant } from './store.ts';

export type CredentialsWish = {
  readonly organizationId: number;
  readonly offeringId: number;
  /** When it was asked for: what tells one attempt from another. */
  readonly at: string;
  readonly place: Place;
};

const EVERYTHING = { kind: 'all' } as const;
const isFor = ({ userName, requestedAt }: Tenant, { at }: CredentialsWish): boolean =>
  userName === null && requestedAt?.toISOString() === at;
const keyOf = ({ id, offeringId }: Tenant, { at }: CredentialsWish): string =>
  `credentials-${id}-${offeringId}-${at}`;

/** Asks the provider for the credentials. The password is in the provider's answer and in the letter, nowhere else. */
export async function workOnCredentials(
  working: Working,
  wish: CredentialsWish,
  lastTry: boolean,
): Promise<void> {
  const tenant = await loadTenant(working.db, EVERYTHING, wish.organizationId, wish.offeringId);
  if (tenant === undefined || !isFor(tenant, wish)) return;
  try {
    const provider = working.providers(tenant.provider);
    const answer = await provider.adminCredentials(keyOf(tenant, wish), tenant.domain);
    if (answer.kind === 'pending') {
      const after = new Date(working.clock().getTime() + answer.afterMs);
      return await working.jobs.enqueue(working.db, CREDENTIALS, wish, { after });
    }
    await settle(working, tenant, wish, answer);
  } catch (fault) {
    if (lastTry) await goOnLater(working, tenant, wish);
    throw fault;
  }
}

const PAUSE_MS = 10 * 60 * 1000;

/**
 * What became of the request is not known, and the password may have been given out to it: it is never replaced by
 * another one, which would not get it any more.
 */
function goOnLater(working: Working, tenant: Tenant, wish: CredentialsWish): Promise<void> {
  return inTransaction(working, async (inside) => {
    const now = working.clock();
    await inside.jobs.enqueue(inside.db, CREDENTIALS, wish, { after: new Date(now.getTime() + PAUSE_MS) });
    const key = `${keyOf(tenant, wish)} later`;
    await postTo({ ...inside, now }, { kind: 'accounts', key, place: wish.place, reply: askedLater(tenant) });
  });
}

type Settled = Exclude<Answer<Credentials>, { kind: 'pending' }>;

function settle(working: Working, before: Tenant, wish: CredentialsWish, answer: Settled): Promise<void> {
  return inTransaction(working, async (inside) => {
    const ctx = { ...inside, now: working.clock() };
    await lockEnabled(ctx.db, before.id, before.offeringId);
    const tenant = await loadTenant(ctx.db, EVERYTHING, before.id, before.offeringId);
    if (tenant === undefined || !isFor(tenant, wish)) return;
    const reply =
      answer.kind === 'done'
        ? await given(ctx, tenant, wish, answer.value)
        : await refused(ctx, tenant, answer.reason);
    await refreshSoon(ctx, credentialsTrack(tenant.id, tenant.offeringId), 'the last');
    await postTo(ctx, { kind: 'accounts', key: keyOf(tenant, wish), place: wish.place, reply });
  });
}

async function given(
  ctx: Ctx,
  tenant: Tenant,
  wish: CredentialsWish,
  { userName, password }: Credentials,
): Promise<Reply> {
  const to = tenant.sentTo ?? '';
  const sent =
    password === undefined
      ? 'nothing to send'
      : await sendLetter(ctx, {
          template: 'admin credentials',
          to,
          values: {
            firstName: '',
            lastName: '',
            company: tenant.name,
            userName,
            password,
            domain: tenant.domain,
            portalUrl: tenant.portalUrl ?? '',
            offering: tenant.offering,
          },
          key: keyOf(tenant, wish),
          secret: true,
        });
  // The same request gets the same answer: once mail is set again, it can still be sent.
  if (sent === 'no mail') throw new Error('Letters can’t be sent any more.');
  const of = { organizationId: tenant.id, offeringId: tenant.offeringId };
  const sentTo = sent === 'queued' ? to : '';
  await saveAdministrator(ctx.db, of, { userName, sentTo });
  await record(ctx, {
    organizationId: tenant.id,
    orderId: null,
    kind: 'credentials',
    summary:
      sent === 'queued'
        ? `Sent the admin credentials of ${tenant.domain}`
        : `The admin credentials of ${tenant.domain} had been given out before`,
    after: { domain: tenant.domain, userName },
  });
  return administrator({ ...tenant, userName, sentTo }, false);
}

async function refused(ctx: Ctx, tenant: Tenant, reason: string): Promise<Reply> {
  await removeWish(ctx.db, { organizationId: tenant.id, offeringId: tenant.offeringId });
  await record(ctx, {
    organizationId: tenant.id,
    orderId: null,
    kind: 'credentials',
    summary: `${tenant.offering} did not give the admin credentials of ${tenant.domain}: ${reason}`,
    after: { domain: tenant.domain, error: reason },
  });
  return credentialsFailed(tenant, reason);
}

/** The message that is kept up to date while the provider is asked. Who reads it is not known, so it names no address. */
export async function credentialsMessage(ctx: Ctx, id: string): Promise<Reply | undefined> {
  const { organizationId, offeringId } = parseTrack(id);
  const tenant = await loadTenant(ctx.db, EVERYTHING, organizationId, offeringId);
  if (tenant === undefined) return undefined;
  return tenant.requestedAt === null ? credentialsOpen(tenant) : administrator(tenant, false);
}
