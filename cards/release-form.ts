/** The form that takes units back from a user. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, messaging, office, once } from './demo.ts';
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

export type ReleaseForm = {
  readonly organization: string;
  /** Those with associated units. */
  readonly services: readonly { readonly service: string; readonly product: string }[];
  /** There are more than can be listed. */
  readonly more?: boolean;
  /** As typed; empty where nothing was. No units: all that the user has. */
  readonly values: { readonly service: string; readonly user: string; readonly units: string };
  readonly errors?:
    | {
        readonly service?: string | undefined;
        readonly user?: string | undefined;
        readonly units?: string | undefined;
      }
    | undefined;
  readonly once: string;
};

export function releaseFormCard({
  organization,
  services,
  more = false,
  values,
  errors = {},
  once: token,
}: ReleaseForm): Card {
  if (services.length === 0) return nothingAssociated(organization);
  const chosen = { choices: serviceChoices(services), value: values.service };
  return card({
    organization,
    title: 'Release units',
    body: [
      lead('The user loses them, and they are free for somebody else.'),
      ...field(required(userInput(values.user)), errors.user),
      ...field(required(serviceInput('used-services', { ...chosen, ...ofUser })), errors.service),
      more ? moreServices('associated', 'release webex') : undefined,
      ...field(unitsInput('Units, all if left empty', values.units, 'All'), errors.units),
    ],
    actions: [submitButton('Release', 'release', { once: token }), commandButton('Free units', 'free')],
  });
}

function nothingAssociated(organization: string): Card {
  return card({
    organization,
    title: 'There is nothing to release',
    body: [lead(`No unit of ${organization} is associated with a user.`)],
    actions: [commandButton('Associate users', 'associate'), commandButton('Orders', 'orders')],
  });
}

const values = { service: '', user: '', units: '' };

export const samples: Record<string, Card> = {
  new: releaseFormCard({ organization: 'Contoso', services: [messaging, office], values, once }),
  errors: releaseFormCard({
    organization: 'Contoso',
    services: [messaging, office],
    values: { service: '10023/1', user: 'alice@contoso.example', units: '5' },
    errors: { units: 'alice@contoso.example has 2 units of this service.' },
    once,
  }),
  long: releaseFormCard({
    organization: longest.organization,
    services: [{ service: longest.service, product: longest.product }],
    values: { service: longest.service, user: longest.user, units: '1' },
    errors: { user: `${longest.user} has no unit of this service.` },
    once,
  }),
  many: releaseFormCard({ organization: 'Contoso', services: [messaging, office], more: true, values, once }),
  empty: releaseFormCard({ organization: 'Contoso', services: [], values, once }),
};
