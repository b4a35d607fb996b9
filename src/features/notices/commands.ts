import { type Asked, scopeOf } from '../../bot/index.ts';
import { type Place, samePlace } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { heardNothing, hearsNoMore, noSuchTopic, noticeList, nowHears } from './replies.ts';
import { parseTopic, topicsFor, WHEN } from './rules.ts';
import { type Binding, bind, loadBindings, loadBindingsAt, unbind } from './store.ts';

/** `notify here jobs`, `notify off [jobs]`, `notify list` */
export function notifyCommand(asked: Asked, [what = 'list', word = '']: readonly string[]): Promise<Reply> {
  switch (what.toLowerCase()) {
    case 'here':
      return notifyHere(asked, word);
    case 'off':
      return notifyOff(asked, word);
    case 'list':
      return notifyList(asked);
    default:
      return notifyHere(asked, what);
  }
}

async function notifyHere(asked: Asked, word: string): Promise<Reply> {
  const topics = topicsFor(asked.member.role);
  const topic = parseTopic(word, topics);
  if (topic === undefined) return noSuchTopic(word, topics);
  const organizationId = asked.member.organization.id;
  await bind(asked.db, { topic, place: asked.place, organizationId, askedBy: asked.member.name });
  return nowHears(nameOf(asked.place), topic);
}

async function notifyOff(asked: Asked, word: string): Promise<Reply> {
  const heard = (await loadBindingsAt(asked.db, asked.place)).map(({ topic }) => topic);
  const wanted = word === '' ? heard : heard.filter((topic) => topic === word.toLowerCase());
  if (wanted.length === 0) return heardNothing();
  await unbind(asked.db, asked.place, wanted);
  return hearsNoMore(wanted);
}

async function notifyList(asked: Asked): Promise<Reply> {
  const heard = new Set((await loadBindingsAt(asked.db, asked.place)).map(({ topic }) => topic));
  const bindings = await loadBindings(asked.db, scopeOf(asked.member.organization));
  const others = bindings.filter(({ place }) => !samePlace(place, asked.place));
  return noticeList({
    here: nameOf(asked.place),
    topics: topicsFor(asked.member.role).map((topic) => ({
      topic,
      when: WHEN[topic],
      heard: heard.has(topic),
    })),
    elsewhere: asked.place.kind === 'personal' ? byPlace(others) : [],
  });
}

function byPlace(bindings: readonly Binding[]) {
  const groups = Map.groupBy(bindings, ({ place }) => `${place.platform} ${place.conversation}`);
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ place }) => ({
      place: nameOf(place),
      platform: place.platform.charAt(0).toUpperCase() + place.platform.slice(1),
      topics: group.map(({ topic }) => topic),
      dead: false,
    })),
  );
}

function nameOf(place: Place): string {
  return place.kind === 'personal' ? 'this conversation' : place.name || 'this channel';
}
