import { randomBytes } from 'node:crypto';
import { ZodError } from 'zod';
import type { Receive, Respond } from '../chat/edge.ts';
import type { Inbound, Message, Submit } from '../chat/inbound.ts';
import type { Person, Place } from '../chat/place.ts';
import { keptOf, type Reply } from '../chat/reply.ts';
import { splitWords } from '../chat/words.ts';
import { type Db, inTransactionOnceMore } from '../db/index.ts';
import type { Jobs } from '../jobs/index.ts';
import { type FileVoice, placed, type Taken, taken } from './attached.ts';
import { cleaned } from './clean.ts';
import type { Asked, CarryOut, Command, Ctx, Settings } from './feature.ts';
import { mayActFor, readMark } from './for-customer.ts';
import { isRefresh, lookAgain } from './look-again.ts';
import { refreshSoon, rememberSent } from './messages.ts';
import { claim, isClaimed, markDelivered, type OnceKey, onceKeys, saveReply } from './once.ts';
import { pressable } from './pressable.ts';
import type { Match, Registry } from './registry.ts';
import { forReaders, readShare, SHARE, share } from './share.ts';
import type { Traffic } from './traffic.ts';
import { actorOf, findMember, type Member } from './who.ts';

/** What the bot says on its own behalf. */
export type Voice = FileVoice & {
  stranger(): Reply;
  unclear(text: string, near: readonly Command[]): Reply;
  forbidden(member: Member): Reply;
  outdated(): Reply;
  answeredAlready(): Reply;
  shared(place: Place): Reply;
  fault(reference: string): Reply;
};

export type House = {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly settings: Settings;
  readonly registry: Registry;
  readonly voice: Voice;
  readonly traffic: Traffic;
  readonly settle?: Ctx['settle'];
  readonly remember: (place: Place, person: Person) => Promise<void>;
  readonly checks?: Asked['checks'];
  readonly clock: () => Date;
  /** Told of every request: what it was, how it ended, how long it took. */
  readonly observe: (what: string, outcome: Outcome, seconds: number) => void;
  readonly logFault: (fault: unknown, reference: string, what: string) => void;
};

/** What a request turned out to be. */
type Step = { readonly what: string; readonly asked: Asked; readonly carryOut: CarryOut };
type Answer = { readonly reply: Reply; readonly keys?: readonly OnceKey[] };

/** Receives what people say and press, has it done once, and answers. The only place where faults are caught. */
export function openBot(house: House): { receive: Receive } {
  return {
    async receive(inbound, respond) {
      const leave = house.traffic.enter();
      const began = performance.now();
      const seen: Seen = { what: inbound.kind };
      try {
        const asks = cleaned(inbound);
        const outcome = isRefresh(asks)
          ? await lookAgain(house, asks, respond)
          : await answerOrExplain(house, asks, respond, seen);
        house.observe(seen.what, outcome, (performance.now() - began) / 1000);
      } finally {
        leave();
      }
    },
  };
}

/** What a request was, once that is known; never what a client made up. */
type Seen = { what: string };
type Outcome = 'answered' | 'repeated' | 'fault';

async function answerOrExplain(
  house: House,
  inbound: Inbound,
  respond: Respond,
  seen: Seen,
): Promise<Outcome> {
  const reference = randomBytes(3).toString('hex').toUpperCase();
  let answer: Answer | undefined;
  try {
    answer = await answerOnce(house, inbound, seen);
  } catch (fault) {
    house.logFault(fault, reference, seen.what);
    await respond({ ...house.voice.fault(reference), fault: true }).catch((failed: unknown) =>
      house.logFault(failed, reference, 'telling of the fault'),
    );
    return 'fault';
  }
  if (answer === undefined) return 'repeated';
  try {
    await deliver(house, answer, respond);
    return 'answered';
  } catch (failed) {
    // What was asked for is done; only its answer got lost, and who asks again gets it.
    house.logFault(failed, reference, `answering ${seen.what}`);
    return 'fault';
  }
}

async function deliver(house: House, { reply, keys }: Answer, respond: Respond): Promise<void> {
  const sent = await respond(reply);
  if (reply.track !== undefined && sent !== undefined) {
    await rememberSent(house.db, reply.track, sent);
    // What it tells of may have gone on before it was known where it can be changed.
    await refreshSoon(house, reply.track);
  }
  if (keys !== undefined) await markDelivered(house.db, keys, house.clock());
}

async function answerOnce(house: House, inbound: Inbound, seen: Seen): Promise<Answer | undefined> {
  const member = await findMember(house.db, inbound.person);
  if (member === undefined) return { reply: house.voice.stranger() };
  await house.remember(inbound.place, inbound.person);
  const keys = onceKeys(inbound);
  // Files are read before the request is claimed: not once more for one that the platform repeats.
  const repeated = hasFiles(inbound) && (await isClaimed(house.db, keys, house.clock()));
  const step = await understand(house, repeated ? withoutFiles(inbound) : inbound, member);
  seen.what = step.what;
  for (const feature of house.registry.features) await feature.heard?.(step.asked, inbound.place);
  return inTransactionOnceMore(step.asked, async (asked) => {
    const earlier = await claim(asked.db, keys, `${inbound.person.platform}:${inbound.person.id}`, asked.now);
    if (earlier === undefined) {
      const reply = pressable(house.registry, asked, await step.carryOut(asked));
      await saveReply(asked.db, keys, keptOf(reply));
      await expectToReplace(asked.db, inbound, reply);
      return { reply, keys };
    }
    if (!earlier.samePerson) return { reply: house.voice.answeredAlready() };
    // What was answered needs no second answer, but for a button that waits for a new look of its card.
    if (earlier.arrived && earlier.reply?.position === 'below' && !inbound.waits) return undefined;
    return earlier.reply && { reply: earlier.reply, keys };
  });
}

const hasFiles = (inbound: Inbound): inbound is Message =>
  inbound.kind === 'message' && (inbound.attachments.length > 0 || inbound.findFiles !== undefined);

function withoutFiles(inbound: Inbound): Inbound {
  if (inbound.kind !== 'message') return inbound;
  const { findFiles: _, ...message } = inbound;
  return { ...message, attachments: [] };
}

/** The pressed card becomes the tracked one: known before it is drawn, should the bot be killed in between. */
async function expectToReplace(db: Db, inbound: Inbound, { track, position }: Reply): Promise<void> {
  if (track === undefined || position !== 'instead' || inbound.kind !== 'submit') return;
  const { message, place } = inbound;
  if (message !== undefined) await rememberSent(db, track, { place, message });
}

async function understand(house: House, inbound: Inbound, member: Member): Promise<Step> {
  const { db, jobs, settings, clock, settle, checks } = house;
  const { person, place } = inbound;
  const asked: Asked = {
    db,
    jobs,
    settings,
    settle,
    checks,
    now: clock(),
    actor: actorOf(member, person),
    person,
    place,
    member,
    text: '',
    ...(inbound.alone && { alone: true }),
    async again(inside, text) {
      const said: Message = { ...withoutFiles(inbound), kind: 'message', text, attachments: [] };
      const step = await understandMessage(house, inside, said);
      return step.carryOut({ ...inside, text });
    },
  };
  if (inbound.kind === 'message') return understandMessage(house, asked, inbound);
  return understandSubmit(house, asked, inbound);
}

/** What a card of one customer sends back is done for that customer, or not at all. */
async function understandSubmit(house: House, asked: Asked, sent: Submit): Promise<Step> {
  const { submit, forCustomer } = readMark(sent);
  const may = forCustomer === undefined || (await mayActFor(asked, forCustomer));
  const named = may && forCustomer !== undefined ? { ...asked, forCustomer } : asked;
  if (submit.verb === 'say') return understandMessage(house, named, saidBy(submit));
  if (submit.verb === SHARE) return understandShare(house, asked, submit);
  return may ? understandButton(house, named, submit) : outdated(house, asked);
}

/** A button that says a command for the person who presses it. */
function saidBy(inbound: Submit): Message {
  const text = typeof inbound.values.text === 'string' ? inbound.values.text : '';
  return { ...inbound, kind: 'message', text, attachments: [] };
}

async function understandMessage(house: House, asked: Asked, message: Message): Promise<Step> {
  const isCommand = (words: string) => house.registry.match(splitWords(words)) !== undefined;
  const said = await taken(asked, message, isCommand);
  const { text, there = asked.place } = said;
  const words = splitWords(text);
  const match = house.registry.match(words);
  if (match === undefined) {
    const near = house.registry.nearest(words, 3).filter((command) => may(asked.member, command.roles));
    return { what: 'unclear', asked, carryOut: async () => house.voice.unclear(text, near) };
  }
  const { command } = match;
  if (!may(asked.member, command.roles)) return forbidden(house, asked);
  const named = { ...asked, place: there, text, ...(there.reader !== undefined && { alone: true as const }) };
  const { run, inPrivate } = await runOf(named, match, said);
  const carryOut = async (inside: Asked) => {
    const reply = await forReaders(inside, command, await run(inside));
    return placed(inside, reply, { ...said, inPrivate }, house.voice);
  };
  return { what: command.name, asked: named, carryOut };
}

/** Only a command that takes files has them looked for. */
async function runOf(asked: Asked, { command, words }: Match, { files }: Taken) {
  if ('run' in command) return { run: (inside: Asked) => command.run(inside, words), inPrivate: false };
  const found = await files();
  return { run: await command.read(asked, words, found.files), inPrivate: found.inPrivate };
}

function understandButton(house: House, asked: Asked, submit: Submit): Step {
  const pressed = house.registry.button(submit.verb);
  if (pressed === undefined)
    return { what: 'unknown button', asked, carryOut: async () => house.voice.outdated() };
  if (!may(asked.member, pressed.roles)) return forbidden(house, asked);
  const carryOut = async (inside: Asked) => {
    try {
      return await forReaders(inside, undefined, await pressed.run(inside, submit.values));
    } catch (error) {
      if (error instanceof ZodError) return house.voice.outdated();
      throw error;
    }
  };
  return { what: submit.verb, asked, carryOut };
}

/** The command that was answered is carried out once more, for everybody where it was asked. */
async function understandShare(house: House, asked: Asked, { values, person, place }: Submit): Promise<Step> {
  const wanted = await readShare(asked.db, person, place, values);
  const match = house.registry.match(splitWords(wanted?.text ?? ''));
  if (wanted === undefined || match === undefined || !('run' in match.command)) return outdated(house, asked);
  const { command, words } = match;
  if (!may(asked.member, command.roles)) return forbidden(house, asked);
  const carryOut = async (inside: Asked) => {
    const answer = await command.run(
      { ...inside, place: wanted.place, text: wanted.text, forCustomer: wanted.about },
      words,
    );
    return (await share(inside, wanted, answer, house.voice.shared)) ?? house.voice.outdated();
  };
  return { what: SHARE, asked, carryOut };
}

const outdated = (house: House, asked: Asked): Step => ({
  what: 'outdated',
  asked,
  carryOut: async () => house.voice.outdated(),
});

const forbidden = (house: House, asked: Asked): Step => ({
  what: 'forbidden',
  asked,
  carryOut: async () => house.voice.forbidden(asked.member),
});

const may = (member: Member, roles: Command['roles']): boolean => roles.includes(member.role);
