/** What is said of each kind of finding, of what can be done about it, and of why it can't. */
import { count, date, list, number } from '../../../../cards/format.ts';
import type { Kind } from '../rules.ts';
import { untilAskedAgain } from './asked-again.ts';
import type { How, Obstacle, Proposal } from './types.ts';

/** The service that a finding is about, as people speak of it. */
export type Named = { readonly ref: string; readonly product: string };

export const WHY: Readonly<Record<Kind, string>> = {
  quantity:
    'Somebody changed the quantity at the vendor itself, an order came to something else there, or it was renewed with another quantity.',
  assignments:
    'Somebody gave or took units at the vendor itself, or the vendor refused what it was told from here.',
  'over-assigned':
    'More units are with users than are bought: they were given at the vendor itself, or the quantity was reduced there.',
  idle: 'They are bought and nobody has them: users have left, or more was ordered than was needed.',
  missing: 'It was cancelled at the vendor, has run out there, or goes by another name there now.',
  unknown:
    'It was bought at the vendor itself, or an order of it was brought here without the vendor’s name for it.',
  status: 'It was suspended or resumed at the vendor itself, or the vendor stopped it because of a payment.',
  units: 'The vendor has given a user more units than our catalog says one user may have.',
  product: 'The vendor has renamed the article, or the subscription was changed to another product there.',
};

const words = (to: 'active' | 'suspended'): string => (to === 'active' ? 'active' : 'suspended');

/** What stands on the button. */
export function titleOf(proposal: Proposal, kind: Kind): string {
  switch (proposal.how) {
    case 'adopt':
      return 'status' in proposal
        ? `Set to ${words(proposal.status)} here`
        : `Set to ${number(proposal.units)} here`;
    case 'order':
      return orderTitle(proposal);
    case 'takeover':
      return 'Take it over';
    case 'tell':
      return 'Tell the vendor';
    case 'release':
      return `Release ${count(proposal.by, 'idle unit')}`;
    case 'close':
      return 'Close it here';
    case 'map':
      return proposal.candidates.length === 1 ? `It is ${proposal.candidates[0]?.ref}` : 'It is this service';
    case 'same':
      return 'The same product';
    case 'leave':
      return kind === 'unknown' ? 'Not ours' : 'Leave it so';
  }
}

type Ordering = Extract<Proposal, { how: 'order' }>;
function orderTitle(proposal: Ordering): string {
  switch (proposal.change) {
    case 'increase':
      return `Order ${number(proposal.by)} more`;
    case 'decrease':
      return `Give ${number(proposal.by)} back`;
    case 'suspend':
      return 'Suspend it there';
    case 'resume':
      return 'Resume it there';
  }
}

/** What that does, in a sentence. */
export function adviceOf(proposal: Proposal, kind: Kind): string {
  return `${titleOf(proposal, kind)}: ${does(proposal, kind)}`;
}

function does(proposal: Proposal, kind: Kind): string {
  switch (proposal.how) {
    case 'adopt':
      return 'the vendor is right, and our books take what it has.';
    case 'order':
      return orderDoes(proposal);
    case 'takeover':
      return `the vendor is right. Here ${gain(proposal.get)}, ${lose(proposal.lose)}.`;
    case 'tell':
      return `our books are right. At the vendor ${gain(proposal.get)}, ${lose(proposal.lose)}.`;
    case 'release':
      return proposal.by === proposal.of
        ? 'begins an order that gives them back.'
        : `begins an order that gives back ${number(proposal.by)} of ${number(proposal.of)}: more the commitment does not allow now.`;
    case 'close':
      return 'it is no more at the vendor, so it ends here as well.';
    case 'map':
      return 'that service stands for it from now on.';
    case 'same':
      return `“${proposal.sku}” is another name of this product, wherever it comes up.`;
    case 'leave':
      return `it is all right as it is, and is not asked again ${untilAskedAgain(kind)}.`;
  }
}

const gain = (users: number): string => `${count(users, 'user')} ${users === 1 ? 'gets' : 'get'} more units`;
const lose = (users: number): string => `${number(users)} ${users === 1 ? 'loses' : 'lose'} some`;

function orderDoes(proposal: Ordering): string {
  const first = 'our books are right. They take what the vendor has first, and an order leads back to';
  if ('status' in proposal) return `${first} what it is here now.`;
  return proposal.units === undefined
    ? 'begins an order of what is missing.'
    : `${first} ${number(backTo(proposal, proposal.units))} units.`;
}

const backTo = ({ change, by }: { readonly change: string; readonly by: number }, units: number): number =>
  change === 'increase' ? units + by : units - by;

/** Why something that one would expect is not offered. */
export function hindranceOf(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'moved':
      return 'Our books have changed since the vendor was read, or are changing just now. Read the vendors again before anything is done about it.';
    case 'several':
      return 'Several services here stand for this one subscription at the vendor, so it can’t be said which of them it is about.';
    case 'suspended':
      return 'It is suspended here: no units of it can be given away or ordered until it is resumed.';
    case 'quantity first':
      return 'More units at the vendor would not help: its quantity is not ours. Settle that difference first, or release units.';
    case 'provider only':
      return 'That it is the same product only the provider can say, whose products they are.';
    case 'nothing to map':
      return 'The customer has no service here that could stand for it. Order it here, or import the order.';
    case 'too many to order':
      return 'An order can’t have that many units.';
    case 'changing':
      return `Order ${obstacle.order} changes it already. One change at a time.`;
    case 'unanswered':
      return `Order ${obstacle.order} failed without an answer, and this may be what it did at the vendor. Retry it first: it asks for the same once more.`;
    case 'taken':
      return `Here ${number(obstacle.taken)} ${obstacle.taken === 1 ? 'unit is' : 'units are'} in use or reserved, more than the ${number(obstacle.units)} that the vendor has. Release ${number(obstacle.taken - obstacle.units)} first.`;
    case 'bound':
      return boundSentence(obstacle);
    case 'too few free':
      return `To take it over ${count(obstacle.needs, 'unit')} would have to be free here; ${number(obstacle.free)} ${obstacle.free === 1 ? 'is' : 'are'}.`;
    case 'too many for a user':
      return `It can’t be taken over: one user can have ${count(obstacle.max, 'unit')}, and ${some(obstacle.users)} would have more.`;
    case 'nameless':
      return `It can’t be taken over: ${some(obstacle.users)} ${obstacle.users.length === 1 ? 'is no e-mail address' : 'are no e-mail addresses'}.`;
    case 'too many users':
      return 'Too many users differ to be taken over at once. Use a sheet: bulk.';
    case 'other product':
      return `The vendor’s article is ${obstacle.product} in our catalog: another product, not another name.`;
  }
}

const MOST_NAMED = 3;
const some = (users: readonly string[]): string =>
  list(
    users.length > MOST_NAMED
      ? [...users.slice(0, MOST_NAMED), `${number(users.length - MOST_NAMED)} more`]
      : users,
  );

function boundSentence({ may, of, until, renewsAt }: Extract<Obstacle, { kind: 'bound' }>): string {
  const when =
    renewsAt === undefined ? 'when it renews' : `when it renews, on ${date(renewsAt.toISOString())}`;
  if (may === 0)
    return `It is bought for a year: none of the ${number(of)} can be given back before then, only ${when}.`;
  const end = until === undefined ? '' : `, until ${date(until.toISOString())}`;
  return `It is bought for a year: ${number(may)} of the ${number(of)} can be given back now${end}; the others ${when}.`;
}

/** What was done, for the history and for who looks at the finding later: no prices. */
export function doneOf(
  proposal: Proposal,
  { ref, product }: Named,
  more: { readonly order?: number },
): string {
  const what = `${product} (${ref})`;
  switch (proposal.how) {
    case 'adopt':
      return 'status' in proposal
        ? `Set ${what} to ${words(proposal.status)}, as it is at the vendor`
        : `Set ${what} from ${number(proposal.before)} to ${count(proposal.units, 'unit')}, as the vendor has`;
    case 'order':
    case 'release':
      return `Began order ${more.order} for ${what}`;
    case 'takeover':
      return `Took over from the vendor who has ${what}`;
    case 'tell':
      return `Had the vendor told who has ${what}`;
    case 'close':
      return `Closed ${what}, which is no more at the vendor`;
    case 'map':
      return `Said that ${what} stands for it`;
    case 'same':
      return `Said that “${proposal.sku}” is another name of ${product}`;
    case 'leave':
      return 'Left it as it is';
  }
}

const BILLED_LATER = 'What is billed stays as it is until the next reconciliation.';
const billedAfter = ({ units, before }: { readonly units: number; readonly before: number }): string =>
  units > before
    ? BILLED_LATER
    : `No more than ${number(units)} ${units === 1 ? 'is' : 'are'} billed from now on.`;

/** The question of the last look, and what it comes to. */
export function questionOf(
  proposal: Proposal,
  { ref, product }: Named,
): { readonly question: string; readonly effects: readonly string[] } {
  const what = `${product} (${ref})`;
  switch (proposal.how) {
    case 'adopt':
      if ('status' in proposal) {
        const units = proposal.units === undefined ? '' : ` with ${count(proposal.units, 'unit')}`;
        return {
          question: `Set ${ref} to ${words(proposal.status)} here${units}?`,
          effects: [
            `${what} is set to what the vendor has. Nothing changes there.`,
            ...(proposal.units === undefined ? [] : [BILLED_LATER]),
          ],
        };
      }
      return {
        question: `Set ${ref} to ${count(proposal.units, 'unit')} here?`,
        effects: [
          `${what} has ${number(proposal.before)} now. Nothing changes at the vendor.`,
          billedAfter(proposal),
        ],
      };
    case 'order':
      return { question: `${orderTitle(proposal)}?`, effects: orderEffects(proposal, ref) };
    case 'takeover':
      return {
        question: `Take over who has ${ref}?`,
        effects: [
          `Of ${what} here ${gain(proposal.get)}, ${lose(proposal.lose)}. Nothing changes at the vendor.`,
          'Users that are not known here are made.',
        ],
      };
    case 'tell':
      return {
        question: `Tell the vendor who has ${ref}?`,
        effects: [
          `Of ${what} at the vendor ${gain(proposal.get)}, ${lose(proposal.lose)}. Nothing changes here.`,
        ],
      };
    case 'close':
      return {
        question: `Close ${ref}?`,
        effects: [
          `${what} with ${count(proposal.units, 'unit')} ends here: it is not billed any more and nobody can get units of it.`,
          ...(proposal.users > 0
            ? [`${count(proposal.users, 'user')} ${proposal.users === 1 ? 'loses' : 'lose'} it here.`]
            : []),
          'This can’t be undone.',
        ],
      };
    default:
      return {
        question: `Does ${ref} stand for it?`,
        effects: [
          `${what} stands for the vendor’s subscription from now on. The next reading compares the two.`,
        ],
      };
  }
}

function orderEffects(proposal: Ordering, ref: string): string[] {
  const placed = 'Nothing happens at the vendor before you place the order.';
  if ('status' in proposal)
    return [`${ref} is set to ${words(proposal.status)} first, as it is at the vendor.`, placed];
  const { change, by, units = 0 } = proposal;
  return [
    `${ref} is set to ${count(units, 'unit')} first, as the vendor has.`,
    `Then an order is begun that makes it ${number(backTo({ change, by }, units))}. ${placed}`,
  ];
}

/** `Set to 12` */
export const YES: Readonly<Record<How, string>> = {
  adopt: 'Set it',
  order: 'Begin the order',
  takeover: 'Take it over',
  tell: 'Tell the vendor',
  release: 'Begin the order',
  close: 'Close it',
  map: 'Yes, it does',
  same: 'Yes',
  leave: 'Yes',
};
