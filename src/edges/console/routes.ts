/** Every address of the console. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BOUNDS, isDataset } from '../../chat/card.ts';
import { customerIn } from '../../chat/search.ts';
import type { SendAsset } from './assets.ts';
import { sendFile } from './downloads.ts';
import { checkWrite } from './guard.ts';
import { Refused, readBody, readJson, sendJson } from './http.ts';
import type { Live } from './live.ts';
import { maySee, placesOf } from './places.ts';
import { personOf, type Talk } from './talk.ts';
import type { ConsoleOptions, Entry, Persona } from './types.ts';
import { FILE_LIMIT, tooLarge, type Uploads } from './uploads.ts';

/** What the routes work with. */
export type Desk = {
  readonly options: ConsoleOptions;
  readonly live: Live;
  readonly talk: Talk;
  readonly uploads: Uploads;
  readonly sendAsset: SendAsset;
  personas(): Promise<readonly Persona[]>;
};

type Serve = (desk: Desk, req: IncomingMessage, res: ServerResponse) => Promise<void>;
type Route = (call: Call) => Promise<void>;
type Call = {
  readonly desk: Desk;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly query: URLSearchParams;
  /** What the address says after its fixed part. */
  readonly rest: readonly string[];
};

const ENTRIES_SHOWN = 200;
const ENTRIES_LOOKED_AT = 20;
const CHOICES_SHOWN = 20;
const WORDS_LIMIT = 200;

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /': ({ desk, req, res }) => desk.sendAsset(req, res, 'index.html'),
  'GET /console/cards': ({ desk, req, res }) => desk.sendAsset(req, res, 'cards.html'),
  'GET /console/assets/': ({ desk, req, res, rest }) => desk.sendAsset(req, res, rest.join('/')),
  'GET /console/files/': ({ desk, res, rest }) => sendFile(res, desk.options.openFile, rest[0] ?? ''),
  'GET /console/samples': samples,
  'GET /console/state': state,
  'GET /console/entries': entries,
  'GET /console/choices': choices,
  'GET /console/events': events,
  'POST /console/uploads': upload,
  'POST /console/messages': (call) => talk(call, call.desk.talk.message),
  'POST /console/submits': (call) => talk(call, call.desk.talk.submit),
};

export function findRoute(req: IncomingMessage): Serve {
  const address = URL.parse(`http://localhost${req.url}`);
  if (!address) {
    throw new Refused(404, 'There is nothing here.');
  }
  const { pathname, searchParams: query } = address;
  const exact = ROUTES[`${req.method} ${pathname}`];
  if (exact) {
    return (desk, request, res) => exact({ desk, req: request, res, query, rest: [] });
  }
  const [, room, folder, ...rest] = pathname.split('/');
  const inFolder = ROUTES[`${req.method} /${room}/${folder}/`];
  if (!inFolder) {
    throw new Refused(404, 'There is nothing here.');
  }
  return (desk, request, res) => inFolder({ desk, req: request, res, query, rest: rest.map(decoded) });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refused(404, 'There is nothing here.');
  }
}

async function whoAsks({ desk, query }: Call) {
  return personOf(await desk.personas(), query.get('as') ?? '');
}

/** Everything a page needs to start; who asks for somebody who is not there is the first persona. */
async function state({ desk, res, query }: Call): Promise<void> {
  const personas = await desk.personas();
  const chosen = personas.find(({ person }) => person.id === query.get('as')) ?? personas[0];
  const places = chosen ? placesOf(chosen.person) : [];
  const newest = places.map(async ({ conversation, kind, name }) => {
    const seen = await visibleEntries(desk, conversation, chosen?.person.id ?? '', ENTRIES_LOOKED_AT);
    return { id: conversation, kind, name, newest: seen.at(-1)?.id ?? 0 };
  });
  sendJson(res, 200, {
    me: chosen?.person.id,
    personas: personas.map(({ person: { id, name, email }, role, organization }) => {
      return { id, name, email, role, organization };
    }),
    conversations: await Promise.all(newest),
    commands: desk.options.commands(),
    cards: desk.options.cardSamples !== undefined,
  });
}

async function entries(call: Call): Promise<void> {
  const { desk, res, query } = call;
  const { id } = await whoAsks(call);
  sendJson(res, 200, { entries: await visibleEntries(desk, query.get('in') ?? '', id, ENTRIES_SHOWN) });
}

async function visibleEntries(
  desk: Desk,
  conversation: string,
  personId: string,
  limit: number,
): Promise<readonly Entry[]> {
  const found = await desk.options.transcript.read(conversation, 0, limit);
  return found.filter((entry) => maySee(entry, personId));
}

/** What fits the words that are being typed, as far as the persona may see it in this conversation. */
async function choices(call: Call): Promise<void> {
  const { desk, res, query } = call;
  const person = await whoAsks(call);
  const place = placesOf(person).find(({ conversation }) => conversation === query.get('in'));
  const dataset = query.get('dataset');
  if (!place || !isDataset(dataset)) {
    throw new Refused(404, 'There is nothing to search.');
  }
  const words = (query.get('words') ?? '').slice(0, WORDS_LIMIT);
  const bounds = BOUNDS.flatMap((bound) => {
    const value = query.get(`within.${bound}`);
    return value ? [[bound, value] as const] : [];
  });
  const customer = customerIn(query.get('customer'));
  const wanted = {
    dataset,
    words,
    most: CHOICES_SHOWN,
    ...(bounds.length > 0 && { within: Object.fromEntries(bounds) }),
    ...(customer !== undefined && { customer }),
  };
  const found = await desk.options.search({ ...wanted, person, place });
  sendJson(res, 200, { choices: found });
}

async function events(call: Call): Promise<void> {
  const { id } = await whoAsks(call);
  call.desk.live.open(call.req, call.res, id);
}

async function samples({ desk, res }: Call): Promise<void> {
  sendJson(res, 200, (await desk.options.cardSamples?.()) ?? {});
}

async function upload({ desk, req, res }: Call): Promise<void> {
  checkWrite(req, 'application/octet-stream');
  const header = req.headers['x-file-name'];
  if (typeof header !== 'string') {
    throw new Refused(400, 'The upload lacks the name of the file.');
  }
  const name = fileName(decoded(header));
  const size = Number(req.headers['content-length'] ?? 0);
  const sentence = tooLarge(name, size > FILE_LIMIT ? size : undefined);
  sendJson(res, 201, desk.uploads.keep(name, await readBody(req, FILE_LIMIT, sentence)));
}

/** The last part of what may be a path, without control characters. */
function fileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last.replace(/\p{Cc}/gu, '').slice(0, 255) || 'file';
}

async function talk(
  { desk, req, res }: Call,
  hear: (body: Readonly<Record<string, unknown>>) => Promise<void>,
) {
  checkWrite(req, 'application/json');
  await hear(await readJson(req));
  sendJson(res, 200, { seen: desk.live.newest() });
}
