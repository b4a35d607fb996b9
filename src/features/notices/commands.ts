import { type Asked, type Bound, boundCustomer, scopeOf } from '../../bot/index.ts';
import { type Place, samePlace } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { isInScope } from '../../db/index.ts';
import { loadDead } from './deliveries/store.ts';
import { quietCommand } from './hours/quiet.ts';
import { loadHoursAt } from './hours/store.ts';
import {
  boundByOthers,
  channelOfOthers,
  heardNothing,
  hearsNoMore,
  noSuchTopic,
  notHereOf,
  noticeList,
  nowHears,
} from './replies.ts';
import { ofMany, parseTopics, placeName, TOPICS, topicsFor, WHEN } from './rules.ts';
import {
  type Binding,
  bind,
  countWatchesAt,
  dropChosen,
  loadBindings,
  loadBindingsAt,
  unbind,
} from './store.ts';

/** `notify here jobs`, `notify off [jobs]`, `notify quiet 20:00-07:00`, `notify list` */
export function notifyCommand(asked: Asked, [what = 'list', ...more]: readonly string[]): Promise<Reply> {
  switch (what.toLowerCase()) {
    case 'here':
      return notifyHere(asked, more);
    case 'off':
      return notifyOff(asked, more);
    case 'quiet':
      return quietCommand(asked, more);
    case 'list':
      return notifyList(asked);
    default:
      return notifyHere(asked, [what, ...more]);
  }
}

async function notifyHere(asked: Asked, words: readonly string[]): Promise<Reply> {
  const { member, place } = asked;
  const topics = topicsFor(member.role);
  const wanted = parseTopics(words, topics);
  if ('unknown' in wanted) return noSuchTopic(wanted.unknown, topics);
  const scope = scopeOf(member.organization);
  const owner = await ownerOf(asked);
  if (owner !== undefined && !(await isInScope(asked.db, scope, owner.id))) return channelOfOthers();
  const ofAll = wanted.find(ofMany);
  if (owner !== undefined && ofAll !== undefined) return notHereOf(ofAll, owner);
  const known = await loadBindingsAt(asked.db, place, scope);
  const taken = known.find(({ topic, ours }) => wanted.includes(topic) && !ours);
  if (taken !== undefined) return boundByOthers(taken.topic);
  for (const topic of wanted) {
    await bind(asked.db, {
      topic,
      place,
      organizationId: member.organization.id,
      askedBy: member.name,
      memberId: place.kind === 'personal' ? member.id : null,
    });
  }
  const quiet = await loadHoursAt(asked.db, place, scope);
  return nowHears(placeName(place), wanted, { owner, quiet: quiet?.hours });
}

/** The customer to whom the channel belongs. */
const ownerOf = async ({ db, place }: Asked): Promise<Bound | undefined> =>
  place.kind === 'personal' ? undefined : boundCustomer(db, place);

async function notifyOff(asked: Asked, words: readonly string[]): Promise<Reply> {
  const known = await loadBindingsAt(asked.db, asked.place, scopeOf(asked.member.organization));
  const off = words.length === 0 ? TOPICS : parseTopics(words, TOPICS);
  if ('unknown' in off) return noSuchTopic(off.unknown, topicsFor(asked.member.role));
  const wanted = known.filter(({ topic }) => off.includes(topic));
  const ours = wanted.filter((one) => one.ours).map(({ topic }) => topic);
  const [others] = wanted;
  if (others === undefined) return heardNothing();
  if (ours.length === 0) return boundByOthers(others.topic);
  await unbind(asked.db, asked.place, ours);
  return hearsNoMore(ours, await dropChosen(asked.db, asked.place, ours));
}

async function notifyList(asked: Asked): Promise<Reply> {
  const scope = scopeOf(asked.member.organization);
  const heard = new Set((await loadBindingsAt(asked.db, asked.place, scope)).map(({ topic }) => topic));
  const owner = await ownerOf(asked);
  const topics = topicsFor(asked.member.role).filter((topic) => owner === undefined || !ofMany(topic));
  const bindings = await loadBindings(asked.db, scope);
  const quiet = await loadHoursAt(asked.db, asked.place, scope);
  const watches = await countWatchesAt(asked.db, asked.place, scope);
  const others = bindings.filter(({ place }) => !samePlace(place, asked.place));
  return noticeList({
    here: placeName(asked.place),
    topics: topics.map((topic) => ({
      topic,
      when: WHEN[topic],
      heard: heard.has(topic),
      ...(topic === 'low-units' && watches > 0 && { watches }),
    })),
    quiet: quiet?.hours,
    elsewhere: asked.place.kind === 'personal' ? byPlace(others, await deadPlaces(asked)) : [],
  });
}

const deadPlaces = async ({ db }: Asked): Promise<Place[]> => (await loadDead(db)).map(({ place }) => place);

function byPlace(bindings: readonly Binding[], dead: readonly Place[]) {
  const groups = Map.groupBy(bindings, ({ place }) => `${place.platform} ${place.conversation}`);
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ place }) => ({
      place: place.kind === 'personal' ? 'A personal chat' : placeName(place),
      platform: place.platform.charAt(0).toUpperCase() + place.platform.slice(1),
      topics: group.map(({ topic }) => topic),
      dead: dead.some((one) => samePlace(one, place)),
    })),
  );
}
