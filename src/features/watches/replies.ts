import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { count, number } from '../../../cards/format.ts';
import { type WatchesForm, watchesFormCard } from '../../../cards/watches-form.ts';
import { type WatchesList, watchesListCard } from '../../../cards/watches-list.ts';
import { watchesLowCard } from '../../../cards/watches-low.ts';
import { announce, replaceWith, tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { MOST_BELOW, type parseBelow } from './rules.ts';
import type { Low } from './store.ts';

type Service = { readonly ref: string; readonly product: string; readonly customer: string };

export function nowWatched(here: string, service: Service, below: number, free: number): Reply {
  const { ref, product, customer: organization } = service;
  const isLow = free < below;
  const answer = isLow
    ? `${ref} of ${organization} has ${count(free, 'free unit')}: fewer than ${number(below)} already.`
    : `${ref} of ${organization} is watched: below ${number(below)} free units.`;
  const when = isLow
    ? `It is told next when they were at ${number(below)} or above, and fall below again.`
    : `${count(free, 'unit is', 'units are')} free now. Each time they fall below, ${here} hears of it once.`;
  const job =
    'While a bulk job holds units of it back, its end is waited for, for half an hour at most; and so is that of an order that gives units back.';
  const detail = `${product}. ${when} ${job}`;
  const buttons = [
    { title: 'Free units', command: `free ${ref}` },
    ...(isLow ? [{ title: 'Order more units', command: `increase ${ref}` }] : []),
    { title: 'Stop watching', command: `watch off ${ref}` },
    { title: 'Watches', command: 'watch list' },
  ];
  return tell(`${answer} ${detail}`, chatDoneCard({ organization, answer, detail, buttons }));
}

export function watchedNoMore({ ref, customer: organization }: Service, below: number): Reply {
  const answer = `${ref} of ${organization} is no longer watched here.`;
  const buttons = [
    { title: 'Watch it again', command: `watch ${ref} below ${below}` },
    { title: 'Watches', command: 'watch list' },
  ];
  return tell(answer, chatDoneCard({ organization, answer, buttons }));
}

export function notWatched({ ref, customer: organization }: Service): Reply {
  const problem = `${ref} of ${organization} is not watched here.`;
  const buttons = [
    { title: 'Watch it', command: `watch ${ref}` },
    { title: 'Watches', command: 'watch list' },
  ];
  return tell(problem, chatRefusalCard({ organization, problem, buttons }));
}

export function watchedByOthers({ ref, customer: organization }: Service): Reply {
  const problem = `Somebody above your organization watches ${ref} here.`;
  const remedy = 'Use another channel, or ask them.';
  return tell(`${problem} ${remedy}`, chatRefusalCard({ organization, problem, remedy }));
}

export function noUnits({ ref, customer: organization }: Service): Reply {
  const problem = `${ref}: virtual machines have no units to be watched.`;
  const buttons = [{ title: 'Services', command: `services ${ref.split('/')[0]}` }];
  return tell(problem, chatRefusalCard({ organization, problem, buttons }));
}

/** The channel belongs to somebody else's service. */
export function notInThisChannel({ ref, customer: organization }: Service): Reply {
  const problem = `This channel belongs to another customer than ${ref}.`;
  const remedy = 'Watch it from another channel, or in a personal chat.';
  return tell(`${problem} ${remedy}`, chatRefusalCard({ organization, problem, remedy }));
}

export const noService = (word: string): string =>
  word === ''
    ? 'Say which service: 10023/1, or part of its name.'
    : `There is no service “${word}” that you can see. Write it like 10023/1, or part of its name.`;

export function noBelow(wrong: Exclude<ReturnType<typeof parseBelow>, number>, word: string): string {
  switch (wrong) {
    case 'no number':
      return word === ''
        ? 'Say below how many free units, for example 5.'
        : `“${word}” is not a whole number.`;
    case 'too small':
      return 'Fewer units than none can’t be free: give 1 or more.';
    case 'too large':
      return `The number is at most ${number(MOST_BELOW)}.`;
  }
}

export const watchForm = (form: WatchesForm, sent: boolean): Reply =>
  (sent ? replaceWith : tell)(
    form.errors === undefined
      ? 'Watch free units: watch 10023/1 below 5'
      : Object.values(form.errors).join(' '),
    watchesFormCard(form),
  );

export function watchList(data: WatchesList): Reply {
  const lines = data.watches.map(
    ({ service, product, free, below, place }) =>
      `${service} ${product}: ${number(free)} free, watched below ${number(below)}${place === undefined ? '' : ` in ${place}`}`,
  );
  const said =
    data.total === 0
      ? `No free units are watched ${data.everywhere ? 'yet' : 'here'}.`
      : `${count(data.total, 'watch', 'watches')} over free units.`;
  return tell([said, ...lines].join('\n'), watchesListCard(data));
}

/** What a channel hears of: every service once. */
export function lowUnits(all: readonly Low[], watchedHere: boolean): Reply {
  const services = all.map(({ ref, customer, ...low }) => ({ ...low, service: ref, organization: customer }));
  const [first, ...more] = services;
  if (first === undefined) throw new Error('Nothing is low.');
  const lines = services.map(
    ({ service, product, organization, free, below }) =>
      `${service} ${product} of ${organization} has ${count(free, 'free unit')}, fewer than ${number(below)}.`,
  );
  const said =
    more.length === 0 ? lines : [`${count(services.length, 'service')} low on free units:`, ...lines];
  return announce(said.join('\n'), watchesLowCard({ services: [first, ...more], watchedHere }));
}
