import { type Asked, scopeOf } from '../../bot/index.ts';
import { domainsTaken, nameTaken, noSuchParent, ofProvider } from './replies.ts';
import { matching } from './rules.ts';
import { loadParents, loadTakenDomains, lockOrganizations, nameIsTaken, type ParentRecord } from './store.ts';
import { checkValues, type Kept, type OrganizationErrors, type OrganizationValues } from './values.ts';

/** What is wrong with the values by themselves, and beside the other organizations; `id` is the one they are of. */
export async function checkAll(
  asked: Asked,
  values: OrganizationValues,
  id: number,
): Promise<{ kept: Kept; errors: OrganizationErrors }> {
  await lockOrganizations(asked.db);
  const { kept, errors } = checkValues(values);
  const scope = scopeOf(asked.member.organization);
  const taken = await loadTakenDomains(asked.db, scope, kept.domains, id);
  return {
    kept,
    errors: {
      ...((await nameIsTaken(asked.db, kept.name, id)) && { name: nameTaken(kept.name) }),
      ...(taken.length > 0 && { domains: domainsTaken(taken) }),
      ...(kept.mpnId !== null && values.kind === 'customer' && { mpnId: 'Only a reseller has an MPN ID.' }),
      ...errors,
    },
  };
}

/** Whose customer it is to be: by its number, as the form has it, or by its name. */
export async function findParent(
  asked: Asked,
  kind: 'reseller' | 'customer',
  word: string,
): Promise<{ parent: ParentRecord } | { error: string }> {
  const parents = await possibleParents(asked, kind);
  const [first] = parents;
  if (word.trim() === '' && first !== undefined) return { parent: first };
  const byId = parents.find(({ id }) => String(id) === word);
  const [named, ...others] = matching(word.trim(), parents);
  if (byId !== undefined) return { parent: byId };
  if (named !== undefined && others.length === 0) return { parent: named };
  return { error: kind === 'reseller' ? ofProvider(first?.name) : noSuchParent(word) };
}

/** A reseller belongs to the provider; a customer to it or to a reseller. What is left out comes first. */
export async function possibleParents(asked: Asked, kind: string): Promise<ParentRecord[]> {
  const parents = await loadParents(asked.db, scopeOf(asked.member.organization));
  return kind === 'reseller' ? parents.filter((one) => one.kind === 'provider') : parents;
}
