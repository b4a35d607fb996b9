import { type Asked, CHANGERS } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { mayNotSilence, onlyForYou, previewsNow, silenced } from './replies.ts';
import { areOff, turnOff, turnOn } from './store.ts';

/** `previews off`: for oneself, wherever one writes. `previews off here`: for everybody in this channel. */
export async function previews(asked: Asked, words: readonly string[]): Promise<Reply> {
  const [word = '', where = ''] = words.map((one) => one.toLowerCase());
  const { db, place, person, member } = asked;
  if (word !== 'on' && word !== 'off') {
    const here = { conversation: place.conversation, person: person.id };
    return previewsNow(await areOff(db, place.platform, here));
  }
  const here = where === 'here';
  if (here && place.kind === 'personal') return onlyForYou();
  if (here && !CHANGERS.includes(member.role)) return mayNotSilence();
  const silence = {
    platform: place.platform,
    conversation: here ? place.conversation : '',
    person: here ? '' : person.id,
  };
  const off = word === 'off';
  await (off ? turnOff(db, silence, asked.actor.name) : turnOn(db, silence));
  return silenced({ here, off });
}
