/** The form that sets a watch over the free units of a service. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, lead } from './elements.ts';
import { field, required, serviceInput, textInput } from './fields.ts';

export type WatchesForm = {
  readonly organization?: string | undefined;
  /** Where it is told: `#licences`, `this conversation` */
  readonly here: string;
  /** As typed. */
  readonly values: { readonly service: string; readonly below: string };
  readonly errors?: { readonly service?: string; readonly below?: string } | undefined;
  readonly once: string;
};

export function watchesFormCard({ organization, here, values, errors, once: token }: WatchesForm): Card {
  const service = serviceInput('services', { value: values.service });
  const below = textInput({
    id: 'below',
    label: 'Tell when fewer units are free than',
    placeholder: '5',
    maxLength: 9,
    ...(values.below && { value: values.below }),
  });
  return card({
    organization,
    title: 'Watch free units',
    body: [
      lead(`When they fall below the number, ${here} hears of it: once each time that happens.`),
      ...field(required(service), errors?.service),
      ...field(required(below), errors?.below),
    ],
    actions: [submitButton('Watch', 'watches.set', { once: token }), commandButton('Watches', 'watch list')],
  });
}

export const samples: Record<string, Card> = {
  new: watchesFormCard({ here: '#licences', values: { service: '', below: '' }, once }),
  errors: watchesFormCard({
    organization: longest.organization,
    here: `#${'fernmeldewesen-'.repeat(5)}licences`,
    values: { service: '10099/1', below: 'few' },
    errors: {
      service: 'There is no service “10099/1” that you can see. Write it like 10023/1.',
      below: '“few” is not a whole number.',
    },
    once,
  }),
};
