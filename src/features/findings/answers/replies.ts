import { chatDoneCard } from '../../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../../cards/chat-refusal.ts';
import { type FindingsOne, findingsOneCard } from '../../../../cards/findings-one.ts';
import { findingsOneConfirmCard } from '../../../../cards/findings-one-confirm.ts';
import { count, dateTime, list, money, number, signedMoney } from '../../../../cards/format.ts';
import { newOnce, replaceWith, tell } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { quoted } from '../../associations/rules.ts';
import { aboutOf, findingTitle, kindTitle, notFound } from '../replies.ts';
import { type Numbers, numberIn, REOPENABLE, textIn } from '../rules.ts';
import type { FindingRecord } from '../store.ts';
import { untilAskedAgain } from './asked-again.ts';
import type { Case } from './case.ts';
import { renewalOf, type State, UNTILS, type Until, usersIn } from './rules.ts';
import { adviceOf, hindranceOf, type Named, questionOf, titleOf, WHY, YES } from './sentences.ts';
import type { Lead, Proposal } from './types.ts';

const FINDINGS = { title: 'Findings', command: 'findings' };
const MOST_ACTIONS = 6;

/** One finding, and all that can be done about it. */
export function oneFinding(kase: Case, refused?: string): Reply {
  const data = cardOf(kase, refused);
  const { what, answered, advice, proposals } = data;
  const named = `Finding ${data.finding} of ${data.organization ?? 'nobody'}: ${what}.`;
  const can = proposals.length === 0 ? [] : [`You can: ${list(proposals.map(({ title }) => title))}.`];
  const sides = data.sides.map(
    ([title, here = '–', there = '–']) => `${title}: ${here} here, ${there} there.`,
  );
  const lines = [refused, named, answered, sides.join(' '), data.why, ...advice, ...can];
  const text = lines.filter((line) => line !== undefined && line !== '').join('\n');
  return tell(text, findingsOneCard(data));
}

function cardOf(kase: Case, refused: string | undefined): FindingsOne {
  const { finding, kind, state, advice } = kase;
  const open = state === 'open' || state === 'snoozed';
  const proposals = open ? advice.proposals : [];
  const named = usersIn(finding.numbers);
  const all = kind === 'assignments' ? differingIn(finding.numbers) : finding.size;
  return {
    organization: finding.organization ?? undefined,
    finding: finding.id,
    kind: kindTitle(kind),
    state,
    what: findingTitle(finding),
    answered: answeredOf(kase),
    refused,
    sides: sidesOf(kase),
    users: named,
    moreUsers: named.length === 0 ? 0 : Math.max(0, all - named.length),
    facts: factsOf(kase),
    why: WHY[kind],
    advice: open
      ? [...advice.obstacles.map(hindranceOf), ...proposals.map((one) => adviceOf(one, kind))]
      : [],
    proposals: proposals.map((one, index) => ({
      title: titleOf(one, kind),
      how: one.how,
      ...(one.how === 'close' && { style: 'destructive' as const }),
      ...(index === 0 && one.how !== 'close' && one.how !== 'leave' && { style: 'positive' as const }),
    })),
    services: proposals.flatMap((one) =>
      one.how === 'map'
        ? one.candidates.map(({ ref, product, units }) => ({
            title: `${ref} · ${product} · ${count(units, 'unit')}`,
            value: ref,
          }))
        : [],
    ),
    untils: open ? untilsOf(kase) : [],
    mayReopen: finding.answer !== null && REOPENABLE.includes(finding.answer),
    leads: leadsOf(kase, proposals),
  };
}

const differingIn = (numbers: Numbers): number =>
  ['onlyHere', 'onlyThere', 'otherUnits'].reduce((sum, name) => sum + numberIn(numbers, name), 0);

function untilsOf({ advice, nextRun }: Case): { title: string; value: Until }[] {
  const renewal = renewalOf(advice);
  return [
    ...(renewal === undefined ? [] : [{ title: 'When it renews', value: 'renewal' as const }]),
    { title: 'In a day', value: 'day' },
    { title: 'In a week', value: 'week' },
    ...(nextRun === undefined ? [] : [{ title: 'At the next reconciliation', value: 'run' as const }]),
  ];
}

/** Where one goes on, as far as there is room. */
function leadsOf(kase: Case, proposals: readonly Proposal[]): FindingsOne['leads'] {
  const { finding, state, advice, siblings, standing } = kase;
  const open = state === 'open' || state === 'snoozed';
  const { service } = finding;
  const reading = advice.obstacles.some(({ kind }) => kind === 'moved');
  const changing = advice.obstacles.flatMap((one) => (one.kind === 'changing' ? [one.order] : []));
  const unanswered = advice.obstacles.flatMap((one) => (one.kind === 'unanswered' ? [one.order] : []));
  const leads = [
    ...(open ? changing.map((order) => ({ title: `Order ${order}`, command: `order ${order}` })) : []),
    ...(open ? unanswered.map((order) => ({ title: `Retry ${order}`, command: `retry ${order}` })) : []),
    ...(open && reading ? [{ title: 'Read again', command: 'findings read' }] : []),
    ...(standing.begun !== null && state === 'answered'
      ? [{ title: `Order ${standing.begun}`, command: `order ${standing.begun}` }]
      : []),
    ...(open && service !== undefined ? advice.leads.map((lead) => leadTo(lead, service)) : []),
    ...siblings.map(({ id, kind }) => ({ title: `${kindTitle(kind)} (${id})`, command: `finding ${id}` })),
    FINDINGS,
    ...(service === undefined
      ? []
      : [{ title: `Subscription ${service}`, command: `subscription ${service}` }]),
  ];
  const taken = proposals.length + (open ? 1 : 0) + (state === 'answered' ? 1 : 0);
  return leads.slice(0, Math.max(1, MOST_ACTIONS - taken));
}

function leadTo(lead: Lead, service: string) {
  if (lead.to === 'increase')
    return { title: `Order ${number(lead.by)} more`, command: `increase ${service} ${lead.by}` };
  return lead.user === undefined
    ? { title: 'Release units', command: `release ${service}` }
    : { title: `Release from ${lead.user}`, command: `release ${service} ${lead.user}` };
}

function answeredOf({ finding, state, standing }: Case): string | undefined {
  if (state === 'gone') return notFound(finding);
  if (state === 'open' || finding.answeredAt === null) return undefined;
  const by = `${finding.answeredBy ?? 'Somebody'}, ${dateTime(finding.answeredAt.toISOString())}`;
  const until =
    state === 'snoozed' && finding.snoozedUntil !== null
      ? `. It is asked again on ${dateTime(finding.snoozedUntil.toISOString())}`
      : '';
  return `${standing.note ?? 'It was answered'}: ${by}${until}.`;
}

/** Both sides, one below the other: what is here, and what the vendor has. */
function sidesOf({ finding: { numbers }, kind }: Case): FindingsOne['sides'] {
  const of = (name: string) => (name in numbers ? number(numberIn(numbers, name)) : undefined);
  const word = (name: string) => textIn(numbers, name) || undefined;
  const rows: FindingsOne['sides'] = [
    ['Units', of('bought'), of('quantity')],
    ['Billed', of('recorded') === of('bought') ? undefined : of('recorded'), undefined],
    ['With users', of('used'), of('assigned')],
    ['Nobody has', undefined, of('idle')],
    ...(kind === 'status' ? [['Status', word('here'), word('there')] as const] : []),
    ...(kind === 'product' ? [['Article', word('sku'), word('there')] as const] : []),
    ...(kind === 'unknown' ? [['Article', undefined, word('sku')] as const] : []),
    ['Most units of a user', of('most'), undefined],
  ];
  return rows.filter(([, here, there]) => here !== undefined || there !== undefined);
}

function factsOf({ finding, kind, standing, worth, seesMarkup }: Case): FindingsOne['facts'] {
  const { currency, priceMinor, purchaseMinor, readAt, refused } = standing;
  const domain = textIn(finding.numbers, 'domain');
  const priced = (minor: number | null) =>
    minor === null || currency === null
      ? undefined
      : `${money({ minor, currency })} a unit and month${worth === 0 ? '' : `; ${signedMoney({ minor: minor * worth, currency })} a month`}`;
  return [
    ['Subscription', finding.service && `${finding.product ?? ''} (${finding.service})`.trim()],
    ['At the vendor', `${finding.subscription} (${finding.provider})`],
    ['Domain', kind === 'unknown' ? domain || 'none' : undefined],
    ['Price', priced(priceMinor)],
    ['Purchase price', seesMarkup ? priced(purchaseMinor) : undefined],
    ['Since', dateTime(finding.foundAt.toISOString())],
    ['Read last', readAt === null ? undefined : dateTime(readAt.toISOString())],
    ['The vendor refused', kind === 'assignments' ? (refused ?? undefined) : undefined],
  ];
}

const CHANGED = 'It is not what you saw before. Nothing was changed yet.';

export function confirmAnswer(
  { finding }: Case,
  proposal: Proposal,
  named: Named,
  {
    basis,
    changed,
    service,
  }: { readonly basis: string; readonly changed: boolean; readonly service: string },
): Reply {
  const { question, effects } = questionOf(proposal, named);
  const what = findingTitle(finding);
  const card = findingsOneConfirmCard({
    organization: finding.organization ?? undefined,
    finding: finding.id,
    what,
    question,
    effects,
    changed: changed ? CHANGED : undefined,
    yes: YES[proposal.how],
    data: { how: proposal.how, basis, ...(service !== '' && { service }) },
    once: newOnce(),
  });
  return replaceWith([...(changed ? [CHANGED] : []), question, `${what}.`, ...effects].join('\n'), card);
}

/** An answer was carried out. */
export function answeredReply({ finding }: Case, note: string, detail?: string): Reply {
  const organization = finding.organization ?? undefined;
  const buttons = [
    FINDINGS,
    { title: `Finding ${finding.id}`, command: `finding ${finding.id}` },
    ...(finding.service === undefined
      ? []
      : [{ title: `Service ${finding.service}`, command: `service ${finding.service}` }]),
  ];
  return replaceWith(
    [`${note}.`, ...(detail === undefined ? [] : [detail])].join(' '),
    chatDoneCard({ organization, answer: note, detail, buttons }),
  );
}

export function snoozedReply({ finding }: Case, until: Date): Reply {
  const answer = `Finding ${finding.id} is asked again on ${dateTime(until.toISOString())}`;
  const organization = finding.organization ?? undefined;
  return replaceWith(
    `${answer}.`,
    chatDoneCard({ organization, answer, detail: `${findingTitle(finding)}.`, buttons: [FINDINGS] }),
  );
}

export function noSuchFinding(typed: string): Reply {
  const problem =
    typed.trim() === '' ? 'Which finding?' : `There is no finding ${quoted(typed)} that you can see.`;
  const remedy = 'The list shows every finding with its number.';
  return tell(`${problem} ${remedy}`, chatRefusalCard({ problem, remedy, buttons: [FINDINGS] }));
}

export const notAnAnswer = (typed: string): string =>
  `${quoted(typed)} is not an answer. Say accept, leave, or snooze with ${oneOf(UNTILS)}.`;

const oneOf = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** Of what it was to be put off until. */
export const notATime = (typed: string): string =>
  `${typed.trim() === '' ? 'Until when?' : `${quoted(typed)} is not a time.`} Say snooze with ${oneOf(UNTILS)}. Nothing was changed.`;

/** Several services can be meant. */
export const CHOOSE = 'Choose below which service it is. Nothing was changed.';

/** It has no such time. */
export const notThen = (until: Until): string =>
  until === 'renewal'
    ? 'It waits for no renewal. Nothing was changed.'
    : 'No reconciliation is planned. Nothing was changed.';

/** Why nothing was done; the finding as it is now stands below. */
export function notDone(state: State, { finding }: Pick<Case, 'finding'>): string {
  switch (state) {
    case 'gone':
      return `${notFound(finding)} Nothing was changed.`;
    case 'answered':
      return `${finding.answeredBy ?? 'Somebody'} has answered this already. Nothing was changed.`;
    default:
      return 'That can’t be done about it now. Nothing was changed.';
  }
}

export const snoozedNote = (until: Date): string => `Put off until ${dateTime(until.toISOString())}`;
/** What the history says. */
export const inHistory = (finding: FindingRecord, note: string): string =>
  `${note} (finding ${finding.id}: ${findingTitle(finding)}, ${aboutOf(finding)})`;

export function detailOf({ how }: Proposal, { kind }: Pick<Case, 'kind'>): string | undefined {
  switch (how) {
    case 'tell':
      return 'The vendor hears of it in a moment.';
    case 'leave':
      return `It is not asked again ${untilAskedAgain(kind)}.`;
    case 'map':
      return 'The next reading compares the two.';
    default:
      return undefined;
  }
}
