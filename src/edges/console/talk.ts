/** What people send: their words and their pressed buttons, handed to the bot. */

import type { Receive } from '../../chat/edge.ts';
import type { Attachment } from '../../chat/inbound.ts';
import type { Person, Place } from '../../chat/place.ts';
import { isRecord, Refused, textOf } from './http.ts';
import { once } from './once.ts';
import { maySee, placesOf } from './places.ts';
import { answerTo, type Board, entryOf } from './post.ts';
import type { Entry, Persona, Transcript } from './types.ts';
import type { Uploads } from './uploads.ts';

const TEXT_LIMIT = 10_000;
const FILES_LIMIT = 10;
const REQUESTS_REMEMBERED = 1_000;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Body = Readonly<Record<string, unknown>>;
type Common = { readonly id: string; readonly person: Person; readonly place: Place };

export type Talk = {
  /** Both end when the bot has answered. */
  message(body: Body): Promise<void>;
  submit(body: Body): Promise<void>;
};

export type TalkOptions = {
  readonly receive: Receive;
  readonly transcript: Transcript;
  readonly board: Board;
  readonly uploads: Uploads;
  personas(): Promise<readonly Persona[]>;
};

export function openTalk({ receive, transcript, board, uploads, personas }: TalkOptions): Talk {
  const requests = once<void>(REQUESTS_REMEMBERED);

  async function say(common: Common, text: string, files: readonly Attachment[]): Promise<void> {
    const { person, place } = common;
    await board.append({
      conversation: place.conversation,
      from: { kind: 'person', id: person.id, name: person.name },
      text,
      ...(files.length > 0 && { attachments: files.map((file) => file.name) }),
    });
    const words = spoken(text, await personas());
    const inbound = { ...common, kind: 'message', text: words, attachments: files } as const;
    await receive(inbound, answerTo(board, place, person));
  }

  return {
    async message(body) {
      const common = commonOf(body, await personas());
      const text = textOf(body, 'text', TEXT_LIMIT).trim();
      const ids = fileIds(body);
      if (text === '' && ids.length === 0) {
        throw new Refused(400, 'There is nothing to send.');
      }
      await requests(common.id, () => say(common, text, uploads.take(ids)));
    },
    async submit(body) {
      const common = commonOf(body, await personas());
      const { id, person, place } = common;
      const verb = textOf(body, 'verb', 200);
      const { values } = body;
      if (!isRecord(values)) {
        throw new Refused(400, 'The request lacks “values”.');
      }
      const pressed = await pressedEntry(transcript, common, body);
      const inbound = { ...common, kind: 'submit', verb, values, message: String(pressed.id) } as const;
      await requests(id, () => receive(inbound, answerTo(board, place, person, pressed)));
    },
  };
}

function commonOf(body: Body, personas: readonly Persona[]): Common {
  const id = textOf(body, 'id', 36);
  if (!UUID.test(id)) {
    throw new Refused(400, 'The id of the request is not a UUID.');
  }
  const person = personOf(personas, textOf(body, 'personId', 500));
  const conversation = textOf(body, 'conversation', 500);
  const place = placesOf(person).find((one) => one.conversation === conversation);
  if (!place) {
    throw new Refused(404, 'There is no such conversation.');
  }
  return { id, person, place };
}

/** The client only says which persona it is; who that is, we look up. */
export function personOf(personas: readonly Persona[], id: string): Person {
  const persona = personas.find(({ person }) => person.id === id);
  if (!persona) {
    throw new Refused(404, 'There is nobody by that id.');
  }
  return persona.person;
}

function fileIds(body: Body): readonly string[] {
  const { attachments = [] } = body;
  if (!Array.isArray(attachments) || !attachments.every((one) => typeof one === 'string')) {
    throw new Refused(400, '“attachments” is not a list of ids.');
  }
  if (attachments.length > FILES_LIMIT) {
    throw new Refused(400, `A message takes at most ${FILES_LIMIT} files.`);
  }
  return attachments;
}

async function pressedEntry(transcript: Transcript, { place, person }: Common, body: Body): Promise<Entry> {
  const { entry: id } = body;
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1) {
    throw new Refused(400, 'The request lacks “entry”.');
  }
  const entry = await entryOf(transcript, place.conversation, id);
  if (!entry?.reply || !maySee(entry, person.id)) {
    throw new Refused(404, 'There is no such card.');
  }
  return entry;
}

/** The words without the bot's own mention; a mentioned persona is her e-mail address. */
function spoken(text: string, personas: readonly Persona[]): string {
  const words = text.replace(/^@quartermaster\b[\s:,]*/i, '');
  const byLength = [...personas].sort((a, b) => b.person.name.length - a.person.name.length);
  return byLength.reduce((spokenSoFar, { person }) => mention(spokenSoFar, person), words);
}

function mention(text: string, { name, email }: Person): string {
  if (email === undefined) {
    return text;
  }
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(
    new RegExp(`(^|\\s)@${escaped}(?![\\p{L}\\p{N}])`, 'giu'),
    (_, before) => before + email,
  );
}
