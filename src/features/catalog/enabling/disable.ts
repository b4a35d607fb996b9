import { type Asked, record, scopeOf } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { type OrganizationDetails, withOrganization } from '../../organizations/details.ts';
import { loadEnabled } from '../store.ts';
import { usualOrganization } from './enable.ts';
import {
  disabledDone,
  hasItNot,
  noSuchOffering,
  notYoursToEnable,
  stillRuns,
  storeStillNeeded,
  whichToDisable,
} from './replies.ts';
import { splitNames } from './rules.ts';
import {
  countRunning,
  hasOffering,
  loadBelow,
  loadOfferings,
  loadOrdersUnderWay,
  lockOffering,
  type Offering,
  removeEnabled,
} from './store.ts';

/** `disable webex fabrikam`: takes an offering away where nothing of it runs. */
export async function disableOffering(asked: Asked, words: readonly string[]): Promise<Reply> {
  const all = await loadOfferings(asked.db);
  const { offerings, organization } = splitNames(words, all);
  if (words.length > 0 && offerings.length === 0) return noSuchOffering(words.join(' '), all);
  const name = organization === '' ? await usualOrganization(asked) : organization;
  return withOrganization(asked, name, 'offerings', async (of) => {
    const [only, ...others] = offerings;
    if (only !== undefined && others.length === 0) return disable(asked, only, of);
    const has = new Set((await loadEnabled(asked.db, of.id)).map(({ id }) => id));
    const among = words.length === 0 ? all : offerings;
    return whichToDisable(
      of.name,
      among.filter(({ id }) => has.has(id)),
    );
  });
}

async function disable(asked: Asked, offering: Offering, of: OrganizationDetails): Promise<Reply> {
  const { member, db } = asked;
  const may = member.role === 'provider admin' || of.kind === 'customer' || member.organization.id === of.id;
  if (!may) return notYoursToEnable(of.name);
  await lockOffering(db, offering.id);
  if (!(await hasOffering(db, of.id, offering.id))) return hasItNot(of.name, offering);
  const running = await countRunning(db, of.id, offering.id);
  const orders = await loadOrdersUnderWay(db, of.id, offering.id);
  if (running + orders.length > 0) return stillRuns(of, offering, running, orders);
  const below =
    of.kind === 'customer' ? [] : await loadBelow(db, scopeOf(member.organization), of.id, offering.id, true);
  if (below.length > 0)
    return storeStillNeeded(
      of.name,
      offering,
      below.map(({ name }) => name),
    );
  await removeEnabled(db, of.id, offering.id);
  await record(asked, {
    organizationId: of.id,
    orderId: null,
    kind: 'disable',
    summary: `Disabled ${offering.name}`,
    before: { offering: offering.name },
  });
  return disabledDone(of.name, offering);
}
