/** Looking things up to show them to others, as an edge does it. */
import assert from 'node:assert/strict';
import { openLookUp, openTraffic, register } from '../../../src/bot/index.ts';
import type { Found, Topic } from '../../../src/chat/edge.ts';
import type { Place } from '../../../src/chat/place.ts';
import { openLinkLookUp } from '../../../src/features/home/index.ts';
import { features } from '../../../src/features.ts';
import { PEOPLE, settings, type Talk } from '../../support/talk.ts';

type Who = keyof typeof PEOPLE | 'stranger';
type Page = { readonly skip: number; readonly most: number };

export function lookingUp({ db, ctx }: Pick<Talk, 'db' | 'ctx'>) {
  const report = (fault: unknown) => assert.ifError(fault);
  const find = openLookUp({
    db,
    settings,
    registry: register(features),
    traffic: openTraffic(0),
    clock: () => ctx().now,
    observe: () => undefined,
    logFault: report,
  });
  const ofLink = openLinkLookUp({ db, settings, base: 'https://qm.example', report });
  const personOf = (who: Who) => {
    const email = who === 'stranger' ? undefined : PEOPLE[who];
    return { platform: 'test', id: who, name: who, ...(email && { email }) };
  };
  return {
    async find(who: Who, place: Place, topic: Topic, words: string, page: Page = { skip: 0, most: 25 }) {
      const found = await find({ person: personOf(who), place, topic, words, ...page });
      return typeof found === 'string' ? found : [...found];
    },
    ofLink: (who: Who, place: Place, url: string): Promise<Found | undefined> =>
      ofLink({ person: personOf(who), place, url }),
  };
}
