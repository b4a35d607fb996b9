/** All that is to be known of an order before it is placed. */
import type { Card } from '../src/chat/card.ts';
import { type Command, commandButton, removeOrderButton, submitButton } from './buttons.ts';
import { eur, longest, many, once } from './demo.ts';
import { callout, card, facts, subtle, text } from './elements.ts';
import { field, textInput } from './fields.ts';
import { count } from './format.ts';
import {
  keepingButton,
  linesTable,
  MOST_MENDING,
  type OrderLine,
  type OrderTotals,
  totalPairs,
  type Unused,
  unusedShown,
} from './ordering.ts';

export type OrderingConfirm = {
  readonly organization: string;
  readonly order: string;
  readonly address: string | undefined;
  readonly contact: string | undefined;
  readonly domain: string | undefined;
  readonly billedTo: string;
  /** `begun by Nora Lindgren, Northwind Partners`, where that was somebody else. */
  readonly begun?: string | undefined;
  /** Whose machines they will be. */
  readonly endCustomer: string | undefined;
  readonly lines: readonly OrderLine[];
  readonly totals: OrderTotals;
  /** What one is bound to, a sentence each. */
  readonly commitments: readonly string[];
  /** Why it can't be placed as it is, or has to be looked at again. */
  readonly problems: readonly string[];
  readonly unused?: readonly Unused[] | undefined;
  /** Nothing stands in the way. */
  readonly mayPlace: boolean;
  /** Who has to approve it first. */
  readonly approval: string | undefined;
  /** What mends the problems. */
  readonly buttons: readonly Command[];
  /** As typed; empty where nothing was. */
  readonly values: { readonly description: string; readonly payment: string };
  readonly errors?:
    | { readonly description?: string | undefined; readonly payment?: string | undefined }
    | undefined;
  /** Stands for what is shown here. */
  readonly seen: string;
  readonly once: string;
};

const MOST_LINES = 10;

export function orderingConfirmCard(data: OrderingConfirm): Card {
  const { organization, order, lines, problems, commitments } = data;
  const more = lines.length - MOST_LINES;
  return card({
    organization,
    title: data.mayPlace ? `Place order ${order}?` : `Order ${order} can’t be placed yet`,
    body: [
      ...problems.map((problem) => callout(problem, data.mayPlace ? 'warning' : 'attention')),
      ...unusedShown(data).map(({ sentence }) => callout(sentence, 'warning')),
      linesTable(lines.slice(0, MOST_LINES)),
      more > 0 ? subtle(`And ${count(more, 'more line')}.`) : undefined,
      all(data),
      ...commitments.map((sentence) => text(sentence, { spacing: 'medium' })),
      ...(data.mayPlace ? inputs(data) : []),
    ],
    actions: actions(data),
  });
}

function all(data: OrderingConfirm) {
  return facts([
    ...totalPairs(data.totals),
    ['Customer', data.organization],
    ['Address', data.address],
    ['Contact', data.contact],
    ['Domain', data.domain],
    ['For', data.endCustomer],
    ['Order', data.begun],
    ['Billed to', data.billedTo],
    ['Approval', data.approval],
  ]);
}

function inputs({ values, errors = {} }: OrderingConfirm) {
  return [
    ...field(
      textInput({
        id: 'description',
        required: true,
        label: 'Name of the subscription',
        maxLength: 400,
        ...(values.description && { value: values.description }),
      }),
      errors.description,
    ),
    ...field(
      textInput({
        id: 'payment',
        label: 'Payment details',
        placeholder: 'PO 4711 · Invoice, 30 days',
        maxLength: 400,
        ...(values.payment && { value: values.payment }),
      }),
      errors.payment,
    ),
  ];
}

function actions(data: OrderingConfirm) {
  const { order, mayPlace, approval, seen, once: token, buttons } = data;
  const title = approval === undefined ? 'Place order' : 'Ask for approval';
  return [
    mayPlace ? submitButton(title, 'ordering.place', { order, seen, once: token }) : undefined,
    ...buttons.slice(0, MOST_MENDING).map((button) => commandButton(button.title, button.command)),
    ...unusedShown(data).map(({ service }) =>
      keepingButton(`Associate ${service}`, 'ordering.associate', { order, service }),
    ),
    keepingButton('Back', 'ordering.open', { order }),
    keepingButton('Save as draft', 'ordering.save', { order }),
    mayPlace ? undefined : removeOrderButton(order),
  ];
}

const office: OrderingConfirm = {
  organization: 'Contoso',
  order: '10029',
  address: 'Calle de Alcalá 45, 28014 Madrid, Spain',
  contact: 'Carla Diaz, carla@contoso.example, +34915550120',
  domain: 'contoso.onmicrosoft.com',
  billedTo: 'Contoso, by Northwind Partners',
  endCustomer: undefined,
  lines: [
    {
      product: 'Office 365 E3',
      details: ['New subscription'],
      quantity: 5,
      price: eur(2200),
      amount: eur(11_000),
    },
  ],
  totals: { price: eur(11_000), purchase: eur(9565), isChange: false },
  commitments: [
    'Office 365 E3 is bought for a year: it can be reduced within seven days, and after that at renewal.',
  ],
  problems: [],
  mayPlace: true,
  approval: undefined,
  buttons: [],
  values: { description: 'Microsoft O365', payment: '' },
  seen: 'aGVsbG8',
  once,
};

export const samples: Record<string, Card> = {
  provider: orderingConfirmCard(office),
  customer: orderingConfirmCard({
    ...office,
    totals: { ...office.totals, purchase: undefined },
    approval: 'Needed, by Northwind Partners',
    begun: 'begun by Nora Lindgren, Northwind Partners',
    values: { description: 'Microsoft O365', payment: 'PO 4711' },
  }),
  changed: orderingConfirmCard({
    ...office,
    lines: office.lines.map((line) => ({ ...line, price: eur(2400), amount: eur(12_000) })),
    totals: { price: eur(12_000), purchase: eur(10_435), isChange: false },
    problems: ['Office 365 E3 costs €24.00 now; it was €22.00. Nothing was placed. Look at it again.'],
  }),
  unused: orderingConfirmCard({
    ...office,
    lines: [
      {
        product: 'Office 365 E3',
        details: [
          'Increase of 10023/2 from 5 to 9 bought',
          'Billed: 2, then 6',
          '€44.00 per month before, €132.00 after',
        ],
        quantity: 4,
        price: eur(2200),
        amount: eur(8800),
      },
    ],
    totals: { price: eur(8800), purchase: eur(6956), isChange: true },
    unused: [
      {
        service: '10023/2',
        sentence:
          '3 of the 5 units of Office 365 E3 (10023/2) that are bought are free: nobody has them. You can give them out first, or order more all the same.',
      },
    ],
  }),
  incomplete: orderingConfirmCard({
    ...office,
    address: undefined,
    contact: undefined,
    mayPlace: false,
    problems: ['Contoso has no complete data yet. Missing: the contact’s e-mail address.'],
    buttons: [{ title: 'Complete the data', command: 'organization Contoso' }],
  }),
  errors: orderingConfirmCard({
    ...office,
    values: { description: '', payment: 'PO 4711' },
    errors: { description: 'Enter a name for the subscription.' },
  }),
  long: orderingConfirmCard({
    ...office,
    organization: longest.organization,
    order: longest.short,
    address: longest.product,
    contact: longest.user,
    billedTo: `${longest.organization}, by ${longest.organization}`,
    endCustomer: longest.organization,
    lines: many(15, () => ({
      product: longest.product,
      details: ['New subscription'],
      quantity: 100_000,
      price: eur(123_456),
      amount: eur(12_345_600_000),
    })),
    commitments: many(3, () => `${longest.product} is bought for a year.`),
    problems: [longest.product],
  }),
};
