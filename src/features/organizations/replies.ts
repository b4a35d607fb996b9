import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { announce, replaceWith, tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import type { Customer } from './store.ts';

/** As many are buttons; more are a list. */
const MOST_BUTTONS = 6;
/** How long a command may be to be said again after the choice; Slack allows 75 characters in an option. */
const longestRepeated = (choices: number) => (choices > MOST_BUTTONS ? 64 : 1500);

/** `then` is the command that asked, to be carried out once the customer is chosen. */
export function whichCustomer(customers: readonly Customer[], then: string): Reply {
  if (customers.length === 0) return noCustomers();
  const repeated = then.length <= longestRepeated(customers.length) ? then : '';
  return tell(
    'Which customer?',
    chatChoiceCard({
      question: 'Which customer?',
      detail: 'Orders belong to one customer. Your choice holds for you in this conversation.',
      choices: customers.map(({ id, name }) => ({ title: name, value: `${id} ${repeated}`.trim() })),
      answer: { verb: 'organizations.use', field: 'choice' },
    }),
  );
}

export function nowUsing(customer: Customer): Reply {
  const answer = `You now see the orders of ${customer.name}.`;
  const buttons = [
    { title: 'Orders', command: 'orders' },
    { title: 'Free units', command: 'free' },
    { title: 'Associate', command: 'associate' },
  ];
  return tell(answer, chatDoneCard({ organization: customer.name, answer, buttons }));
}

export function stillUsing(customer: Customer, others: readonly Customer[]): Reply {
  const answer = `You see the orders of ${customer.name}.`;
  if (others.length > MOST_BUTTONS) return { ...whichCustomer(others, ''), text: `${answer} Which else?` };
  const buttons = others.map(({ name }) => ({ title: name, command: `use "${name}"` }));
  return tell(answer, chatDoneCard({ organization: customer.name, answer, buttons }));
}

export function noSuchCustomer(name: string, customers: readonly Customer[]): Reply {
  const problem = `There is no customer “${name}” that you can see.`;
  const buttons = customers
    .slice(0, MOST_BUTTONS)
    .map((customer) => ({ title: customer.name, command: `use "${customer.name}"` }));
  return tell(problem, chatRefusalCard({ problem, buttons }));
}

export function notYours(): Reply {
  const problem = 'That customer is not one of yours.';
  return replaceWith(problem, chatRefusalCard({ problem }));
}

function noCustomers(): Reply {
  const problem = 'There is no customer yet.';
  return announce(problem, chatRefusalCard({ problem }));
}
