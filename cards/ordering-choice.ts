/** A step of an order at which one thing is chosen: the service, the category, the product group. */
import type { Card } from '../src/chat/card.ts';
import { type Command, commandButton, submitButton } from './buttons.ts';
import { longest, many, once } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import { choiceInput, field, required } from './fields.ts';
import { backButton, type OrderStep, orderTitle, totalFacts } from './ordering.ts';

export type OrderingChoice = OrderStep & {
  /** `Which category?` */
  readonly question: string;
  readonly step: 'service' | 'category' | 'group';
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly chosen: string;
  /** There is a step before. */
  readonly back: boolean;
  readonly error?: string | undefined;
  readonly buttons?: readonly Command[] | undefined;
};

const MOST_SHOWN = 6;

export function orderingChoiceCard(data: OrderingChoice): Card {
  const { organization, order, path, question, step, choices, chosen, back, error, totals } = data;
  const input = choiceInput({
    id: 'choice',
    label: question,
    choices,
    style: choices.length > MOST_SHOWN ? 'compact' : 'expanded',
    placeholder: 'Choose one',
    ...(chosen && { value: chosen }),
  });
  const to = { step, ...(order !== undefined && { order }) };
  return card({
    organization,
    title: orderTitle(order),
    body: [
      path.length === 0
        ? lead(`What would you like to order for ${organization}?`)
        : subtle(path.join(' › ')),
      ...field(required(input), error),
      totalFacts(totals),
    ],
    actions: [
      submitButton('Next', 'ordering.choose', { ...to, once: data.once }),
      back ? backButton(to) : undefined,
      ...(data.buttons ?? []).map(({ title, command }) => commandButton(title, command)),
    ],
  });
}

const first: OrderingChoice = {
  organization: 'Contoso',
  order: undefined,
  path: [],
  totals: undefined,
  once,
  question: 'Service',
  step: 'service',
  choices: [
    { title: 'Azure Pack · virtual machines', value: '4' },
    { title: 'Microsoft O365 · licences', value: '2' },
    { title: 'Webex · licences', value: '3' },
  ],
  chosen: '',
  back: false,
  buttons: [{ title: 'Basket', command: 'basket' }],
};

export const samples: Record<string, Card> = {
  service: orderingChoiceCard(first),
  category: orderingChoiceCard({
    ...first,
    order: '10029',
    path: ['Microsoft O365'],
    question: 'Category',
    step: 'category',
    choices: ['Academic', 'Corporate'].map((title) => ({ title, value: title })),
    chosen: 'Corporate',
    back: true,
    totals: {
      price: { minor: 11_000, currency: 'EUR' },
      purchase: { minor: 9565, currency: 'EUR' },
      isChange: false,
    },
  }),
  error: orderingChoiceCard({ ...first, error: 'Choose one of these.' }),
  long: orderingChoiceCard({
    ...first,
    organization: longest.organization,
    order: longest.short,
    path: [longest.organization, longest.product],
    question: 'Product group',
    step: 'group',
    choices: many(20, (index) => ({ title: `${index} ${longest.product}`, value: `${index}` })),
    back: true,
  }),
};
