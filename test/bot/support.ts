/** Requests as a platform sends them, repeated ones too, and all that came back. */
import type { Inbound, Message, Submit } from '../../src/chat/inbound.ts';
import type { Person, Place } from '../../src/chat/place.ts';
import type { Reply } from '../../src/chat/reply.ts';
import { PEOPLE, type Somebody, type Talk } from '../support/talk.ts';

type Who = Exclude<Somebody, 'stranger'>;

const person = (who: Who): Person => ({ platform: 'test', id: who, name: who, email: PEOPLE[who] });
const place: Place = { platform: 'test', conversation: 'channel:once', kind: 'channel', name: '#once' };

export const message = (who: Who, id: string, text: string): Message => ({
  kind: 'message',
  id,
  person: person(who),
  place,
  text,
  attachments: [],
});

export const submit = (who: Who, id: string, verb: string, values: Submit['values']): Submit => ({
  kind: 'submit',
  id,
  person: person(who),
  place,
  verb,
  values,
});

/** Sends one request; gives every answer to it, none where it was not answered. */
export async function send({ receive }: Talk, inbound: Inbound): Promise<Reply[]> {
  const answers: Reply[] = [];
  await receive(inbound, async (reply) => {
    answers.push(reply);
    return undefined;
  });
  return answers;
}

export async function sendAll(talk: Talk, requests: readonly Inbound[]): Promise<Reply[]> {
  return (await Promise.all(requests.map((inbound) => send(talk, inbound)))).flat();
}

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
