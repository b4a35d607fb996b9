import { type Asked, newOnce, PAGE_SIZE, pageOf, scopeOf } from '../../bot/index.ts';
import { samePlace } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { placeName } from '../notices/rules.ts';
import { type FoundService, withService } from '../orders/find.ts';
import { boundHere, viewerHere } from '../organizations/view.ts';
import {
  noBelow,
  noService,
  notInThisChannel,
  notWatched,
  noUnits,
  nowWatched,
  watchedByOthers,
  watchedNoMore,
  watchForm,
  watchList,
} from './replies.ts';
import { parseBelow, parseWatch } from './rules.ts';
import { countWatches, deleteWatch, type Listed, loadWatchAt, loadWatches, saveWatch } from './store.ts';

export type WatchValues = { readonly service: string; readonly below: string };

/** `watch 10023/1 below 5`, `watch`, `watch list`, `watch off 10023/1` */
export function watchCommand(asked: Asked, words: readonly string[]): Promise<Reply> {
  const [what = '', ...more] = words;
  switch (what.toLowerCase()) {
    case 'list':
      return listWatches(asked, 1);
    case 'off':
      return more.length === 0 ? listWatches(asked, 1) : watchOff(asked, more.join(' '));
  }
  const { service, below = '' } = parseWatch(words);
  if (service === '' || below === '') return showForm(asked, { service, below });
  const number = parseBelow(below);
  return typeof number === 'number'
    ? watch(asked, service, number)
    : showForm(asked, { service, below }, { below: noBelow(number, below) });
}

/** The form that was sent: carried out, or back with what was typed and each error beside its field. */
export async function submitWatch(asked: Asked, values: WatchValues): Promise<Reply> {
  const service = values.service.trim();
  const below = parseBelow(values.below);
  if (service !== '' && typeof below === 'number')
    return { ...(await watch(asked, service, below)), position: 'instead' };
  const errors = {
    ...(service === '' && { service: noService('') }),
    ...(typeof below !== 'number' && { below: noBelow(below, values.below.trim()) }),
  };
  return showForm(asked, { ...values, service }, errors, true);
}

async function showForm(
  asked: Asked,
  values: WatchValues,
  errors?: Partial<WatchValues>,
  sent = false,
): Promise<Reply> {
  const here = placeName(asked.place);
  return watchForm({ here, values, ...(errors && { errors }), once: newOnce() }, sent);
}

function watch(asked: Asked, word: string, below: number): Promise<Reply> {
  const again = (ref: string) => `watch ${ref} below ${below}`;
  return withService(asked, word, again, async (_, service) => {
    const refused = await refusal(asked, service);
    if (refused !== undefined) return refused;
    const { db, place, member } = asked;
    const { free } = await saveWatch(db, {
      serviceId: service.id,
      place,
      organizationId: member.organization.id,
      askedBy: member.name,
      memberId: place.kind === 'personal' ? member.id : null,
      below,
    });
    return nowWatched(placeName(place), service, below, free);
  });
}

/** Why the service can't be watched here; nothing where it can. */
async function refusal(asked: Asked, service: FoundService): Promise<Reply | undefined> {
  if (service.machines !== null) return noUnits(service);
  const owner = await boundHere(asked);
  if (owner !== undefined && owner.id !== service.organization_id) return notInThisChannel(service);
  const before = await loadWatchAt(asked.db, asked.place, service.id, scopeOf(asked.member.organization));
  return before?.ours === false ? watchedByOthers(service) : undefined;
}

function watchOff(asked: Asked, word: string): Promise<Reply> {
  return withService(
    asked,
    word,
    (ref) => `watch off ${ref}`,
    async (_, service) => {
      const scope = scopeOf(asked.member.organization);
      const before = await loadWatchAt(asked.db, asked.place, service.id, scope);
      if (before === undefined) return notWatched(service);
      if (!before.ours) return watchedByOthers(service);
      await deleteWatch(asked.db, before.id);
      return watchedNoMore(service, before.below);
    },
  );
}

/** The watches of this place; in a personal chat also those of other places that were set for who asks. */
export async function listWatches(asked: Asked, page: number): Promise<Reply> {
  const { db, place, member } = asked;
  const everywhere = place.kind === 'personal';
  const which: Listed = {
    viewer: viewerHere(asked),
    made: scopeOf(member.organization),
    place: everywhere ? undefined : place,
  };
  const paging = pageOf(page, await countWatches(db, which));
  const found = await loadWatches(db, which, (paging.page - 1) * PAGE_SIZE, PAGE_SIZE);
  return watchList({
    ...paging,
    organization: member.organization.name,
    here: placeName(place),
    everywhere,
    watches: found.map(({ ref, customer, place: of, ...row }) => ({
      service: ref,
      organization: customer,
      product: row.product,
      free: row.free,
      units: row.units,
      below: row.below,
      ...(!samePlace(of, place) && { place: of.kind === 'personal' ? 'a personal chat' : placeName(of) }),
    })),
  });
}
