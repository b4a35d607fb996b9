/** What an imported organization becomes here: new, changed or the same; or what is wrong with it, field by field. */
import type { Organization } from '../../../bot/index.ts';
import { isAffordable } from '../../catalog/prices/rules.ts';
import { parsePercent } from '../../catalog/rules.ts';
import { checkValues, FIELDS, type Kept, type OrganizationValues } from '../../organizations/values.ts';

export type Field = keyof OrganizationValues | 'markup' | 'externalId';
/** As written; a field that is not there leaves what is kept as it is, an empty one empties it. */
export type OrganizationEntry = { readonly [field in Field]?: string | undefined };
export type Errors = { readonly [field in Field]?: string };

/** All that is kept of an organization. */
export type Columns = Kept & {
  readonly kind: Organization['kind'];
  readonly parentId: number | null;
  readonly markupBp: number;
  readonly externalId: string | null;
};
export type Known = Columns & { readonly id: number };

export type Decision =
  | { readonly kind: 'new'; readonly columns: Columns }
  | { readonly kind: 'changed'; readonly before: Known; readonly columns: Columns }
  | { readonly kind: 'same'; readonly before: Known }
  | { readonly kind: 'refused'; readonly errors: Errors };

/** The organizations there are, and those that rows above will have made. */
export type World = {
  readonly byId: Map<number, Known>;
  readonly byName: Map<string, Known>;
  readonly byExternalId: Map<string, Known>;
  readonly byDomain: Map<string, Known>;
  /** The largest list price, by currency. */
  readonly dearest: ReadonlyMap<string, number>;
};

export function worldOf(all: readonly Known[], dearest: World['dearest'] = new Map()): World {
  const world: World = {
    byId: new Map(),
    byName: new Map(),
    byExternalId: new Map(),
    byDomain: new Map(),
    dearest,
  };
  for (const one of all) put(world, one);
  return world;
}

/** From now on the organization is as `now` says. */
export function put(world: World, now: Known, before?: Known): void {
  const { byId, byName, byExternalId, byDomain } = world;
  byId.set(now.id, now);
  if (before !== undefined) {
    byName.delete(before.name.toLowerCase());
    if (before.externalId !== null) byExternalId.delete(before.externalId);
    for (const domain of before.domains) byDomain.delete(domain);
  }
  byName.set(now.name.toLowerCase(), now);
  if (now.externalId !== null) byExternalId.set(now.externalId, now);
  for (const domain of now.domains) byDomain.set(domain, now);
}

/** The organization that a word names: what another program calls it, or its name. */
export const named = ({ byExternalId, byName }: World, word: string): Known | undefined =>
  byExternalId.get(word.trim()) ?? byName.get(word.trim().toLowerCase());

const EMPTY = Object.fromEntries(FIELDS.map((field) => [field, ''])) as Record<
  (typeof FIELDS)[number],
  string
>;

/** Decides for an importer: the provider about all, a reseller about its own customers. */
export function decide(entry: OrganizationEntry, world: World, by: Organization): Decision {
  const found = find(entry, world, by);
  if ('errors' in found) return refused(found.errors);
  const { before } = found;
  if (before !== undefined && !isOwn(before, by)) return refused(takenBy(entry, before, by));
  const { kept, errors: wrong } = keptOf(entry, before);
  const kind = kindOf(entry, before, by);
  const parent = parentOf(entry, before, world, by, 'value' in kind ? kind.value : 'customer');
  const markup = markupOf(entry, before);
  const externalId = externalIdOf(entry, before);
  const errors: Errors = {
    ...wrong,
    ...('error' in kind && { kind: kind.error }),
    ...('error' in parent && { parent: parent.error }),
    ...('error' in markup && { markup: markup.error }),
    ...('error' in externalId && { externalId: externalId.error }),
    ...clashes(kept, entry, before, world, by),
    ...(entry.mpnId &&
      'value' in kind &&
      kind.value === 'customer' && { mpnId: 'Only a reseller has an MPN ID.' }),
  };
  if (Object.keys(errors).length > 0) return refused(errors);
  const columns = {
    ...kept,
    kind: known(kind),
    parentId: known(parent),
    markupBp: known(markup),
    externalId: known(externalId),
  };
  if (!fits(columns, before, world))
    return refused({ markup: 'With this markup a price in the catalog would be too large.' });
  if (before === undefined) return { kind: 'new', columns };
  return changedFields(before, columns).length === 0
    ? { kind: 'same', before }
    : { kind: 'changed', before, columns };
}

/** With the markups of the organization, of whose it is and of its customers, every price still fits an amount. */
function fits(now: Columns, before: Known | undefined, { byId, dearest }: World): boolean {
  if (before !== undefined && PRICED.every((field) => before[field] === now[field])) return true;
  const factor = ({ markupBp }: Columns) => 1 + markupBp / 10_000;
  const parent = now.parentId === null ? undefined : byId.get(now.parentId);
  const above = parent?.kind === 'reseller' ? factor(parent) : 1;
  const below =
    now.kind === 'reseller' && before !== undefined
      ? [...byId.values()].filter(({ parentId }) => parentId === before.id)
      : [];
  const priced = [
    { currency: now.currency, by: 1 },
    ...below.map((one) => ({ currency: one.currency, by: factor(one) })),
  ];
  return priced.every(({ currency, by }) =>
    isAffordable(dearest.get(currency) ?? 0, above * factor(now) * by),
  );
}
const PRICED = ['markupBp', 'currency', 'parentId'] as const;

const refused = (errors: Errors): Decision => ({ kind: 'refused', errors });

type Read<T> = { readonly value: T } | { readonly error: string };
function known<T>(read: Read<T>): T {
  if ('error' in read) throw new Error(read.error);
  return read.value;
}

/** By what another program calls it, else by its name. */
function find(
  { name, externalId }: OrganizationEntry,
  { byExternalId, byName }: World,
  by: Organization,
): { readonly before: Known | undefined } | { readonly errors: Errors } {
  const byId = externalId ? byExternalId.get(externalId.trim()) : undefined;
  if (byId !== undefined) return { before: byId };
  const before = name === undefined ? undefined : byName.get(name.trim().replace(/\s+/g, ' ').toLowerCase());
  const other = before?.externalId;
  if (before !== undefined && isOwn(before, by) && externalId && other != null)
    return { errors: { externalId: `${before.name} has the external ID “${other}” here.` } };
  return { before };
}

const isOwn = (one: Known, by: Organization): boolean =>
  by.kind === 'provider' || (one.kind === 'customer' && one.parentId === by.id);

/** Of what others have no more is said than that it is taken. */
const takenBy = ({ externalId, name }: OrganizationEntry, before: Known, by: Organization): Errors => {
  if (before.id === by.id) return { name: 'One’s own organization is changed in the chat.' };
  return externalId !== undefined && before.externalId === externalId.trim()
    ? { externalId: `The external ID “${externalId}” is taken.` }
    : { name: `The name “${name}” is taken.` };
};

/** A field that is not written keeps its value, whatever it is. */
function keptOf(entry: OrganizationEntry, before: Known | undefined): { kept: Kept; errors: Errors } {
  const written = before === undefined ? { ...EMPTY, currency: 'EUR' } : textsOf(before);
  const said = Object.fromEntries(
    FIELDS.flatMap((field) => (entry[field] === undefined ? [] : [[field, entry[field]]])),
  );
  const { kept, errors } = checkValues({ ...written, kind: '', parent: '', ...said });
  const own = FIELDS.filter((field) => before !== undefined && entry[field] === undefined);
  const untouched = Object.fromEntries(own.map((field) => [field, before?.[field]]));
  const wrong = Object.entries(errors).filter(([field]) => !own.some((one) => one === field));
  return { kept: { ...kept, ...untouched } as Kept, errors: Object.fromEntries(wrong) };
}

const textsOf = (known: Known): Record<(typeof FIELDS)[number], string> =>
  Object.fromEntries(
    FIELDS.map((field) => {
      const value = known[field];
      return [field, typeof value === 'string' ? value : (value ?? []).join(' ')];
    }),
  ) as Record<(typeof FIELDS)[number], string>;

const KINDS = ['customer', 'reseller'] as const;

function kindOf(
  { kind }: OrganizationEntry,
  before: Known | undefined,
  by: Organization,
): Read<Organization['kind']> {
  const typed = kind?.trim().toLowerCase();
  if (typed === undefined || typed === '') return { value: before?.kind ?? 'customer' };
  if (before !== undefined)
    return typed === before.kind
      ? { value: before.kind }
      : { error: `${before.name} is a ${before.kind} here, and stays one.` };
  const known = KINDS.find((one) => one === typed);
  if (known === undefined) return { error: `“${kind}” is neither customer nor reseller.` };
  return known === 'reseller' && by.kind !== 'provider'
    ? { error: 'Only the provider has resellers.' }
    : { value: known };
}

function parentOf(
  { parent }: OrganizationEntry,
  before: Known | undefined,
  world: World,
  by: Organization,
  kind: Organization['kind'],
): Read<number | null> {
  const typed = parent?.trim() ?? '';
  if (typed === '') return { value: before === undefined ? by.id : before.parentId };
  const found = named(world, typed);
  if (kind === 'provider') return { error: 'The provider has no parent.' };
  const mayBe =
    found !== undefined && found.kind !== 'customer' && (by.kind === 'provider' || found.id === by.id);
  if (!mayBe)
    return { error: `“${typed}” is neither a reseller nor the provider, as far as is known so far.` };
  return kind === 'reseller' && found.kind !== 'provider'
    ? { error: 'The parent of a reseller is the provider.' }
    : { value: found.id };
}

function markupOf({ markup }: OrganizationEntry, before: Known | undefined): Read<number> {
  if (markup === undefined) return { value: before?.markupBp ?? 0 };
  if (before?.kind === 'provider') return { error: 'The provider has no markup of its own.' };
  return markup.trim() === '' ? { value: 0 } : parsePercent(markup);
}

const LONGEST_ID = 100;

function externalIdOf({ externalId }: OrganizationEntry, before: Known | undefined): Read<string | null> {
  if (externalId === undefined) return { value: before?.externalId ?? null };
  const id = externalId.trim();
  return [...id].length > LONGEST_ID
    ? { error: `Up to ${LONGEST_ID} letters fit here; these are ${[...id].length}.` }
    : { value: id === '' ? null : id };
}

/** What belongs to somebody else already. */
function clashes(
  kept: Kept,
  entry: OrganizationEntry,
  before: Known | undefined,
  { byName, byDomain }: World,
  by: Organization,
): Errors {
  const others = (one: Known | undefined) => (one === undefined || one.id === before?.id ? undefined : one);
  const called = others(byName.get(kept.name.toLowerCase()));
  const domain = kept.domains.find((one) => others(byDomain.get(one)) !== undefined);
  const owner = domain === undefined ? undefined : byDomain.get(domain);
  const whose = owner !== undefined && isOwn(owner, by) ? `belongs to ${owner.name}` : 'is taken';
  return {
    ...(called !== undefined && { name: `The name “${entry.name ?? kept.name}” is taken.` }),
    ...(domain !== undefined && { domains: `${domain} ${whose}.` }),
  };
}

const COMPARED = [...FIELDS, 'parentId', 'markupBp', 'externalId'] as const;

export type ChangedField = (typeof COMPARED)[number];

/** The fields in which two differ. */
export const changedFields = (before: Columns, now: Columns): ChangedField[] =>
  COMPARED.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(now[field]));
