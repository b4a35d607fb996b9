import { type Asked, record, scopeOf } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { OrganizationDetails } from '../../organizations/details.ts';
import { loadEnabled } from '../store.ts';
import { mayEnable } from './enable.ts';
import { withNamed } from './named.ts';
import {
  disabledDone,
  hasItNot,
  notYoursToEnable,
  stillRuns,
  storeStillNeeded,
  whichToDisable,
} from './replies.ts';
import {
  countRunning,
  hasOffering,
  loadBelow,
  loadOrdersUnderWay,
  lockOffering,
  type Offering,
  removeEnabled,
} from './store.ts';

/** `disable webex fabrikam`: takes an offering away where nothing of it runs. */
export async function disableOffering(asked: Asked, words: readonly string[]): Promise<Reply> {
  return withNamed(asked, words, async (among, of) => {
    const [only, ...others] = among;
    if (only !== undefined && others.length === 0) return disable(asked, only, of);
    const has = new Set((await loadEnabled(asked.db, of.id)).map(({ id }) => id));
    return whichToDisable(
      of.name,
      among.filter(({ id }) => has.has(id)),
    );
  });
}

async function disable(asked: Asked, offering: Offering, of: OrganizationDetails): Promise<Reply> {
  const { member, db } = asked;
  if (!mayEnable(asked, of)) return notYoursToEnable(of.name);
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
