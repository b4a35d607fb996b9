import { type Asked, scopeOf } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { withOrganization } from '../../organizations/details.ts';
import { missingForOrdering } from '../../organizations/rules.ts';
import { loadEnabled } from '../store.ts';
import { usualOrganization } from './named.ts';
import { offeringList } from './replies.ts';
import { loadOfferings, loadParent } from './store.ts';

/** `offerings contoso`: what it has, and what it can have. */
export async function listOfferings(asked: Asked, words: readonly string[]): Promise<Reply> {
  const { db, member } = asked;
  const name = words.length === 0 ? await usualOrganization(asked) : words.join(' ');
  return withOrganization(asked, name, 'offerings', async (of) => {
    const has = await loadEnabled(db, of.id);
    const parent = await loadParent(db, of.id);
    const inStore = parent === undefined ? undefined : await loadEnabled(db, parent.id);
    const names = inStore ?? (await loadOfferings(db));
    const own = member.organization;
    const seesParent = parent !== undefined && (scopeOf(own).kind === 'all' || parent.id === own.id);
    const reply = offeringList({
      organization: of.name,
      isCustomer: of.kind === 'customer',
      isOwn: of.id === own.id,
      has,
      canHave: names.filter(({ id }) => !has.some((one) => one.id === id)).map((one) => one.name),
      missing: of.kind === 'customer' ? missingForOrdering(of) : [],
      store: seesParent ? parent.name : undefined,
    });
    return of.kind === 'customer' ? { ...reply, about: of.id } : reply;
  });
}
