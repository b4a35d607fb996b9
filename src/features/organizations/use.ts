import { type Asked, type Bound, CHANGERS, record, SELLERS, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { isInScope } from '../../db/index.ts';
import {
  bound,
  channelOfOthers,
  channelOwner,
  mayNotBind,
  notBound,
  onlyChannels,
  ownerDecides,
  unbound,
} from './channels/replies.ts';
import { customerAgain, nowUsing, stillUsing, whichCustomer } from './replies.ts';
import { meantBy } from './rules.ts';
import { bindChannel, type Customer, dropOthers, saveChosenCustomer, unbindChannel } from './store.ts';
import { boundHere, currentCustomer, customerNamed, customersOf } from './view.ts';

/** Who may say for everybody in a channel whose orders are seen there. */
const BINDERS = SELLERS;
const NOBODY = 'nobody';

/**
 * `use contoso`: chooses the customer whose orders this person sees in this conversation.
 * `use contoso here`: the channel belongs to this customer, for everybody. `use nobody here`: to nobody any more.
 */
export async function useCustomer(asked: Asked, words: readonly string[]): Promise<Reply> {
  const forAll = words.length > 1 && words.at(-1)?.toLowerCase() === 'here';
  const name = (forAll ? words.slice(0, -1) : words).join(' ');
  if (forAll) return name.toLowerCase() === NOBODY ? unbind(asked) : bind(asked, name);
  const owner = await boundHere(asked);
  if (owner !== undefined) return inBoundChannel(asked, owner, name);
  if (name === '') return whoIsUsed(asked);
  const named = await customerNamed(asked, name);
  if (named.kind === 'unclear') return named.reply;
  await choose(asked, named.customer);
  return nowUsing(named.customer, may(asked));
}

async function whoIsUsed(asked: Asked): Promise<Reply> {
  const customers = await customersOf(asked);
  const current = await currentCustomer(asked);
  if (current === undefined) return whichCustomer(customers, '');
  return stillUsing(
    current,
    customers.filter(({ id }) => id !== current.id),
  );
}

/** The answer to "Which customer?": the id of one, or what was typed for it; `then` is the command to go on with. */
export async function chooseCustomer(asked: Asked, choice: string, then?: string): Promise<Reply> {
  const owner = await boundHere(asked);
  if (owner !== undefined) return inBoundChannel(asked, owner, 'another');
  const customers = await customersOf(asked);
  const { found, command } = meantBy(choice.trim(), customers, then);
  const [named, ...others] = found;
  if (named === undefined) return customerAgain(customers, command, choice.trim());
  if (others.length > 0) return { ...whichCustomer([named, ...others], command), position: 'instead' };
  await choose(asked, named);
  const reply =
    command === ''
      ? nowUsing(named, may(asked))
      : await asked.again({ ...asked, forCustomer: named.id }, command);
  return { ...reply, position: 'instead' };
}

function choose(asked: Asked, customer: Customer): Promise<void> {
  return saveChosenCustomer(asked.db, asked.place, asked.person, customer.id);
}

const may = (asked: Asked) => ({ mayBind: mayBind(asked), mayOrder: CHANGERS.includes(asked.member.role) });

const mayBind = ({ member, place }: Asked): boolean =>
  place.kind !== 'personal' && BINDERS.includes(member.role);

const sees = ({ db, member }: Asked, { id }: Bound): Promise<boolean> =>
  isInScope(db, scopeOf(member.organization), id);

/** The customer of a channel is nobody's own choice. */
async function inBoundChannel(asked: Asked, owner: Bound, name: string): Promise<Reply> {
  if (!(await sees(asked, owner))) return channelOfOthers();
  const same = name === '' || owner.name.toLowerCase().includes(name.toLowerCase());
  return same ? channelOwner(owner, mayBind(asked)) : ownerDecides(owner, mayBind(asked));
}

async function bind(asked: Asked, name: string): Promise<Reply> {
  if (asked.place.kind === 'personal') return onlyChannels();
  if (!mayBind(asked)) return mayNotBind();
  const owner = await boundHere(asked);
  if (owner !== undefined && !(await sees(asked, owner))) return channelOfOthers();
  const named = await customerNamed(asked, name, (customer) => `use ${customer} here`);
  if (named.kind === 'unclear') return named.reply;
  const { customer } = named;
  if (owner?.id === customer.id) return channelOwner(owner, true);
  await bindChannel(asked.db, asked.place, customer.id, asked.actor.name);
  const dropped = await dropOthers(asked.db, asked.place, customer.id);
  await record(asked, {
    organizationId: customer.id,
    orderId: null,
    kind: 'bind channel',
    summary: `Bound ${channelName(asked)} to ${customer.name}`,
    after: { channel: asked.place.name, customer: customer.name },
  });
  return bound(customer, asked.place.name, dropped);
}

async function unbind(asked: Asked): Promise<Reply> {
  if (asked.place.kind === 'personal') return onlyChannels();
  if (!mayBind(asked)) return mayNotBind();
  const owner = await boundHere(asked);
  if (owner === undefined) return notBound();
  if (!(await sees(asked, owner))) return channelOfOthers();
  await unbindChannel(asked.db, asked.place);
  await record(asked, {
    organizationId: owner.id,
    orderId: null,
    kind: 'unbind channel',
    summary: `${channelName(asked)} belongs to ${owner.name} no more`,
    before: { channel: asked.place.name, customer: owner.name },
  });
  return unbound(owner, asked.place.name);
}

const channelName = ({ place }: Asked): string => place.name || 'a channel';
