// `finding 12`, and what is pressed on its card.
import type { Asked } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { refusedHere } from '../../organizations/view.ts';
import { type Case, loadCase } from './case.ts';
import { carryOut, remember } from './effects.ts';
import {
  answeredReply,
  CHOOSE,
  confirmAnswer,
  detailOf,
  noSuchFinding,
  notAnAnswer,
  notATime,
  notDone,
  notThen,
  oneFinding,
  snoozedNote,
  snoozedReply,
} from './replies.ts';
import { asksFirst, basisOf, chosen, renewalOf, snoozedUntil, UNTILS } from './rules.ts';
import type { Named } from './sentences.ts';
import { saveAnswer } from './store.ts';
import { HOWS, type How, type Proposal } from './types.ts';

const MOST_DIGITS = 9;
const idOf = (typed: string): number | undefined => {
  const digits = /^#?(\d+)$/.exec(typed.trim())?.[1];
  return digits === undefined || digits.length > MOST_DIGITS ? undefined : Number(digits);
};

/** `finding 12`; `finding 12 leave` and `finding 12 snooze week` are what its buttons do. */
export async function findingCommand(asked: Asked, words: readonly string[]): Promise<Reply> {
  const [typed = '', word, more = ''] = words;
  const [how, until] = [word?.toLowerCase(), more.toLowerCase()];
  const reply = await (how === 'snooze'
    ? snooze(asked, typed, until || 'day')
    : isHow(how)
      ? answer(asked, { finding: typed, how, basis: '', service: more })
      : show(asked, typed, word));
  return { ...reply, position: 'below' };
}

const isHow = (word: string | undefined): word is How | 'accept' =>
  word === 'accept' || HOWS.some((how) => how === word);

export async function show(asked: Asked, typed: string, word?: string): Promise<Reply> {
  const refused = await refusedHere(asked);
  if (refused !== undefined) return refused;
  const id = idOf(typed);
  const kase = id === undefined ? undefined : await loadCase(asked, id, 'look');
  if (kase === undefined) return noSuchFinding(typed);
  return oneFinding(kase, word === undefined ? undefined : notAnAnswer(word));
}

export type Press = {
  readonly finding: string;
  readonly how: How | 'accept' | 'first';
  /** What the confirmation showed that was pressed. */
  readonly basis: string;
  /** Of several services the one that was chosen. */
  readonly service: string;
};

/** Shows what an answer would do where units or money move; pressed there, does it, if it is still the same. */
export async function answer(asked: Asked, press: Press): Promise<Reply> {
  return onOpen(asked, press.finding, async (kase) => {
    const proposal = chosen(kase.advice, press.how);
    if (proposal === undefined) return again(kase, notDone('open', kase));
    const named = namedIn(kase, proposal, press.service);
    if (named === undefined) return again(kase, press.service === '' ? CHOOSE : notDone('open', kase));
    const basis = basisOf(proposal, kase.differing);
    if (asksFirst(proposal) && basis !== press.basis)
      return confirmAnswer(kase, proposal, named, {
        basis,
        changed: press.basis !== '',
        service: proposal.how === 'map' ? named.ref : '',
      });
    return done(asked, kase, proposal, named);
  });
}

/** The service that is spoken of: that of the finding, or of several candidates the one that was chosen. */
function namedIn({ finding }: Case, proposal: Proposal, service: string): Named | undefined {
  if (proposal.how !== 'map')
    return { ref: finding.service ?? finding.subscription, product: finding.product ?? 'A product' };
  const [first, ...others] = proposal.candidates;
  return (
    proposal.candidates.find(({ ref }) => ref === service) ??
    (others.length === 0 && service === '' ? first : undefined)
  );
}

async function done(asked: Asked, kase: Case, proposal: Proposal, named: Named): Promise<Reply> {
  const effect = await carryOut(asked, kase, proposal, named);
  if (effect.answer === undefined) return { ...effect.reply, position: 'instead' };
  const { note, order, reply } = effect;
  await saveAnswer(asked.db, kase.finding.id, {
    answer: effect.answer,
    deed: proposal.how,
    by: asked.actor.name,
    at: asked.now,
    note,
    ...(order !== undefined && { order }),
  });
  return reply === undefined
    ? answeredReply(kase, note, detailOf(proposal, kase))
    : { ...reply, position: 'instead' };
}

/** `until` is one of `UNTILS`, or nothing is done. */
export async function snooze(asked: Asked, finding: string, typed: string): Promise<Reply> {
  return onOpen(asked, finding, async (kase) => {
    const until = UNTILS.find((one) => one === typed);
    if (until === undefined) return again(kase, notATime(typed));
    const renewsAt = renewalOf(kase.advice);
    const at = snoozedUntil(until, { now: asked.now, run: kase.nextRun, renewsAt });
    if (at === undefined) return again(kase, notThen(until));
    const note = snoozedNote(at);
    await remember(asked, kase, note, { answer: 'snoozed', after: { until: at.toISOString() } });
    await saveAnswer(asked.db, kase.finding.id, {
      answer: 'snoozed',
      by: asked.actor.name,
      at: asked.now,
      until: at,
      note,
    });
    return snoozedReply(kase, at);
  });
}

/** Runs `run` with a finding that waits for an answer; else it is shown as it is now, and why nothing was done. */
async function onOpen(asked: Asked, typed: string, run: (kase: Case) => Promise<Reply>): Promise<Reply> {
  const refused = await refusedHere(asked);
  if (refused !== undefined) return refused;
  const id = idOf(typed);
  const kase = id === undefined ? undefined : await loadCase(asked, id, 'lock');
  if (kase === undefined) return noSuchFinding(typed);
  const { state } = kase;
  return state === 'open' || state === 'snoozed' ? run(kase) : again(kase, notDone(state, kase));
}

const again = (kase: Case, why: string): Reply => ({ ...oneFinding(kase, why), position: 'instead' });
