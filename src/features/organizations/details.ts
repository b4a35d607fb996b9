// What other features ask about an organization.
import { type Asked, type Organization, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { noSuchOrganization, organizationCard, whichOrganization } from './replies.ts';
import { matching, mayChange, missingForOrdering, seesMarkupOf } from './rules.ts';
import { loadDetails, loadNamed, loadNamedLike, type OrganizationDetails } from './store.ts';
import { viewerHere } from './view.ts';

export { loadDetails as organizationDetails, type OrganizationDetails } from './store.ts';

/** `organization contoso`; without a name, one's own. */
export async function showOrganization(asked: Asked, words: readonly string[]): Promise<Reply> {
  return withOrganization(asked, words.join(' '), 'organization', (found) => showDetails(asked, found));
}

/** Runs `run` with the organization of this name, or of part of it; or says what is wrong. */
export async function withOrganization(
  asked: Asked,
  name: string,
  command: string,
  run: (found: OrganizationDetails) => Promise<Reply>,
): Promise<Reply> {
  const named = await organizationNamed(asked, name);
  const [only, ...others] = named;
  if (only === undefined) return noSuchOrganization(name);
  if (others.length > 0) return whichOrganization(named, command);
  const details = await loadDetails(asked.db, scopeOf(asked.member.organization), only.id);
  return details === undefined ? noSuchOrganization(name) : run(details);
}

/** There is an organization of this name, or of part of it, that this person may see. */
export const isOrganization = async (asked: Asked, name: string): Promise<boolean> =>
  (await organizationNamed(asked, name)).length > 0;

/** Of these names those that are, or are part of, the name of an organization that this person may see. */
export async function namesAmong(asked: Asked, names: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await loadNamedLike(asked.db, scopeOf(asked.member.organization), names);
  return new Set(names.filter((name) => matching(name, found).length > 0));
}

async function organizationNamed(asked: Asked, name: string): Promise<Organization[]> {
  const own = asked.member.organization;
  return name === '' ? [own] : matching(name, await loadNamed(asked.db, scopeOf(own), name));
}

export async function showDetails(asked: Asked, of: OrganizationDetails): Promise<Reply> {
  const seesMarkup = seesMarkupOf(asked.member, viewerHere(asked).seesMarkup, of);
  const reply = organizationCard({
    details: of,
    markupBp: seesMarkup ? of.markupBp : undefined,
    missing: of.kind === 'customer' ? missingForOrdering(of) : [],
    mayChange: mayChange(asked.member, of).length > 0,
  });
  return of.kind === 'customer' ? { ...reply, about: of.id } : reply;
}
