// The edges that the configuration asks for, mounted on the one port.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, Response } from 'restify';
import { allSamples } from '../cards/gallery.ts';
import { allMembers, formsIn, installationsIn, keysOf, type Registry, transcriptIn } from './bot/index.ts';
import {
  type Edge,
  type HomeOpened,
  type Listening,
  type Lookups,
  type OpenFile,
  type PlaceNews,
  PostFailed,
  type Receive,
  type Search,
} from './chat/edge.ts';
import type { Person, Place } from './chat/place.ts';
import type { Config } from './config.ts';
import type { SlackOAuth } from './config-slack.ts';
import type { Db } from './db/index.ts';
import type { Entry } from './edges/console/index.ts';
import type { Door } from './http.ts';
import type { Log } from './log.ts';

export type Rooms = {
  readonly door: Door;
  readonly receive: Receive;
  readonly search: Search;
  readonly db: Db;
  readonly openFile: OpenFile;
  /** Nothing where the bot's own address is not known. */
  readonly fileUrl: (id: string, name: string) => string | undefined;
  readonly seal: (text: string) => string;
  readonly remember: (place: Place, person?: Person) => Promise<void>;
  /** The bot is in a workspace again: what waits for it goes out. */
  readonly reachAgain: (platform: string, workspace: string) => Promise<void>;
  /** For what a platform tells of its places by itself. */
  readonly placeNews: (platform: string) => PlaceNews;
  readonly homeOpened: HomeOpened;
  readonly listening: Listening;
  readonly lookups: Lookups;
  readonly registry: Registry;
  readonly clock: () => Date;
  readonly log: Log;
};

export type Gates = { readonly edges: readonly Edge[]; stop(): Promise<void> };
type Gate = { readonly edge: Edge; stop(): Promise<void> };

/** Each platform's packages are loaded only where it is used: they take most of the time of a start. */
export async function openEdges(config: Config, rooms: Rooms): Promise<Gates> {
  const gates: Gate[] = [];
  if (config.local) gates.push(await mountConsole(rooms));
  if (config.local || config.teams) gates.push(await mountTeams(config, rooms));
  if (config.slack) gates.push(await mountSlack(config.slack, rooms));
  if (config.smtpUrl) gates.push(await openPostbox(config.smtpUrl, rooms));
  return {
    edges: gates.map(({ edge }) => edge),
    async stop() {
      for (const gate of gates) await gate.stop();
    },
  };
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
/** The edge answers by itself, perhaps after it returned; restify would answer with an error before that. */
const asHandler = (handle: Handle) => async (request: Request, response: Response) => {
  const closed = new Promise((resolve) => response.once('close', resolve));
  await handle(request, response);
  await closed;
};

async function mountTeams({ teams }: Config, rooms: Rooms): Promise<Gate> {
  const { openTeams } = await import('./edges/teams/index.ts');
  const { receive, search, fileUrl, openFile, seal, remember, lookups, db, clock, log } = rooms;
  const { edge, handle } = openTeams({
    // The local client of Teams knows no cards that ask to save a file.
    ...(teams && { credentials: teams, consent: { openFile, seal } }),
    ...(teams?.graphFiles && { graph: {} }),
    receive,
    search,
    fileUrl,
    remember,
    places: rooms.placeNews('teams'),
    lookups,
    forms: formsIn(db, clock),
    log,
  });
  rooms.door.server.post('/api/messages', asHandler(handle));
  return { edge, stop: async () => undefined };
}

async function mountSlack(slack: NonNullable<Config['slack']>, rooms: Rooms): Promise<Gate> {
  const { openSlack } = await import('./edges/slack/index.ts');
  const { receive, search, openFile, fileUrl, homeOpened, listening, db, log, clock } = rooms;
  const { oauth, ...settings } = slack;
  const { edge, handle, install, start, stop } = await openSlack({
    ...settings,
    ...(oauth && { install: installsOf(oauth, rooms) }),
    receive,
    search,
    openFile,
    fileUrl,
    homeOpened,
    listening,
    forms: formsIn(db, clock),
    log,
    now: () => clock().getTime(),
  });
  const { server } = rooms.door;
  if (handle) server.post('/slack/events', asHandler(handle));
  if (install) {
    server.get('/slack/install', asHandler(install.begin));
    server.get('/slack/oauth_redirect', asHandler(install.finish));
  }
  await start();
  return { edge, stop };
}

const installsOf = ({ keys, ...oauth }: SlackOAuth, { db, seal, clock, reachAgain }: Rooms) => ({
  ...oauth,
  seal,
  installations: installationsIn(db, keysOf(keys), clock),
  installed: (workspace: string) => reachAgain('slack', workspace),
});

async function mountConsole({
  door,
  receive,
  search,
  openFile,
  db,
  registry,
  clock,
  log,
}: Rooms): Promise<Gate> {
  const { openConsole } = await import('./edges/console/index.ts');
  const { edge, handle, close } = openConsole({
    receive,
    search,
    openFile,
    transcript: transcriptIn<Omit<Entry, 'id' | 'at'>>(db, clock),
    personas: () => personas(db),
    commands: () => registry.commands.map(({ usage, summary }) => ({ usage, summary })),
    cardSamples: samplesByCard,
    log,
  });
  door.server.get('/', asHandler(handle));
  door.server.get('/console/*', asHandler(handle));
  door.server.post('/console/*', asHandler(handle));
  return { edge, stop: async () => close() };
}

/** The name that a letter is signed with, where its place says one. */
const senderIn = ({ address }: Place): string | undefined =>
  typeof address === 'object' && address !== null && 'sender' in address && typeof address.sender === 'string'
    ? address.sender
    : undefined;

/** The first line is the subject, what follows is the text; a message of one line is both. */
function letterOf(message: string): { subject: string; text: string } {
  const [subject = '', ...rest] = message.split('\n');
  return { subject, text: rest.join('\n').trim() || subject };
}

/** Letters are posted like messages: a reply becomes its text, with the files attached. */
export async function openPostbox(url: string, { openFile }: Pick<Rooms, 'openFile'>): Promise<Gate> {
  const { NotSent, openMail } = await import('./mail/index.ts');
  const mail = openMail(url);
  const edge: Edge = {
    platform: 'mail',
    async post(place, { text, files = [] }, key) {
      const attachments = (await Promise.all(files.map(({ id }) => openFile(id)))).filter(
        (file) => file !== undefined,
      );
      const letter = { to: place.conversation, ...letterOf(text), sender: senderIn(place), attachments, key };
      await mail.send(letter).catch((error: unknown) => {
        if (!(error instanceof NotSent)) throw error;
        throw new PostFailed(error.later ? 'later' : 'refused', error.message, { cause: error });
      });
      return { place, message: key };
    },
    update: async (sent) => sent,
    async check() {
      const refusal = await mail.check();
      return refusal === undefined
        ? [{ what: 'Server', state: 'good', says: 'The mail server takes letters from the bot.' }]
        : [
            {
              what: 'Server',
              state: 'attention',
              says: `The mail server is out of reach or refuses the bot (${refusal}).`,
              remedy: 'See whether SMTP_URL names the right server, user and password.',
            },
          ];
    },
  };
  return { edge, stop: async () => mail.close() };
}

async function personas(db: Db) {
  const members = await allMembers(db);
  return members.map(({ id, name, email, role, organization }) => ({
    person: { platform: 'console', id: `member-${id}`, name, email },
    role,
    organization: organization.name,
  }));
}

/** `orders-list.empty` -> under `orders-list` as `empty` */
async function samplesByCard() {
  const groups = Object.groupBy(Object.entries(await allSamples()), ([name]) => name.split('.')[0] ?? name);
  return Object.fromEntries(
    Object.entries(groups).map(([card, samples = []]) => [
      card,
      Object.fromEntries(samples.map(([name, sample]) => [name.slice(card.length + 1), sample])),
    ]),
  );
}
