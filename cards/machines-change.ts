/** The form that changes machines of one size: another template, more or fewer, or none. */
import type { Card } from '../src/chat/card.ts';
import { actionButton, asking, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import { choiceInput, field, required, textInput } from './fields.ts';
import { type Quotas, quotas } from './machines.ts';

export type MachinesChange = {
  readonly organization: string;
  readonly order: string;
  /** How the configuration names these machines. */
  readonly machine: string;
  readonly profile: string;
  readonly each: Quotas;
  readonly templates: readonly { readonly id: number; readonly name: string }[];
  /** As typed. */
  readonly values: { readonly template: string; readonly quantity: string };
  readonly errors?:
    | { readonly template?: string | undefined; readonly quantity?: string | undefined }
    | undefined;
  readonly once: string;
};

export function machinesChangeCard(data: MachinesChange): Card {
  const { organization, order, machine, profile, each, templates, values, errors, once: token } = data;
  const template = choiceInput({
    id: 'template',
    label: 'Template',
    style: 'compact',
    placeholder: 'Choose a template',
    choices: templates.map(({ id, name }) => ({ title: name, value: String(id) })),
    ...(values.template && { value: values.template }),
  });
  const quantity = textInput({
    id: 'quantity',
    label: 'Quantity',
    placeholder: '1',
    maxLength: 9,
    ...(values.quantity && { value: values.quantity }),
  });
  return card({
    organization,
    title: `Change ${profile}`,
    body: [
      subtle(`Virtual machine sizes · Order ${order}`),
      lead(`Each has ${quotas(each)}.`),
      ...field(required(template), errors?.template),
      ...field(required(quantity), errors?.quantity),
    ],
    actions: [
      submitButton('Save', 'machines.row', { order, machine, once: token }),
      actionButton('Back', 'machines.step', { order, step: 'sizes' }),
      asking(actionButton('Remove', 'machines.remove', { order, machine, once: token }, 'destructive'), {
        title: 'Remove these machines?',
        text: `They leave order ${order}, which has not been placed yet.`,
        yes: 'Remove them',
      }),
    ],
  });
}

const demo: MachinesChange = {
  organization: 'Contoso',
  order: '10029',
  machine: '3-1',
  profile: 'Large',
  each: { cores: 4, memoryGb: 16, diskGb: 160 },
  templates: [
    { id: 1, name: 'Debian 13' },
    { id: 2, name: 'Windows Server 2025' },
  ],
  values: { template: '1', quantity: '2' },
  once,
};

export const samples: Record<string, Card> = {
  change: machinesChangeCard(demo),
  errors: machinesChangeCard({
    ...demo,
    values: { template: '', quantity: '1000' },
    errors: { template: 'Choose a template.', quantity: '1000 is too many: at most 100.' },
  }),
  long: machinesChangeCard({
    ...demo,
    organization: longest.organization,
    order: longest.short,
    profile: longest.product,
    templates: [{ id: 1, name: longest.product }],
  }),
};
