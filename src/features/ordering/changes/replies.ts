import { chatChoiceCard } from '../../../../cards/chat-choice.ts';
import { count } from '../../../../cards/format.ts';
import { type OrderingChange, orderingChangeCard } from '../../../../cards/ordering-change.ts';
import { tell } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { quoted } from '../../../chat/words.ts';
import { BASKET, type Button, lines, NEW_ORDER, refusal } from '../replies.ts';

export function changeForm(data: OrderingChange): Reply {
  const problems = Object.values(data.errors ?? {}).flatMap((error) => error ?? []);
  return tell(lines(problems, `${data.organization}: ${data.kind} a subscription`), orderingChangeCard(data));
}

/** Of a change that one had begun, and begins once more with another quantity. */
export const replacedChange = (before: string, order: number): string =>
  `This replaces what you had begun in order ${order}: ${before}.`;

export const refusedBefore = (of: { readonly by: string | null; readonly reason: string | null }): string =>
  `${of.by ?? 'Somebody'} refused it${of.reason === null ? '.' : `: ${of.reason}`}`;

type Other = { readonly number: number; readonly change: string; readonly by: string | undefined };
const MOST_OTHERS = 3;

/** Of other changes of the same subscription; `by` is nobody where it is one's own. */
export function alsoBegun(others: readonly Other[]): string[] {
  const more = others.length - MOST_OTHERS;
  return [
    ...others
      .slice(0, MOST_OTHERS)
      .map(
        ({ number, change, by }) =>
          `${by === undefined ? 'You have' : `${by} has`} begun another change of it: ${change}, order ${number}. It stays in the basket.`,
      ),
    ...(more > 0 ? [`${more} more ${more === 1 ? 'is' : 'are'} in the basket.`] : []),
  ];
}

export function whatToResume(
  organization: string,
  choices: readonly { readonly title: string; readonly value: string }[],
): Reply {
  if (choices.length === 0) {
    const problem = `${organization} has no draft and no suspended subscription.`;
    return refusal(problem, undefined, [BASKET, NEW_ORDER], organization);
  }
  const question = 'What do you want to resume?';
  const titles = choices.map(({ title }) => title);
  return tell(
    [`${organization}: ${question}`, ...titles].join('\n'),
    chatChoiceCard({ organization, question, choices }),
  );
}

export function whichSubscription(
  organization: string,
  order: string,
  product: string,
  found: readonly { readonly ref: string; readonly quantity: number }[],
): Reply {
  const question = `Which subscription of ${product} does order ${order} change?`;
  const choices = found.map(({ ref, quantity }) => ({
    title: `${ref} · ${count(quantity, 'unit')}`,
    value: `resume ${order} ${ref}`,
  }));
  return tell(`${organization}: ${question}`, chatChoiceCard({ organization, question, choices }));
}

export function noSubscription(organization: string, order: string, product: string): Reply {
  const problem = `${organization} has no running subscription of ${product} that order ${order} could change.`;
  return refusal(
    problem,
    'Order it as a new subscription, and discard this draft.',
    [
      { title: `Order ${product}`, command: `new order ${quoted(product)}` },
      { title: 'Discard the draft', command: `discard ${order}` },
    ],
    organization,
  );
}

export function noSuchSubscription(word: string): Reply {
  return refusal(`There is no subscription “${word}” that you can see.`, 'Write it like 10023/1.', [
    { title: 'Subscriptions', command: 'subscriptions' },
  ]);
}

export function refusedChange(organization: string, problem: string, buttons: readonly Button[] = []): Reply {
  return refusal(
    problem,
    undefined,
    [...buttons, { title: 'Subscriptions', command: 'subscriptions' }],
    organization,
  );
}
