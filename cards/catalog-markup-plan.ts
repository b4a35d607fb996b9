/** What a markup would do, before it is set. */
import type { Card } from '../src/chat/card.ts';
import { quoted } from '../src/chat/words.ts';
import { commandButton, submitButton } from './buttons.ts';
import { eur, longest, once } from './demo.ts';
import { callout, card, facts, lead, subtle } from './elements.ts';
import { count, type Money, money, signedMoney } from './format.ts';

export type CatalogMarkupPlan = {
  readonly organization: string;
  readonly organizationId: number;
  /** `Contoso`, `10023/1 · Webex Suite` */
  readonly what: string;
  /** Of a single subscription; else empty. */
  readonly ref: string;
  /** Hundredths of a percent, or `default`. */
  readonly markup: string;
  /** In words. */
  readonly before: string;
  readonly after: string;
  /** Of a reseller: how many customers it has. */
  readonly customers?: number | undefined;
  readonly running: number;
  readonly changed: number;
  readonly own: number;
  readonly unknown: number;
  /** A month, by currency. */
  readonly totals: readonly { readonly before: Money; readonly after: Money }[];
  /** What happened since an earlier preview. */
  readonly meanwhile?: string | undefined;
  /** What is to be thought about first. */
  readonly remark?: string | undefined;
  readonly basis: string;
  readonly once: string;
};

export function catalogMarkupPlanCard(data: CatalogMarkupPlan): Card {
  const { organization, organizationId, what, ref, markup, before, after, meanwhile, remark, basis } = data;
  return card({
    organization,
    title: `Markup of ${what}`,
    body: [
      meanwhile === undefined ? undefined : callout(meanwhile, 'warning'),
      remark === undefined ? undefined : callout(remark, 'warning'),
      lead(effect(data)),
      facts([
        ['Markup now', before],
        ['Markup then', after],
        ...data.totals.flatMap((total) => inTotal(total)),
      ]),
      ...kept(data).map((sentence) => subtle(sentence)),
    ],
    actions: [
      submitButton('Set the markup', 'catalog.markup.confirm', {
        organization: organizationId,
        ref,
        markup,
        basis,
        once: data.once,
      }),
      commandButton('Another percent', `markup ${quoted(ref === '' ? organization : ref)}`),
    ],
  });
}

function inTotal({ before, after }: CatalogMarkupPlan['totals'][number]): [string, string][] {
  const difference = { ...after, minor: after.minor - before.minor };
  return [
    ['Per month now', money(before)],
    ['Per month then', `${money(after)} (${signedMoney(difference)})`],
  ];
}

function effect({ customers, running, changed, ref }: CatalogMarkupPlan): string {
  if (customers !== undefined)
    return `New orders of its ${count(customers, 'customer')} are priced with it. Subscriptions that run keep what was agreed.`;
  if (running === 0) return 'Nothing runs yet; new orders are priced with it.';
  if (ref !== '') return changed === 0 ? 'Its price stays.' : 'Its price changes from now on.';
  const which = `${count(changed, 'subscription')} of ${running}`;
  return `${which} ${changed === 1 ? 'changes its price' : 'change their price'} from now on, and new orders are priced with it.`;
}

function kept({ own, unknown }: CatalogMarkupPlan): string[] {
  return [
    ...(own > 0
      ? [`${count(own, 'subscription')} with a markup of ${own === 1 ? 'its' : 'their'} own: no change.`]
      : []),
    ...(unknown > 0 ? [`${count(unknown, 'subscription')} without a known purchase price: no change.`] : []),
  ];
}

const contoso: CatalogMarkupPlan = {
  organization: 'Contoso',
  organizationId: 3,
  what: 'Contoso',
  ref: '',
  markup: '2000',
  before: '15 %',
  after: '20 %',
  running: 4,
  changed: 4,
  own: 0,
  unknown: 0,
  totals: [{ before: eur(413_490), after: eur(432_010) }],
  basis: 'k3JdQ9',
  once,
};

export const samples: Record<string, Card> = {
  customer: catalogMarkupPlanCard(contoso),
  kept: catalogMarkupPlanCard({
    ...contoso,
    changed: 1,
    own: 1,
    unknown: 2,
    meanwhile: 'Since the preview things have changed, so nothing was done. This is how it is now.',
  }),
  subscription: catalogMarkupPlanCard({
    ...contoso,
    what: '10023/3 · Webex Suite',
    ref: '10023/3',
    running: 1,
    changed: 1,
    before: '32.25 %',
    after: '15 %, as its customer',
    markup: 'default',
    totals: [{ before: eur(2500), after: eur(2174) }],
  }),
  reseller: catalogMarkupPlanCard({
    ...contoso,
    organization: 'Northwind Partners',
    what: 'Northwind Partners',
    customers: 1,
    running: 0,
    changed: 0,
    totals: [],
  }),
  large: catalogMarkupPlanCard({
    ...contoso,
    markup: '500000',
    after: '5,000 %',
    remark: 'With a markup of 5,000 % the price is 51 times what is paid for it. Check that this is meant.',
    totals: [{ before: eur(413_490), after: eur(18_332_919) }],
  }),
  empty: catalogMarkupPlanCard({ ...contoso, running: 0, changed: 0, totals: [] }),
  long: catalogMarkupPlanCard({
    ...contoso,
    organization: longest.organization,
    what: `${longest.service} · ${longest.product}`,
    ref: longest.service,
    totals: [
      { before: eur(2_147_483_647), after: eur(3_147_483_647) },
      { before: { minor: 1, currency: 'JPY' }, after: { minor: 2_000_000, currency: 'JPY' } },
    ],
  }),
};
