// What answers do: in our books, at the vendor afterwards, or as an order that is begun.
import { type Asked, record } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { tellSoon } from '../../assignments/soon.ts';
import { ensureUsers, giveUnits, lockServices, takeAll, takeBack } from '../../associations/units.ts';
import { adoptStatus, adoptUnits } from '../../execution/adopt.ts';
import { beginChange } from '../../ordering/changes/change.ts';
import { lockAliases, saveAlias } from '../aliases/store.ts';
import type { FindingAnswer } from '../rules.ts';
import { loadProvider } from '../store.ts';
import { type Case, loadCase } from './case.ts';
import { inHistory, noSuchFinding, notDone, oneFinding } from './replies.ts';
import { hasMoreHere, hasMoreThere } from './rules.ts';
import { doneOf, type Named } from './sentences.ts';
import { closeSubscription, loadHolders, mapSubscription } from './store.ts';
import type { Proposal } from './types.ts';

/** What came of an answer. Without one nothing was done, and the reply says why. */
export type Effect =
  | {
      readonly answer: FindingAnswer;
      readonly note: string;
      /** The order that was begun. */
      readonly order?: number;
      readonly reply?: Reply;
    }
  | { readonly answer?: undefined; readonly reply: Reply };

type Of<H extends Proposal['how']> = Extract<Proposal, { how: H }>;

/** Carries out what was chosen; what it rests on is locked. `named` is the service that it is about. */
export function carryOut(asked: Asked, kase: Case, proposal: Proposal, named: Named): Promise<Effect> {
  switch (proposal.how) {
    case 'adopt':
      return adopt(asked, kase, proposal, named);
    case 'order':
      return order(asked, kase, proposal, named);
    case 'release':
      return begin(asked, proposal, named, { kind: 'decrease', by: proposal.by, answer: 'released' });
    case 'takeover':
      return takeOver(asked, kase, proposal, named);
    case 'tell':
      return tell(asked, kase, proposal, named);
    case 'close':
      return close(asked, kase, proposal, named);
    case 'map':
      return map(asked, kase, proposal, named);
    case 'same':
      return same(asked, kase, proposal, named);
    case 'leave':
      return leave(asked, kase, proposal, named);
  }
}

/** A change of our books that needs all this to be known; it is, where it was proposed. */
function subjectOf({ standing, finding }: Case) {
  const { serviceId, subscriptionId, units, productId, sku } = standing;
  const { organizationId } = finding;
  if (serviceId === null || subscriptionId === null || units === null || organizationId === null)
    throw new Error(`Finding ${finding.id} is about no service.`);
  return { serviceId, subscriptionId, units, organizationId, productId, sku };
}

async function adopt(asked: Asked, kase: Case, proposal: Of<'adopt'>, named: Named): Promise<Effect> {
  const { units } = proposal;
  const status = 'status' in proposal ? proposal.status : undefined;
  await takeAsThere(asked, kase, { units, status });
  return remember(asked, kase, doneOf(proposal, named, {}), {
    answer: 'accepted',
    before: { units: kase.standing.units, status: kase.standing.status },
    after: { ...(units !== undefined && { units }), ...(status !== undefined && { status }) },
  });
}

type Adopting = {
  readonly units?: number | undefined;
  readonly status?: 'active' | 'suspended' | undefined;
};

async function takeAsThere({ db }: Asked, kase: Case, { units, status }: Adopting): Promise<void> {
  const { serviceId, subscriptionId, units: before } = subjectOf(kase);
  if (status !== undefined) await adoptStatus(db, subscriptionId, status);
  if (units === undefined) return;
  const addedAt = kase.finding.foundAt;
  if (!(await adoptUnits(db, { subscriptionId, serviceId, before, units, addedAt })))
    throw new Error(`The units of finding ${kase.finding.id} changed under a lock.`);
}

async function order(asked: Asked, kase: Case, proposal: Of<'order'>, named: Named): Promise<Effect> {
  const adopting = 'status' in proposal ? { status: proposal.status } : { units: proposal.units };
  const adopts = 'status' in proposal || proposal.units !== undefined;
  if (adopts) {
    await takeAsThere(asked, kase, adopting);
    const first: Proposal =
      'status' in proposal
        ? { how: 'adopt', status: proposal.status }
        : { how: 'adopt', units: proposal.units ?? 0, before: kase.standing.units ?? 0 };
    await remember(asked, kase, doneOf(first, named, {}), {
      answer: 'ordered',
      before: { units: kase.standing.units, status: kase.standing.status },
      after: adopting,
    });
  }
  const by = 'by' in proposal ? proposal.by : undefined;
  const effect = await begin(asked, proposal, named, { kind: proposal.change, by, answer: 'ordered' });
  if (adopts && effect.answer === undefined)
    throw new Error(`No order could be begun for finding ${kase.finding.id}.`);
  return effect;
}

type Beginning = {
  readonly kind: 'increase' | 'decrease' | 'suspend' | 'resume';
  readonly by: number | undefined;
  readonly answer: FindingAnswer;
};

async function begin(
  asked: Asked,
  proposal: Proposal,
  named: Named,
  { kind, by, answer }: Beginning,
): Promise<Effect> {
  const quantity = by === undefined ? {} : { quantity: by };
  const { reply, order: begun } = await beginChange(asked, kind, { service: named.ref, ...quantity });
  if (begun === undefined) return { reply };
  const note = doneOf(proposal, named, { order: begun.number });
  return { answer, note, order: begun.id, reply: { ...reply, text: `${note}.\n${reply.text}` } };
}

async function takeOver(asked: Asked, kase: Case, proposal: Of<'takeover'>, named: Named): Promise<Effect> {
  const { db } = asked;
  const { serviceId, organizationId } = subjectOf(kase);
  const less = kase.differing.filter(hasMoreHere);
  const more = kase.differing.filter(hasMoreThere);
  const taken = await takeBack(
    db,
    serviceId,
    less.map(({ user, here, there }) => ({ user, units: here - there, held: here })),
    {},
  );
  const users = more.map(({ user }) => user);
  const { ids } = await ensureUsers(db, organizationId, users);
  const wanted = more.map(({ user, here, there }) => ({ user, units: there - here }));
  const given =
    wanted.length === 0
      ? { refused: [] }
      : await giveUnits(
          db,
          {
            serviceId,
            organizationId,
            maxPerUser: kase.standing.maxPerUser,
            from: 'free',
            ids,
            quietly: true,
          },
          wanted,
        );
  if (taken.size !== less.length || given === 'too few units' || given.refused.length > 0)
    throw new Error(`The units of finding ${kase.finding.id} changed under a lock.`);
  await tellSoon(asked, [serviceId]);
  return remember(asked, kase, doneOf(proposal, named, {}), {
    answer: 'accepted',
    before: { users: kase.differing.map(({ user, here }) => ({ user, units: here })) },
    after: { users: kase.differing.map(({ user, there }) => ({ user, units: there })) },
  });
}

/** It is asked again where the vendor does not do it. */
async function tell(asked: Asked, kase: Case, proposal: Of<'tell'>, named: Named): Promise<Effect> {
  await tellSoon(asked, [subjectOf(kase).serviceId]);
  return remember(asked, kase, doneOf(proposal, named, {}), { answer: 'ordered' });
}

async function close(asked: Asked, kase: Case, proposal: Of<'close'>, named: Named): Promise<Effect> {
  const { serviceId, subscriptionId } = subjectOf(kase);
  const users = await takeAll(asked.db, serviceId, await loadHolders(asked.db, serviceId));
  await closeSubscription(asked.db, serviceId, subscriptionId);
  return remember(asked, kase, doneOf(proposal, named, {}), {
    answer: 'accepted',
    before: { units: proposal.units, status: kase.standing.status, users },
    after: { units: 0, status: 'cancelled', users: [] },
  });
}

async function map(asked: Asked, kase: Case, proposal: Of<'map'>, named: Named): Promise<Effect> {
  const { subscription } = kase.finding;
  const candidate = kase.candidates.find(({ ref }) => ref === named.ref);
  if (candidate !== undefined) await lockServices(asked.db, [candidate.serviceId]);
  if (candidate === undefined || !(await mapSubscription(asked.db, candidate, subscription)))
    throw new Error(`${named.ref} can’t stand for finding ${kase.finding.id}.`);
  return remember(asked, kase, doneOf(proposal, named, {}), {
    answer: 'accepted',
    after: { subscription: named.ref, vendor: subscription },
    about: { organizationId: candidate.organizationId, orderId: candidate.orderId },
  });
}

async function same(asked: Asked, kase: Case, proposal: Of<'same'>, named: Named): Promise<Effect> {
  const { productId } = subjectOf(kase);
  if (productId === null) throw new Error(`Finding ${kase.finding.id} is about no product.`);
  const { provider } = kase.finding;
  const alias = { provider, sku: proposal.sku, product: productId };
  await lockAliases(asked.db);
  // Somebody else may have said meanwhile which product it is.
  if (!(await saveAlias(asked.db, { ...alias, by: asked.actor.name, at: asked.now }))) {
    const now = await loadCase(asked, kase.finding.id, 'look');
    return {
      reply:
        now === undefined ? noSuchFinding(String(kase.finding.id)) : oneFinding(now, notDone('open', now)),
    };
  }
  return remember(asked, kase, doneOf(proposal, named, {}), { answer: 'accepted', after: alias });
}

const leave = (asked: Asked, kase: Case, proposal: Of<'leave'>, named: Named): Promise<Effect> =>
  remember(asked, kase, doneOf(proposal, named, {}), { answer: 'accepted' });

type Remembering = {
  readonly answer: FindingAnswer;
  readonly before?: object;
  readonly after?: object;
  readonly about?: { readonly organizationId: number; readonly orderId: number };
};

/** Writes down what was done, where the history of the order has it. */
export async function remember(
  asked: Asked,
  { finding }: Case,
  note: string,
  { answer, before, after, about }: Remembering,
): Promise<{ readonly answer: FindingAnswer; readonly note: string }> {
  const organizationId =
    about?.organizationId ?? finding.organizationId ?? (await loadProvider(asked.db))?.id;
  await record(asked, {
    organizationId: organizationId ?? asked.member.organization.id,
    orderId: about?.orderId ?? finding.orderId,
    kind: 'finding',
    summary: inHistory(finding, note),
    ...(before && { before }),
    after: { finding: finding.id, answer, ...after },
  });
  return { answer, note };
}
