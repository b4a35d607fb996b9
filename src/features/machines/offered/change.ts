// Adding, changing and removing what the provider offers of machines.
import { type Asked, newOnce, record } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import type { Region } from '../rules.ts';
import { loadRegions } from '../store.ts';
import { noSuchItem, offerForm, offerSaved } from './replies.ts';
import {
  checkOffer,
  itemsOf,
  type Named,
  NOTHING,
  type Offer,
  type OfferErrors,
  type OfferValues,
  type What,
} from './rules.ts';
import {
  addProfile,
  addRegion,
  addTemplate,
  changeProfile,
  countDraftsWith,
  loadOfferings,
  lockOffering,
  remove,
  renameRegion,
  renameTemplate,
} from './store.ts';

export type Offering = Named & { readonly regions: readonly Region[] };

export async function loadOffering(asked: Asked, id: number): Promise<Offering | undefined> {
  const offering = (await loadOfferings(asked.db)).find((one) => one.id === id);
  return offering && { ...offering, regions: await loadRegions(asked.db, id) };
}

/** What is added or changed, and where. `id` is that of the one that is changed. */
export type Target = { readonly what: What; readonly id?: number | undefined };

export function openForm(
  offering: Offering,
  { what, id }: Target,
  values: OfferValues = NOTHING,
  errors?: OfferErrors,
): Reply {
  return offerForm({
    offering: offering.name,
    offeringId: offering.id,
    what,
    id,
    regions: offering.regions,
    values,
    errors,
    once: newOnce(),
  });
}

/** The form of what there is. */
export function openItem(offering: Offering, what: What, id: number): Reply {
  const region = regionWith(offering, what, id);
  const item = region && itemsOf(region, what).find((one) => one.id === id);
  if (region === undefined || item === undefined) return noSuchItem(what, '');
  const profile = region.profiles.find((one) => what === 'profile' && one.id === id);
  return openForm(
    offering,
    { what, id },
    {
      region: String(region.id),
      name: item.name,
      cores: String(profile?.cores ?? ''),
      memory: String(profile?.memoryGb ?? ''),
      disk: String(profile?.diskGb ?? ''),
    },
  );
}

const regionWith = ({ regions }: Offering, what: What, id: number): Region | undefined =>
  regions.find((region) => itemsOf(region, what).some((one) => one.id === id));

export async function save(
  asked: Asked,
  known: Offering,
  target: Target,
  values: OfferValues,
): Promise<Reply> {
  await lockOffering(asked.db, known.id);
  const offering = (await loadOffering(asked, known.id)) ?? known;
  const { what, id } = target;
  const region =
    id === undefined
      ? offering.regions.find((one) => String(one.id) === values.region)
      : regionWith(offering, what, id);
  if (id !== undefined && region === undefined) return noSuchItem(what, '');
  const beside = what === 'region' ? offering.regions : region === undefined ? [] : itemsOf(region, what);
  const checked = checkOffer(
    what,
    values,
    beside.filter((one) => one.id !== id).map(({ name }) => name),
  );
  const noRegion = what !== 'region' && region === undefined;
  if (noRegion || 'errors' in checked) {
    const errors = 'errors' in checked ? checked.errors : {};
    return openForm(offering, target, values, {
      ...errors,
      region: noRegion ? 'Choose one of these regions.' : undefined,
    });
  }
  const before = id === undefined ? undefined : region && itemsOf(region, what).find((one) => one.id === id);
  await apply(asked, offering, target, region, checked.offer);
  const { name } = checked.offer;
  const where = what === 'region' ? name : (region?.name ?? '');
  const done = `${id === undefined ? 'Added' : 'Changed'} the ${what} ${name}${what === 'region' ? '' : ` in ${where}`}`;
  await tellHistory(asked, done, before, what === 'profile' ? checked.offer : { name });
  return offerSaved(done, where);
}

async function apply(
  { db }: Asked,
  offering: Offering,
  { what, id }: Target,
  region: Region | undefined,
  { name, cores, memoryGb, diskGb }: Offer,
): Promise<void> {
  const columns = { name, cores, memory_gb: memoryGb, disk_gb: diskGb };
  const into = region?.id ?? 0;
  switch (what) {
    case 'region':
      if (id === undefined) await addRegion(db, offering.id, name);
      else await renameRegion(db, id, name);
      return;
    case 'profile':
      return id === undefined ? addProfile(db, into, columns) : changeProfile(db, id, columns);
    case 'template':
      return id === undefined ? addTemplate(db, into, name) : renameTemplate(db, id, name);
  }
}

export async function removeItem(asked: Asked, known: Offering, what: What, id: number): Promise<Reply> {
  await lockOffering(asked.db, known.id);
  const offering = (await loadOffering(asked, known.id)) ?? known;
  const region = regionWith(offering, what, id);
  const item = region && itemsOf(region, what).find((one) => one.id === id);
  if (region === undefined || item === undefined) return noSuchItem(what, '');
  const drafts = await countDraftsWith(asked.db, what, id);
  await remove(asked.db, what, id);
  const done = `Removed the ${what} ${item.name}${what === 'region' ? '' : ` of ${region.name}`}`;
  await tellHistory(asked, done, item, undefined);
  return offerSaved(done, what === 'region' ? undefined : region.name, drafts);
}

async function tellHistory(
  asked: Asked,
  summary: string,
  before: object | undefined,
  after: object | undefined,
): Promise<void> {
  await record(asked, {
    organizationId: asked.member.organization.id,
    orderId: null,
    kind: 'machines',
    summary,
    ...(before && { before }),
    ...(after && { after }),
  });
}
