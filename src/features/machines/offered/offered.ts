// `machines`: which regions, hardware profiles and templates the provider offers, at which prices.
import type { Asked } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { quoted } from '../../../chat/words.ts';
import type { Region } from '../rules.ts';
import { loadRegions } from '../store.ts';
import { loadOffering, type Offering, openForm, openItem, removeItem, save, type Target } from './change.ts';
import { noOffering, noSuchItem, noSuchRegion, offered, whichOffering, whichWhat } from './replies.ts';
import { itemsOf, NOTHING, named, type OfferValues, WHATS, type What } from './rules.ts';
import { loadListPrices, loadOfferings } from './store.ts';

const VERBS = ['add', 'change', 'remove'] as const;
type Verb = (typeof VERBS)[number];

/** `machines`, `machines stockholm`, `machines add profile stockholm huge 16 128 640` */
export async function machinesCommand(asked: Asked, words: readonly string[]): Promise<Reply> {
  const offerings = await loadOfferings(asked.db);
  const said = offerings.find(({ name }) => name.toLowerCase() === words[0]?.toLowerCase());
  const rest = said === undefined ? words : words.slice(1);
  const [only, ...others] = said === undefined ? offerings : [said];
  if (only === undefined) return noOffering();
  if (others.length > 0) return whichOffering(offerings, words.map(quoted).join(' '));
  const offering = { ...only, regions: await loadRegions(asked.db, only.id) };
  const verb = VERBS.find((one) => one === rest[0]?.toLowerCase());
  return verb === undefined
    ? show(asked, offering, rest.join(' '))
    : edit(asked, offering, verb, rest.slice(1));
}

async function show(asked: Asked, offering: Offering, name: string): Promise<Reply> {
  const region = named(name, offering.regions);
  if (name !== '' && region === undefined) return noSuchRegion(name, offering.regions);
  return showOffered(asked, offering, region);
}

async function showOffered(asked: Asked, offering: Offering, region: Region | undefined): Promise<Reply> {
  // List prices are not for who reads along.
  const isPrivate = asked.place.kind === 'personal';
  const prices = await loadListPrices(asked.db, offering.id);
  const of = (resource: string) => prices.find((price) => price.resource === resource)?.minor ?? 0;
  const currency = prices[0]?.currency ?? 'EUR';
  const priced = (one: Region) => ({
    ...one,
    profiles: one.profiles.map((profile) => ({
      ...profile,
      price: isPrivate
        ? {
            minor: profile.cores * of('core') + profile.memoryGb * of('memory') + profile.diskGb * of('disk'),
            currency,
          }
        : undefined,
    })),
  });
  return offered({
    offering: offering.name,
    offeringId: offering.id,
    regions: offering.regions.map(priced),
    region: region && priced(region),
    prices: isPrivate
      ? prices.map(({ name, unit, minor }) => ({ name, unit, price: { minor, currency } }))
      : undefined,
  });
}

function edit(
  asked: Asked,
  offering: Offering,
  verb: Verb,
  words: readonly string[],
): Promise<Reply> | Reply {
  const [said = '', ...rest] = words;
  const what = WHATS.find((one) => one === said.toLowerCase());
  if (what === undefined) return whichWhat(verb);
  if (verb === 'add') return add(asked, offering, what, rest);
  const region = what === 'region' ? undefined : named(rest[0] ?? '', offering.regions);
  if (what !== 'region' && region === undefined) return noSuchRegion(rest[0] ?? '', offering.regions);
  const names = what === 'region' ? offering.regions : region === undefined ? [] : itemsOf(region, what);
  const [name = '', ...values] = what === 'region' ? rest : rest.slice(1);
  const item = named(name, names);
  if (item === undefined) return noSuchItem(what, name);
  if (verb === 'remove') return removeItem(asked, offering, what, item.id);
  if (values.length === 0) return openItem(offering, what, item.id);
  // What follows is the new name, or the sizes, as the form has them.
  const sized = what === 'profile';
  const given: OfferValues = sized
    ? { ...sizes(values), region: '', name: item.name }
    : { ...NOTHING, name: values.join(' ') };
  return save(asked, offering, { what, id: item.id }, given);
}

const sizes = ([cores = '', memory = '', disk = '']: readonly string[]) => ({ cores, memory, disk });

function add(asked: Asked, offering: Offering, what: What, words: readonly string[]): Promise<Reply> | Reply {
  if (words.length === 0) return openForm(offering, { what });
  if (what === 'region') return save(asked, offering, { what }, { ...NOTHING, name: words.join(' ') });
  const [where = '', name = '', ...more] = words;
  const region = named(where, offering.regions);
  if (region === undefined) return noSuchRegion(where, offering.regions);
  const values = { ...NOTHING, region: String(region.id), name, ...(what === 'profile' && sizes(more)) };
  return name === '' || (what === 'profile' && more.length === 0)
    ? openForm(offering, { what }, values)
    : save(asked, offering, { what }, values);
}

/** Runs `run` with the offering that a button names. */
async function inOffering(
  asked: Asked,
  id: number,
  run: (offering: Offering) => Promise<Reply> | Reply,
): Promise<Reply> {
  const offering = await loadOffering(asked, id);
  const reply = offering === undefined ? noOffering() : await run(offering);
  return { ...reply, position: 'instead' };
}

export const openRegion = (asked: Asked, id: number, region: string): Promise<Reply> =>
  inOffering(asked, id, (offering) =>
    showOffered(
      asked,
      offering,
      offering.regions.find((one) => String(one.id) === region),
    ),
  );

export const openOffer = (asked: Asked, id: number, what: What, region: string): Promise<Reply> =>
  inOffering(asked, id, (offering) => openForm(offering, { what }, { ...NOTHING, region }));

/** `profile 7`: the form of it; nothing chosen shows the region again. */
export function openChosen(asked: Asked, id: number, region: string, item: string): Promise<Reply> {
  const [said, number] = item.split(' ');
  const what = WHATS.find((one) => one === said);
  if (what === undefined) return openRegion(asked, id, region);
  return inOffering(asked, id, (offering) => openItem(offering, what, Number(number)));
}

export const saveOffer = (asked: Asked, id: number, target: Target, values: OfferValues): Promise<Reply> =>
  inOffering(asked, id, (offering) => save(asked, offering, target, values));

export const removeOffer = (asked: Asked, id: number, what: What, item: number): Promise<Reply> =>
  inOffering(asked, id, (offering) => removeItem(asked, offering, what, item));
