/** Tests talk to the bot: a command in, the reply out, over a real database and real jobs. */
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import {
  type Asked,
  type Ctx,
  homesWork,
  housekeeping,
  openBot,
  openFileIn,
  openSearch,
  openTraffic,
  placeBook,
  refreshWork,
  register,
} from '../../src/bot/index.ts';
import type { Choice, Dataset, Within } from '../../src/chat/card.ts';
import type { Edge, OpenFile, Receive, Search } from '../../src/chat/edge.ts';
import type { Attachment } from '../../src/chat/inbound.ts';
import type { Person, Place, Sent } from '../../src/chat/place.ts';
import type { Reply } from '../../src/chat/reply.ts';
import { type Db, type Opened, openEmbedded, openPostgres } from '../../src/db/index.ts';
import { voice } from '../../src/features/help/index.ts';
import { tellCrossings } from '../../src/features/watches/tell.ts';
import { features } from '../../src/features.ts';
import { type Jobs, startJobs } from '../../src/jobs/index.ts';
import { openProviders } from '../../src/providers/index.ts';
import { type Engine, type Home, newHome } from './database.ts';

export const PEOPLE = {
  priya: 'priya@hamaracloud.example',
  arjun: 'arjun@hamaracloud.example',
  nora: 'nora@northwind.example',
  carla: 'carla@contoso.example',
  chris: 'chris@contoso.example',
} as const;
export type Somebody = keyof typeof PEOPLE | 'stranger';

export const settings = {
  orderPrefix: 'HAMARACLOUD',
  bulkBatchRows: 1000,
  bulkMaxFileMb: 25,
  approvalHours: 72,
  reconcileCron: '0 6 25 * *',
  reconcileTimezone: 'UTC',
  mail: false,
};

export type Post = { readonly place: Place; readonly reply: Reply; readonly key: string };

export type Talk = {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly receive: Receive;
  readonly openFile: OpenFile;
  /** What was posted without being asked for, in order. */
  readonly posts: readonly Post[];
  /** Messages by their ids, as they look now. */
  readonly messages: ReadonlyMap<string, Reply>;
  /** The time the bot goes by. */
  setTime(iso: string): void;
  as(who: Somebody, place?: Place): Speaker;
  /** Resolves with the next post that fits, or one that came already. */
  waitForPost(fits: (post: Post) => boolean): Promise<Post>;
  ctx(): Ctx;
  close(): Promise<void>;
};

export type Speaker = {
  say(text: string, attachments?: readonly Attachment[], id?: string): Promise<Reply>;
  /** Presses the button with this title on the card of a reply, with inputs filled in. */
  press(reply: Reply, title: string, inputs?: Record<string, string>): Promise<Reply>;
  submit(verb: string, values: Record<string, unknown>, id?: string): Promise<Reply>;
  /** What is offered while this is being typed. */
  search(
    dataset: Dataset,
    words: string,
    most?: number,
    within?: Within,
    customer?: number,
  ): Promise<readonly Choice[]>;
  /** What the card of a reply shows now, where it is drawn anew before the eyes of this person. */
  look(reply: Reply, values?: Record<string, unknown>): Promise<Reply | undefined>;
};

export const channel = (name: string): Place => ({
  platform: 'test',
  conversation: `channel:${name}`,
  kind: 'channel',
  name: `#${name}`,
});

export const file = (name: string, content: string | Uint8Array): Attachment => ({
  name,
  read: async () => (typeof content === 'string' ? new TextEncoder().encode(content) : content),
});

/** How the built-in provider behaves, from one request to the next. */
export type Vendor = { seconds: number; fail: string | undefined };

/** Where letters go, opened once it is known where files are. Without one, no letters are sent. */
export type OpenPostbox = (openFile: OpenFile) => Promise<Edge>;

/** Opens a bot whose only platform is the test. */
export async function openTalk(
  engine: Engine,
  home?: Home,
  vendor?: Vendor,
  postbox?: OpenPostbox,
  checks?: Asked['checks'],
): Promise<Talk> {
  const at = home ?? (await newHome(engine));
  const opened = at.databaseUrl ? await openPostgres(at.databaseUrl) : await openEmbedded(at.dataDir);
  return openTalkOn(opened, home === undefined ? at.remove : async () => undefined, vendor, postbox, checks);
}

export async function openTalkOn(
  opened: Opened,
  afterwards = async (): Promise<void> => undefined,
  vendor: Vendor = { seconds: 0, fail: undefined },
  postbox?: OpenPostbox,
  checks?: Asked['checks'],
): Promise<Talk> {
  const { db } = opened;
  const posts: Post[] = [];
  const messages = new Map<string, Reply>();
  const changes = new EventEmitter().setMaxListeners(0);
  let now: Date | undefined;
  const clock = () => now ?? new Date();
  const ours = { ...settings, mail: postbox !== undefined };
  const edge = testEdge(posts, messages, changes, await postbox?.(openFileIn(db)));
  const all = [...features, housekeeping];
  const work = [
    ...all.flatMap((feature) => feature.work ?? []),
    refreshWork(all, () => edge),
    homesWork({ features: all, edgeOf: () => edge, voice }),
  ];
  const faults: unknown[] = [];
  const traffic = openTraffic(0);
  const jobs = await startJobs(opened, work, (fault) => faults.push(fault));
  const providers = openProviders(db, Object.assign(vendor, { clock }));
  const actor = { kind: 'job', name: 'test' } as const;
  const ctx = (): Ctx => ({ db, jobs, settings: ours, now: clock(), actor, settle });
  const settle = (inside: Db): Promise<void> => tellCrossings({ ...ctx(), db: inside });
  for (const one of work) {
    await jobs.work(one.name, (data, lastTry) =>
      one.handle({ ...ctx(), post: edge.post, clock, providers, quiet: traffic.quiet }, data, lastTry),
    );
  }
  const shelves = {
    db,
    settings: ours,
    registry: register(all),
    traffic,
    clock,
    observe: () => undefined,
    logFault: (fault: unknown) => void faults.push(fault),
  };
  const search = openSearch(shelves);
  const remember = placeBook(db, clock);
  const { receive } = openBot({ ...shelves, jobs, voice, settle, remember, checks });
  return {
    db,
    jobs,
    receive,
    openFile: openFileIn(db),
    posts,
    messages,
    setTime: (iso) => {
      now = new Date(iso);
    },
    as: (who, place) => speaker({ receive, search, messages, faults }, who, place),
    async waitForPost(fits) {
      for (;;) {
        const found = posts.find(fits);
        if (found !== undefined) return found;
        await once(changes, 'change');
      }
    },
    ctx,
    async close() {
      await jobs.stop();
      await opened.close();
      await afterwards();
    },
  };
}

function testEdge(
  posts: Post[],
  messages: Map<string, Reply>,
  changes: EventEmitter,
  postbox: Edge | undefined,
): Edge {
  return {
    platform: 'test',
    async post(place, reply, key) {
      if (place.platform === 'mail') await postbox?.post(place, reply, key);
      const message = randomUUID();
      messages.set(message, reply);
      posts.push({ place, reply, key });
      changes.emit('change');
      return { place, message };
    },
    async update(sent, reply) {
      messages.set(sent.message, reply);
      changes.emit('change');
      return sent;
    },
  };
}

type Bot = {
  readonly receive: Receive;
  readonly search: Search;
  readonly messages: Map<string, Reply>;
  readonly faults: readonly unknown[];
};

function speaker({ receive, search, messages, faults }: Bot, who: Somebody, at: Place | undefined): Speaker {
  const email = who === 'stranger' ? undefined : PEOPLE[who];
  const person: Person = { platform: 'test', id: who, name: who, ...(email && { email }) };
  const place: Place = at ?? {
    platform: 'test',
    conversation: `personal:${who}`,
    kind: 'personal',
    name: who,
  };

  async function ask(inbound: Parameters<Receive>[0]): Promise<Reply> {
    const answer = await hear(inbound);
    if (answer === undefined) throw new Error('The bot gave no answer.');
    return answer;
  }

  async function hear(inbound: Parameters<Receive>[0]): Promise<Reply | undefined> {
    const before = faults.length;
    let answer: Reply | undefined;
    await receive(inbound, async (reply): Promise<Sent> => {
      answer = reply;
      const message = randomUUID();
      messages.set(message, reply);
      return { place, message };
    });
    if (faults.length > before) throw faults[before];
    return answer;
  }
  const submit: Speaker['submit'] = (verb, values, id = randomUUID()) =>
    ask({ kind: 'submit', id, person, place, verb, values });
  return {
    submit,
    look({ card }, values = card?.refresh?.data ?? {}) {
      const { verb = '' } = card?.refresh ?? {};
      return hear({ kind: 'submit', id: randomUUID(), person, place, verb, values, refresh: true });
    },
    async search(dataset, words, most = 20, within = {}, customer = undefined) {
      const before = faults.length;
      const found = await search({
        person,
        place,
        dataset,
        words,
        within,
        most,
        ...(customer && { customer }),
      });
      if (faults.length > before) throw faults[before];
      return found;
    },
    say: (text, attachments = [], id = randomUUID()) =>
      ask({ kind: 'message', id, person, place, text, attachments }),
    press(reply, title, inputs = {}) {
      const action = reply.card?.actions?.find((one) => one.title === title);
      if (action?.type !== 'Action.Execute') {
        const titles = reply.card?.actions?.map((one) => one.title).join(', ');
        throw new Error(`There is no button "${title}"; there are: ${titles}.`);
      }
      return submit(action.verb, { ...inputs, ...action.data });
    },
  };
}
