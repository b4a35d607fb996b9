/** The form for whom machines are resold to: a known customer, or the data of a new one. */
import type { Card, InputText } from '../src/chat/card.ts';
import { actionButton, submitButton } from './buttons.ts';
import { longest, many, once } from './demo.ts';
import { card, lead, section, subtle } from './elements.ts';
import { choiceInput, field, required, textInput } from './fields.ts';

type Field = (typeof FIELDS)[number]['id'] | 'markup';
export type MachinesCustomer = {
  readonly organization: string;
  readonly order: string;
  /** Those one may sell to. */
  readonly customers: readonly { readonly id: number; readonly name: string }[];
  /** This person says what is added to the prices of a new customer. */
  readonly asksMarkup: boolean;
  /** As typed; empty where nothing was. The customer is `new`, or the id of one. */
  readonly values: Readonly<Record<Field | 'customer', string>>;
  readonly errors?: Readonly<Partial<Record<Field | 'customer', string | undefined>>> | undefined;
  readonly once: string;
};

const FIELDS = [
  { id: 'company', label: 'Company', placeholder: 'Adventure Works' },
  { id: 'firstName', label: 'First name', placeholder: 'Ada' },
  { id: 'lastName', label: 'Last name', placeholder: 'Berg' },
  { id: 'phone', label: 'Phone', placeholder: '+46-84401200', style: 'tel' },
  { id: 'address', label: 'Address', placeholder: 'Storgatan 1' },
  { id: 'postalCode', label: 'Postal code', placeholder: '111 34' },
  { id: 'city', label: 'City', placeholder: 'Stockholm' },
  { id: 'country', label: 'Country', placeholder: 'SE' },
  { id: 'email', label: 'E-mail', placeholder: 'ada@adventure-works.example', style: 'email' },
] as const satisfies readonly (Pick<InputText, 'id' | 'label' | 'placeholder'> & {
  style?: InputText['style'];
})[];

const MARKUP = { id: 'markup', label: 'Markup in percent', placeholder: '15' } as const;

export function machinesCustomerCard(data: MachinesCustomer): Card {
  const { organization, order, customers, values, errors, once: token } = data;
  const customer = choiceInput({
    id: 'customer',
    label: 'Customer',
    style: 'compact',
    choices: [
      { title: 'A new customer', value: 'new' },
      ...customers.map(({ id, name }) => ({ title: name, value: String(id) })),
    ],
    value: values.customer || 'new',
  });
  const input = (id: Field) => {
    const of = FIELDS.find((one) => one.id === id) ?? MARKUP;
    return field(
      textInput({ ...of, maxLength: 254, ...(values[id] && { value: values[id] }) }),
      errors?.[id],
    );
  };
  return card({
    organization,
    title: 'Whom are the machines for?',
    body: [
      subtle(`For resale · Order ${order}`),
      ...field(required(customer), errors?.customer),
      ...input('email'),
      subtle('The activation e-mail goes there. Leave it empty to use the contact of a known customer.'),
      section('A new customer'),
      lead('Leave this empty for a known customer.'),
      ...FIELDS.flatMap(({ id }) => (id === 'email' ? [] : input(id))),
      ...(data.asksMarkup
        ? [
            ...input('markup'),
            subtle('It is added to what the customer is bought for. Left empty, nothing is.'),
          ]
        : []),
    ],
    actions: [
      submitButton('Next', 'machines.customer', { order, once: token }),
      actionButton('Back', 'machines.purpose', { order }),
    ],
  });
}

const none = {
  customer: '',
  email: '',
  company: '',
  firstName: '',
  lastName: '',
  phone: '',
  address: '',
  postalCode: '',
  city: '',
  country: '',
  markup: '',
};
const demo: MachinesCustomer = {
  organization: 'Contoso',
  order: '10029',
  customers: [{ id: 3, name: 'Contoso' }],
  asksMarkup: true,
  values: none,
  once,
};

export const samples: Record<string, Card> = {
  new: machinesCustomerCard(demo),
  errors: machinesCustomerCard({
    ...demo,
    values: { ...none, customer: 'new', company: 'Adventure Works', email: 'ada at adventure works' },
    errors: {
      email: '“ada at adventure works” is not an e-mail address.',
      lastName: 'Write the last name.',
      country: 'Write the country.',
      markup: '“ten” is not a percent. Write it like 12.5.',
    },
  }),
  withoutMarkup: machinesCustomerCard({ ...demo, asksMarkup: false }),
  long: machinesCustomerCard({
    ...demo,
    organization: longest.organization,
    order: longest.short,
    customers: many(90, (id) => ({ id, name: `${id} ${longest.organization}` })),
  }),
};
