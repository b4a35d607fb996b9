// What is said of the customer to whom a channel belongs.
import { chatDoneCard } from '../../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../../cards/chat-refusal.ts';
import { count } from '../../../../cards/format.ts';
import { announce, tell } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { refusal, USE_BUTTONS } from '../replies.ts';
import type { Customer } from '../store.ts';

const UNBIND = { title: 'Nobody’s any more', command: 'use nobody here' };

/** `dropped`: so many notices waited here that are not of this customer. */
export function bound(customer: Customer, channel: string, dropped: number): Reply {
  const answer = `${channel || 'This channel'} belongs to ${customer.name} now.`;
  const seen = `Everybody here who may see ${customer.name} sees its orders, and answers about it are for all to read.`;
  const notices = `Notices here are of ${customer.name} alone, and none about reconciliation.`;
  const others =
    dropped === 0
      ? []
      : [`${count(dropped, 'notice')} of others that waited ${dropped === 1 ? 'is' : 'are'} dropped.`];
  const detail = [seen, notices, ...others].join(' ');
  const buttons = [...USE_BUTTONS, UNBIND];
  return announce(
    `${answer} ${detail}`,
    chatDoneCard({ organization: customer.name, answer, detail, buttons }),
  );
}

export function unbound(customer: Customer, channel: string): Reply {
  const answer = `${channel || 'This channel'} does not belong to ${customer.name} any more.`;
  const detail = 'Everybody chooses a customer here for themselves.';
  const buttons = [{ title: 'Choose a customer', command: 'use' }];
  return announce(
    `${answer} ${detail}`,
    chatDoneCard({ organization: customer.name, answer, detail, buttons }),
  );
}

export function channelOwner(customer: Customer, mayBind: boolean): Reply {
  const answer = `This channel belongs to ${customer.name}.`;
  const detail = 'Everybody here who may see it sees its orders.';
  const buttons = [...USE_BUTTONS, ...(mayBind ? [UNBIND] : [])];
  return tell(answer, chatDoneCard({ organization: customer.name, answer, detail, buttons }));
}

export function ownerDecides(customer: Customer, mayBind: boolean): Reply {
  const problem = `This channel belongs to ${customer.name}, for everybody.`;
  const remedy = 'Choose another customer in another channel, or in a direct conversation with me.';
  const buttons = mayBind ? [UNBIND] : [];
  return tell(
    `${problem} ${remedy}`,
    chatRefusalCard({ organization: customer.name, problem, remedy, buttons }),
  );
}

export const channelOfOthers = (): Reply =>
  refusal(
    'This channel belongs to a customer that is not one of yours.',
    'Ask again in another channel, or in a direct conversation with me.',
  );
export const onlyChannels = (): Reply =>
  refusal('Only a channel can belong to a customer.', 'Type it in the channel, or leave out the word here.');
export const notBound = (): Reply => refusal('This channel belongs to nobody.');
export const mayNotBind = (): Reply =>
  refusal(
    'Your role does not let you say to whom a channel belongs.',
    'Ask an admin of the provider or reseller.',
  );
