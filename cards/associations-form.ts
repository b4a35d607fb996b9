/** The form that gives units of a service to users. */
import type { Card, Element } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, messaging, office, once } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import {
  choiceInput,
  field,
  moreServices,
  serviceChoices,
  serviceInput,
  textInput,
  unitsInput,
  userInput,
} from './fields.ts';

export type AssociationsForm = {
  readonly organization: string;
  /** Those with free units. */
  readonly services: readonly { readonly service: string; readonly product: string; readonly free: number }[];
  /** There are more than can be listed. */
  readonly more?: boolean;
  /** As typed; empty where nothing was. */
  readonly values: {
    readonly from: 'entered' | 'file';
    readonly service: string;
    /** One, found by name. */
    readonly user?: string;
    /** One a line. */
    readonly users: string;
    readonly units: string;
  };
  readonly errors?:
    | {
        readonly service?: string | undefined;
        readonly user?: string | undefined;
        /** One sentence a line that is wrong. */
        readonly users?: readonly string[] | undefined;
        readonly units?: string | undefined;
      }
    | undefined;
  /** The service that was chosen, where it is suspended: `10023/3` */
  readonly resume?: string | undefined;
  readonly once: string;
};

export function associationsFormCard({
  organization,
  services,
  more = false,
  values,
  errors = {},
  resume,
  once: token,
}: AssociationsForm): Card {
  if (services.length === 0) return nothingFree(organization);
  return card({
    organization,
    title: 'Associate users',
    body: [
      ...field(
        serviceInput('free-services', {
          choices: serviceChoices(services),
          value: values.service,
          required: true,
        }),
        errors.service,
      ),
      more ? moreServices('free', 'associate webex') : undefined,
      choiceInput({
        id: 'from',
        label: 'Associate user from',
        required: true,
        style: 'expanded',
        value: values.from,
        choices: [
          { title: 'Entered data', value: 'entered' },
          { title: 'Uploaded file', value: 'file' },
        ],
      }),
      ...source(values, errors),
    ],
    actions: [
      submitButton('Associate', 'associate', { once: token }),
      resume === undefined ? undefined : commandButton(`Resume ${resume}`, `resume ${resume}`),
      commandButton('Free units', 'free'),
    ],
  });
}

function source(
  values: AssociationsForm['values'],
  errors: NonNullable<AssociationsForm['errors']>,
): readonly Element[] {
  return [
    ...field(userInput(values.user ?? '', 'users'), errors.user),
    ...field(usersInput(values.users), errors.users),
    ...field(unitsInput('Units each', values.units, '1'), errors.units),
    subtle(
      'With an uploaded file these three are not used: you attach the sheet in the next step.',
      'medium',
    ),
  ];
}

function usersInput(value: string) {
  return textInput({
    id: 'users',
    label: 'More user names, one e-mail address a line, up to 25',
    placeholder: 'alice@contoso.example 2',
    isMultiline: true,
    ...(value && { value }),
  });
}

function nothingFree(organization: string): Card {
  return card({
    organization,
    title: 'No units are free',
    body: [
      lead(
        `Every service of ${organization} is fully implemented. Release units to give them to somebody else.`,
      ),
    ],
    actions: [commandButton('Release units', 'release'), commandButton('Orders', 'orders')],
  });
}

const values = { from: 'entered', service: '', users: '', units: '' } as const;

export const samples: Record<string, Card> = {
  new: associationsFormCard({ organization: 'Contoso', services: [messaging, office], values, once }),
  filled: associationsFormCard({
    organization: 'Contoso',
    services: [messaging],
    values: { ...values, service: '10023/1', user: 'dave@contoso.example', units: '2' },
    once,
  }),
  errors: associationsFormCard({
    organization: 'Contoso',
    services: [messaging, office],
    values: {
      from: 'entered',
      service: '10023/1',
      user: 'dave at contoso',
      users: 'dave@contoso.example\nerin at contoso\nfrank@contoso.example three',
      units: 'two',
    },
    errors: {
      user: '“dave at contoso” is not an e-mail address.',
      users: [
        'Line 2: “erin at contoso” is not an e-mail address.',
        'Line 3: “three” is not a whole number greater than zero.',
      ],
      units: '“two” is not a whole number greater than zero.',
    },
    once,
  }),
  file: associationsFormCard({
    organization: longest.organization,
    services: [{ service: longest.service, product: longest.product, free: 80_000 }],
    values: { ...values, from: 'file', service: longest.service },
    once,
  }),
  many: associationsFormCard({
    organization: 'Contoso',
    services: [messaging, office],
    more: true,
    values,
    once,
  }),
  nothingFree: associationsFormCard({ organization: 'Contoso', services: [], values, once }),
};
