/** The form that changes a subscription: more or fewer units, suspend it, resume it. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, messaging, office, once } from './demo.ts';
import { card, lead } from './elements.ts';
import { choiceInput, field, required, textInput } from './fields.ts';
import { number } from './format.ts';

export type OrderingChange = {
  readonly organization: string;
  readonly kind: 'increase' | 'decrease' | 'suspend' | 'resume';
  /** Those that can be changed so. */
  readonly subscriptions: readonly {
    /** `10023/2` */
    readonly service: string;
    readonly product: string;
    readonly quantity: number;
  }[];
  /** As typed; empty where nothing was. */
  readonly values: { readonly service: string; readonly quantity: string };
  readonly errors?:
    | { readonly service?: string | undefined; readonly quantity?: string | undefined }
    | undefined;
  readonly once: string;
};

const SAYS = {
  increase: {
    title: 'Increase a subscription',
    lead: 'The new units cost what those cost that are there already.',
    quantity: 'How many more',
    none: 'No subscription can be increased',
  },
  decrease: {
    title: 'Decrease a subscription',
    lead: 'Only units that nobody has can be given back.',
    quantity: 'How many fewer',
    none: 'No subscription can be decreased',
  },
  suspend: {
    title: 'Suspend a subscription',
    lead: 'Its users can’t use it until it is resumed; they keep their units and their data.',
    quantity: '',
    none: 'No subscription runs that could be suspended',
  },
  resume: {
    title: 'Resume a subscription',
    lead: 'Its users can use it again.',
    quantity: '',
    none: 'No subscription is suspended',
  },
} as const;

export function orderingChangeCard(data: OrderingChange): Card {
  const { organization, kind, subscriptions, values, errors = {} } = data;
  const says = SAYS[kind];
  const buttons = [commandButton('Subscriptions', 'subscriptions')];
  if (subscriptions.length === 0) return card({ organization, title: says.none, actions: buttons });
  const counted = kind === 'increase' || kind === 'decrease';
  return card({
    organization,
    title: says.title,
    body: [
      lead(says.lead),
      ...field(required(serviceInput(subscriptions, values.service)), errors.service),
      ...(counted ? field(required(quantityInput(says.quantity, values.quantity)), errors.quantity) : []),
    ],
    actions: [submitButton('Next', 'ordering.change', { kind, once: data.once }), ...buttons],
  });
}

function serviceInput(subscriptions: OrderingChange['subscriptions'], value: string) {
  return choiceInput({
    id: 'service',
    label: 'Subscription',
    choices: subscriptions.map(({ service, product, quantity }) => ({
      title: `${service} · ${number(quantity)} × ${product}`,
      value: service,
    })),
    style: 'compact',
    placeholder: 'Choose a subscription',
    ...(value && { value }),
  });
}

function quantityInput(label: string, value: string) {
  return textInput({ id: 'quantity', label, placeholder: '1', maxLength: 20, ...(value && { value }) });
}

const subscriptions = [messaging, office].map(({ service, product, units }) => ({
  service,
  product,
  quantity: units,
}));
const values = { service: '', quantity: '' };
const increase: OrderingChange = { organization: 'Contoso', kind: 'increase', subscriptions, values, once };

export const samples: Record<string, Card> = {
  increase: orderingChangeCard(increase),
  decrease: orderingChangeCard({
    ...increase,
    kind: 'decrease',
    values: { service: '10023/2', quantity: '9' },
    errors: { quantity: '3 units of 10023/2 are free; the others belong to users.' },
  }),
  suspend: orderingChangeCard({ ...increase, kind: 'suspend' }),
  resume: orderingChangeCard({ ...increase, kind: 'resume' }),
  none: orderingChangeCard({ ...increase, kind: 'resume', subscriptions: [] }),
  long: orderingChangeCard({
    ...increase,
    organization: longest.organization,
    subscriptions: [{ service: longest.service, product: longest.product, quantity: 100_000 }],
    values: { service: longest.service, quantity: '100,000' },
    errors: { service: longest.product },
  }),
};
