/** A console with everything around it made up: a transcript in memory, personas, and a bot that follows a script. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Respond, Search } from '../../../src/chat/edge.ts';
import type { Inbound } from '../../../src/chat/inbound.ts';
import type { Reply } from '../../../src/chat/reply.ts';
import {
  type CardSamples,
  type Console,
  type Entry,
  openConsole,
  type Persona,
  type Transcript,
} from '../../../src/edges/console/index.ts';

type Script = (inbound: Inbound, respond: Respond) => Promise<void>;

export type Stage = {
  readonly url: string;
  readonly console: Console;
  readonly transcript: Transcript;
  /** Everything the bot was told. */
  readonly heard: Inbound[];
  readonly errors: string[];
  close(): Promise<void>;
};

export type StageOptions = {
  readonly script?: Script;
  readonly port?: number;
  readonly search?: Search;
  readonly samples?: CardSamples;
  readonly files?: Readonly<Record<string, { name: string; contentType: string; bytes: Uint8Array }>>;
};

export const PERSONAS: readonly Persona[] = [
  persona('anna', 'Anna Berg', 'provider admin', 'HamaraCloud'),
  persona('ravi', 'Ravi Menon', 'account manager', 'HamaraCloud'),
  persona('nora', 'Nora West', 'reseller admin', 'Northwind Partners'),
  persona('carl', 'Carl Contoso', 'customer admin', 'Contoso'),
  persona('alice', 'Alice Adams', 'customer', 'Contoso'),
];

export const COMMANDS = [
  { usage: 'help [command]', summary: 'What the bot can do' },
  { usage: 'orders [recent|historical] [active|draft|all] [text]', summary: 'The orders of a customer' },
  { usage: 'order 10023', summary: 'One order in full' },
  { usage: 'free [10023[/1] | text]', summary: 'Free units of a service' },
  { usage: 'associate [10023/1 alice@contoso.com [units]]', summary: 'Give units to a user' },
  { usage: 'bulk [10023/1]', summary: 'Many at once from a spreadsheet' },
  { usage: 'jobs', summary: 'What runs in the background' },
  { usage: 'new order', summary: 'Order something' },
];

function persona(id: string, name: string, role: string, organization: string): Persona {
  const email = `${id}@example.test`;
  return { person: { platform: 'console', id, name, email, local: true }, role, organization };
}

export function text(words: string, more: Partial<Reply> = {}): Reply {
  return { text: words, audience: 'everyone', position: 'below', ...more };
}

export function memoryTranscript(): Transcript {
  const entries: Entry[] = [];
  const gone = new Set<number>();
  return {
    async append(entry) {
      const appended = { ...entry, id: entries.length + 1, at: new Date().toISOString() };
      entries.push(appended);
      return appended;
    },
    async change(id, reply) {
      const known = entries[id - 1];
      if (!known) {
        return undefined;
      }
      const changed = { ...known, text: reply.text, reply, changed: new Date().toISOString() };
      entries[id - 1] = changed;
      return changed;
    },
    async remove(id) {
      gone.add(id);
    },
    async read(conversation, after, limit) {
      const here = entries.filter((entry) => entry.conversation === conversation && !gone.has(entry.id));
      const found = here.filter((entry) => entry.id > after);
      return after === 0 ? found.slice(-limit) : found.slice(0, limit);
    },
  };
}

const echo: Script = async (inbound, respond) => {
  await respond(text(inbound.kind === 'message' ? `heard ${inbound.text}` : `did ${inbound.verb}`));
};

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const heard: Inbound[] = [];
  const errors: string[] = [];
  const transcript = memoryTranscript();
  const script = options.script ?? echo;
  const { samples } = options;
  const console = openConsole({
    transcript,
    receive: async (inbound, respond) => {
      heard.push(inbound);
      await script(inbound, respond);
    },
    search: async (query) => options.search?.(query) ?? [],
    openFile: async (id) => options.files?.[id],
    personas: async () => PERSONAS,
    commands: () => COMMANDS,
    ...(samples && { cardSamples: async () => samples }),
    log: {
      warn: (_details, message) => errors.push(message),
      error: (details, message) => errors.push(`${message} ${JSON.stringify(details)}`),
    },
  });
  const server = createServer((req, res) => void console.handle(req, res));
  await listen(server, options.port ?? 0);
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return { url, console, transcript, heard, errors, close: () => close(server, console) };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
}

async function close(server: Server, console: Console): Promise<void> {
  console.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
