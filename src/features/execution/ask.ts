import type { Working } from '../../bot/index.ts';
import type { Db } from '../../db/index.ts';
import type { Answer, Provider } from '../../providers/index.ts';
import { accountOf } from '../accounts/accounts.ts';
import { tellNow } from '../assignments/state.ts';
import { NO_EMAIL, NOT_LINKED } from './replies.ts';
import { keyOf, type Step } from './rules.ts';
import { loadSteps } from './steps/store.ts';
import type { Line } from './store.ts';
import { type World, withUserName } from './world.ts';

/** What came of a step at the vendor. A step in our own books comes to nothing there. */
export type Came = {
  readonly account?: string;
  readonly userName?: string;
  readonly password?: string;
  readonly adminUserName?: string;
  readonly subscription?: string;
  readonly coAdministrator?: string;
};

const NOTHING: Answer<Came> = { kind: 'done', value: {} };
const refused = (reason: string): Answer<Came> => ({ kind: 'refused', reason });

/** Asks the provider for what a step needs, outside of any transaction; the key makes asking twice asking once. */
export async function askProvider(working: Working, world: World, step: Step): Promise<Answer<Came>> {
  const line = world.lines.find(({ id }) => id === step.input.change);
  const name = line?.provider ?? world.order.provider;
  if (name === null) return NOTHING;
  const provider = working.providers(name);
  const key = keyOf(world.order.id, step);
  switch (step.kind) {
    case 'tenant':
      return askTenant(provider, key, world);
    case 'reseller account':
      return askReseller(provider, key, world, step);
    case 'customer account':
      return askCustomer(working.db, provider, key, world, step);
    case 'subscription':
      return line === undefined ? NOTHING : askSubscription(working.db, provider, key, world, line);
    case 'quantity':
      return line === undefined ? NOTHING : askQuantity(working, provider, key, line, step.input.target ?? 0);
    case 'status':
      return line?.provider_subscription == null
        ? refused(NOT_LINKED)
        : provider.setStatus(
            key,
            line.provider_subscription,
            line.kind === 'suspend' ? 'suspended' : 'active',
          );
    case 'letter':
      // Without mail nobody could be given it: it is asked for when the letter can go out.
      return world.machines && working.settings.mail ? askPassword(working.db, provider, world) : NOTHING;
    case 'books':
    case 'invoice':
      return NOTHING;
  }
}

/** Units that are free with us have to be free with the vendor before they can go. */
async function askQuantity(
  working: Working,
  provider: Provider,
  key: string,
  line: Line,
  target: number,
): Promise<Answer<Came>> {
  if (line.provider_subscription === null) return refused(NOT_LINKED);
  const { service_id: service } = line;
  const afterMs = service === null ? undefined : await tellNow(working, service);
  if (afterMs !== undefined) return { kind: 'pending', afterMs };
  return provider.setQuantity(key, line.provider_subscription, target);
}

async function askTenant(provider: Provider, key: string, { order, person }: World): Promise<Answer<Came>> {
  if (person.email === '') return refused(NO_EMAIL);
  return provider.createTenant(key, {
    domain: order.domain ?? '',
    company: order.customer,
    contactEmail: person.email,
    isMigration: order.is_migration ?? false,
  });
}

async function askReseller(
  provider: Provider,
  key: string,
  { reseller }: World,
  { input: { userName } }: Step,
): Promise<Answer<Came>> {
  if (reseller === undefined || userName === undefined) return refused(NO_EMAIL);
  const wish = { role: 'Reseller', userName, company: reseller.name } as const;
  return cameFor(userName, await provider.createAccount(key, wish));
}

async function askCustomer(
  db: Db,
  provider: Provider,
  key: string,
  { order, owner, reseller }: World,
  { input: { userName } }: Step,
): Promise<Answer<Came>> {
  if (userName === undefined) return refused(NO_EMAIL);
  const parent =
    reseller === undefined || order.offering_id === null
      ? undefined
      : await accountOf(db, reseller.id, order.offering_id);
  const answer = await provider.createAccount(key, {
    role: 'User',
    userName,
    company: owner.name,
    ...(parent?.account && { parentAccount: parent.account }),
  });
  return cameFor(userName, answer);
}

/** The password of the customer's new account, which is kept nowhere: the same request gets the same answer. */
async function askPassword(db: Db, provider: Provider, world: World): Promise<Answer<Came>> {
  const steps = await loadSteps(db, world.order.id);
  const made = steps.find(({ kind, state }) => kind === 'customer account' && state === 'done');
  if (made === undefined) return NOTHING;
  return askCustomer(db, provider, keyOf(world.order.id, made), world, withUserName(world, made));
}

const cameFor = (userName: string, answer: Answer<Came>): Answer<Came> =>
  answer.kind === 'done' ? { kind: 'done', value: { ...answer.value, userName } } : answer;

async function askSubscription(
  db: Db,
  provider: Provider,
  key: string,
  { order, owner, reseller, person, machines }: World,
  line: Line,
): Promise<Answer<Came>> {
  if (person.email === '') return refused(NO_EMAIL);
  const accountId = async (id: number | undefined) =>
    id === undefined || order.offering_id === null
      ? undefined
      : ((await accountOf(db, id, order.offering_id))?.account ?? undefined);
  const account = machines ? await accountId(owner.id) : undefined;
  const coAdministrator = machines ? await accountId(reseller?.id) : undefined;
  const answer = await provider.createSubscription(key, {
    sku: line.sku ?? line.product ?? '',
    quantity: line.quantity ?? 1,
    contactEmail: person.email,
    ...(order.needs_domain && order.domain !== null && { domain: order.domain }),
    ...(account !== undefined && { account }),
    ...(coAdministrator !== undefined && { coAdministrator }),
    ...(line.configuration !== null && { configuration: line.configuration }),
  });
  return answer.kind === 'done' && coAdministrator !== undefined
    ? { kind: 'done', value: { ...answer.value, coAdministrator: reseller?.name ?? coAdministrator } }
    : answer;
}
