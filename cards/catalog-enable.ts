/** The form that adds an offering to a store, or to a customer. */
import type { Card, Element } from '../src/chat/card.ts';
import { quoted } from '../src/chat/words.ts';
import { commandButton, linkButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, lead, subtle } from './elements.ts';
import { field, required, textInput } from './fields.ts';

export type CatalogEnable = {
  readonly organization: string;
  readonly organizationId: number;
  readonly offering: {
    readonly id: number;
    readonly name: string;
    readonly vendor: string;
    readonly needsMpnId: boolean;
    readonly needsDomain: boolean;
    readonly domainSuffix: string | null;
    readonly enrolmentUrl: string | null;
    readonly setupUrl: string | null;
  };
  /** Else it is a store that gets the offering. */
  readonly isCustomer: boolean;
  /** As typed; empty where nothing was. */
  readonly values: {
    readonly contactName: string;
    readonly contactEmail: string;
    readonly mpnId: string;
    readonly domain: string;
    readonly migrate: boolean;
    readonly confirmed: boolean;
  };
  readonly errors?:
    | {
        readonly contactName?: string | undefined;
        readonly contactEmail?: string | undefined;
        readonly mpnId?: string | undefined;
        readonly domain?: string | undefined;
        readonly confirmed?: string | undefined;
      }
    | undefined;
  readonly once: string;
};

export function catalogEnableCard(data: CatalogEnable): Card {
  const { organization, organizationId, offering, isCustomer } = data;
  const { name, vendor, needsMpnId, enrolmentUrl, setupUrl } = offering;
  const asksMpnId = needsMpnId && !isCustomer;
  return card({
    organization,
    title: isCustomer ? `Enable ${name}` : `Add ${name} to the store`,
    body: [
      lead(
        isCustomer ? `${organization} can order it after this.` : 'Your customers can have it after this.',
      ),
      ...contact(data),
      ...(asksMpnId ? mpnId(data) : []),
      ...(isCustomer ? ofCustomer(data) : []),
    ],
    actions: [
      submitButton(isCustomer ? 'Enable' : 'Add to the store', 'catalog.enable', {
        offering: offering.id,
        organization: organizationId,
        once: data.once,
      }),
      asksMpnId && enrolmentUrl !== null
        ? linkButton({ title: `Enrol as a partner of ${vendor}`, url: enrolmentUrl })
        : undefined,
      isCustomer && setupUrl !== null ? linkButton({ title: 'Setup guide', url: setupUrl }) : undefined,
      commandButton('Offerings', `offerings ${quoted(organization)}`),
    ],
  });
}

function contact({ values, errors = {}, isCustomer, offering }: CatalogEnable): Element[] {
  return [
    ...field(
      textInput({
        id: 'contactName',
        required: true,
        label: 'Contact person',
        placeholder: 'Carla Diaz',
        maxLength: 200,
        ...(values.contactName && { value: values.contactName }),
      }),
      errors.contactName,
    ),
    ...field(
      textInput({
        id: 'contactEmail',
        required: true,
        label: 'E-mail address of the contact',
        placeholder: 'carla@contoso.example',
        style: 'email',
        maxLength: 300,
        ...(values.contactEmail && { value: values.contactEmail }),
      }),
      errors.contactEmail,
    ),
    ...(isCustomer && offering.needsDomain
      ? [subtle('It becomes the alternative e-mail of the first administrator in the customer’s tenant.')]
      : []),
  ];
}

function mpnId({ offering, values, errors = {} }: CatalogEnable): Element[] {
  const input = textInput({
    id: 'mpnId',
    required: true,
    label: `MPN ID (${offering.vendor} Partner ID)`,
    placeholder: '4783211',
    maxLength: 40,
    ...(values.mpnId && { value: values.mpnId }),
  });
  const enrol =
    offering.enrolmentUrl === null
      ? []
      : [
          subtle(
            `You have to be enrolled, or be enrolling, in the partner program of ${offering.vendor}. If you are not, the button below leads there.`,
          ),
        ];
  return [...field(input, errors.mpnId), ...enrol];
}

function ofCustomer({ offering, organization, values, errors = {} }: CatalogEnable): Element[] {
  const { name, needsDomain, domainSuffix } = offering;
  const toggle = (id: string, label: string, title: string, on: boolean) =>
    ({ type: 'Input.Toggle', id, label, title, value: on ? 'true' : 'false', spacing: 'medium' }) as const;
  const domain = textInput({
    id: 'domain',
    label: 'Domain name',
    placeholder: `customer.${domainSuffix ?? 'example'}`,
    maxLength: 300,
    ...(values.domain && { value: values.domain }),
  });
  return [
    ...(needsDomain ? field(required(domain), errors.domain) : []),
    toggle('migrate', 'Migrate', `${organization} has ${name} already`, values.migrate),
    subtle(
      `Only for a customer who already has ${name} and whose subscriptions move here. For everybody else leave it off.`,
    ),
    ...field(
      required(toggle('confirmed', 'Confirmation', 'I confirm that this is right', values.confirmed)),
      errors.confirmed,
    ),
  ];
}

const office = {
  id: 2,
  name: 'Microsoft O365',
  vendor: 'Microsoft',
  needsMpnId: true,
  needsDomain: true,
  domainSuffix: 'onmicrosoft.com',
  enrolmentUrl: 'https://partner.microsoft.com/en-US/membership/cloud-solution-provider',
  setupUrl: 'https://learn.microsoft.com/microsoft-365/admin/setup/plan-your-setup',
};
const values = {
  contactName: 'Carla Diaz',
  contactEmail: 'carla@contoso.example',
  mpnId: '',
  domain: '',
  migrate: false,
  confirmed: false,
};
const customer = {
  organization: 'Contoso',
  organizationId: 3,
  offering: office,
  isCustomer: true,
  values,
  once,
};

export const samples: Record<string, Card> = {
  customer: catalogEnableCard({ ...customer, values: { ...values, domain: 'contoso.onmicrosoft.com' } }),
  store: catalogEnableCard({
    ...customer,
    organization: 'Northwind Partners',
    isCustomer: false,
    values: {
      ...values,
      contactName: 'Nora Lindgren',
      contactEmail: 'nora@northwind.example',
      mpnId: '4783211',
    },
  }),
  errors: catalogEnableCard({
    ...customer,
    values: { ...values, contactName: '', contactEmail: 'carla', domain: 'contoso.com', migrate: true },
    errors: {
      contactName: 'Write the name of the contact person.',
      contactEmail: '“carla” is not an e-mail address.',
      domain: 'The domain name has to be one word before .onmicrosoft.com, such as customer.onmicrosoft.com.',
      confirmed: 'Confirm it: without that Microsoft O365 is not added.',
    },
  }),
  storeErrors: catalogEnableCard({
    ...customer,
    organization: 'Northwind Partners',
    isCustomer: false,
    values: { ...values, mpnId: 'abc' },
    errors: { mpnId: '“abc” is not an MPN ID: it has 5 to 10 digits.' },
  }),
  simple: catalogEnableCard({
    ...customer,
    offering: {
      ...office,
      name: 'Azure Pack',
      needsMpnId: false,
      needsDomain: false,
      domainSuffix: null,
      enrolmentUrl: null,
      setupUrl: null,
    },
  }),
  long: catalogEnableCard({
    ...customer,
    organization: longest.organization,
    offering: { ...office, name: longest.product, vendor: longest.organization },
    values: {
      ...values,
      contactName: 'Maximiliane Oberhuber-Schwarzenbergerova',
      contactEmail: longest.user,
    },
  }),
};
