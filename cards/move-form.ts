/** The form that moves a user from one service to another. */
import type { Card, Element } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, messaging, office, once, webex } from './demo.ts';
import { card, lead } from './elements.ts';
import {
  field,
  moreServices,
  ofUser,
  required,
  serviceChoices,
  serviceInput,
  unitsInput,
  userInput,
} from './fields.ts';

export type MoveForm = {
  readonly organization: string;
  /** Where units can come from. */
  readonly sources: readonly { readonly service: string; readonly product: string }[];
  /** Where they can go: those with free units. */
  readonly targets: readonly { readonly service: string; readonly product: string; readonly free: number }[];
  /** There are more than can be listed. */
  readonly more?: boolean;
  /** As typed; empty where nothing was. No units: all that the user has. */
  readonly values: {
    readonly user: string;
    readonly from: string;
    readonly to: string;
    readonly units: string;
  };
  readonly errors?:
    | {
        readonly user?: string | undefined;
        readonly from?: string | undefined;
        readonly to?: string | undefined;
        readonly units?: string | undefined;
      }
    | undefined;
  /** The service that was chosen, where it is suspended: `10023/3` */
  readonly resume?: string | undefined;
  readonly once: string;
};

export function moveFormCard(data: MoveForm): Card {
  const { organization, sources, targets, values, errors = {}, resume, more = false } = data;
  if (sources.length === 0 || targets.length === 0) return nothingToMove(data);
  return card({
    organization,
    title: 'Move a user',
    body: [
      lead('Both services change in one step: the user is never without.'),
      ...field(required(userInput(values.user)), errors.user),
      ...services(data),
      more ? moreServices('associated or free', 'move alice@contoso.example webex 10023/2') : undefined,
      ...field(unitsInput('Units, all if left empty', values.units, 'All'), errors.units),
    ],
    actions: [
      submitButton('Move', 'move', { once: data.once }),
      resume === undefined ? undefined : commandButton(`Resume ${resume}`, `resume ${resume}`),
      commandButton('Free units', 'free'),
    ],
  });
}

function services({ sources, targets, values, errors = {} }: MoveForm): Element[] {
  const from = { id: 'from', label: 'From service', choices: serviceChoices(sources), value: values.from };
  const to = { id: 'to', label: 'To service', choices: serviceChoices(targets), value: values.to };
  return [
    ...field(required(serviceInput('used-services', { ...from, ...ofUser })), errors.from),
    ...field(required(serviceInput('free-services', to)), errors.to),
  ];
}

function nothingToMove({ organization, sources }: MoveForm): Card {
  const reason =
    sources.length === 0
      ? `No unit of ${organization} is associated with a user.`
      : `Every service of ${organization} is fully implemented, so there is no service to move to.`;
  return card({
    organization,
    title: 'There is nothing to move',
    body: [lead(reason)],
    actions: [commandButton('Free units', 'free'), commandButton('Orders', 'orders')],
  });
}

const values = { user: '', from: '', to: '', units: '' };

export const samples: Record<string, Card> = {
  new: moveFormCard({
    organization: 'Contoso',
    sources: [messaging, office, webex],
    targets: [messaging, office],
    values: { ...values, user: 'alice@contoso.example' },
    once,
  }),
  errors: moveFormCard({
    organization: 'Contoso',
    sources: [messaging, office, webex],
    targets: [messaging, office],
    values: { user: 'alice', from: '10023/1', to: '10023/1', units: '0' },
    errors: {
      user: '“alice” is not an e-mail address.',
      to: 'Choose another service than the one the user comes from.',
      units: '“0” is not a whole number greater than zero.',
    },
    once,
  }),
  long: moveFormCard({
    organization: longest.organization,
    sources: [{ service: longest.service, product: longest.product }],
    targets: [{ service: longest.service, product: longest.product, free: 80_000 }],
    values: { ...values, user: longest.user, from: longest.service },
    once,
  }),
  many: moveFormCard({
    organization: 'Contoso',
    sources: [messaging],
    targets: [office],
    more: true,
    values,
    once,
  }),
  empty: moveFormCard({ organization: 'Contoso', sources: [], targets: [], values, once }),
  noTarget: moveFormCard({ organization: 'Contoso', sources: [webex], targets: [], values, once }),
};
