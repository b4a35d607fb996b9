/** What goes in and what comes out, once: requests are checked with it, and the description is made from it. */
import { z } from 'zod';
import { STATUSES } from '../features/imports/orders/types.ts';
import { idIn } from './cursor.ts';
import { needs } from './reasons.ts';

const text = (longest = 500) => z.string().max(longest);
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: needs('A currency code of three capital letters such as EUR') })
  .describe('ISO 4217');
const minor = z.int().min(0).max(2_147_483_647).describe('Minor units of the currency: 2450 is 24.50 EUR');
const markup = z.int().min(0).max(1_000_000).describe('Hundredths of a percent: 1250 is 12.5 %');
const moment = z.iso.datetime();
const date = z.union([z.iso.date(), z.iso.datetime()], {
  error: needs('A date such as 2026-09-14, or a time in UTC such as 2026-09-14T09:30:00Z,'),
});
const status = z.enum(STATUSES as [string, ...string[]]);
const kinds = ['new subscription', 'increase', 'decrease', 'suspend', 'resume', 'markup change'] as const;

/** Neither control characters, but for line breaks and tabs, nor halves of characters: no database takes them all. */
const clean = <T extends z.ZodString>(of: T) =>
  of.regex(/^(?:[\n\t]|[^\p{Cc}\p{Cs}])*$/u, 'A string without control characters is needed.');

const details = {
  address1: clean(text()).nullable(),
  address2: clean(text()).nullable(),
  postalCode: clean(text()).nullable(),
  city: clean(text()).nullable(),
  state: clean(text()).nullable(),
  country: clean(text()).nullable().describe('Two letters, ISO 3166-1'),
  phone: clean(text()).nullable(),
  contactFirstName: clean(text()).nullable(),
  contactLastName: clean(text()).nullable(),
  contactEmail: clean(text()).nullable(),
  contactPhone: clean(text()).nullable(),
  mpnId: clean(text()).nullable().describe('The Microsoft Partner ID of a reseller'),
};

export const organization = z.object({
  externalId: z.string().nullable().describe('What your system calls it'),
  name: z.string(),
  kind: z.enum(['provider', 'reseller', 'customer']),
  parent: z.string().nullable().describe('The name of whose customer it is'),
  parentExternalId: z.string().nullable(),
  ...details,
  domains: z.array(z.string()),
  currency,
  markupBp: markup.nullable().describe('Null where it is not for the eyes of the key’s organization'),
});
export type Organization = z.infer<typeof organization>;

/** What is left out stays as it is; null empties it. */
export const organizationInput = z.strictObject({
  name: clean(text(100)).min(1).optional().describe('Needed for an organization that is new'),
  kind: z.enum(['customer', 'reseller']).optional(),
  parent: clean(text(100))
    .optional()
    .describe('The external ID or the name of a reseller or of the provider'),
  ...z.object(details).partial().shape,
  domains: z
    .array(clean(text(253)))
    .max(20)
    .optional(),
  currency: currency.optional(),
  markupBp: markup.optional(),
});

export const product = z.object({
  sku: z.string().nullable(),
  name: z.string(),
  offering: z.string().nullable(),
  category: z.string().nullable(),
  group: z.string().nullable(),
  unit: z.string(),
  description: z.string().nullable(),
  commitment: z.enum(['monthly', 'yearly']),
  maxUnitsPerUser: z.int().nullable(),
  forSale: z.boolean(),
  prices: z
    .array(z.object({ currency, priceMinor: minor }))
    .describe(
      'For one unit and month, as the key’s organization buys it: the provider its list, a reseller with its markup',
    ),
});

export const pricesInput = z.strictObject({
  prices: z
    .array(
      z.strictObject({
        sku: clean(text(60)).min(1),
        priceMinor: minor,
        currency,
        name: clean(text(200)).optional().describe('Needed for a SKU that is new'),
        category: clean(text(100)).optional(),
        group: clean(text(100)).optional(),
        offering: clean(text(100)).optional(),
        unit: clean(text(40)).optional(),
        commitment: z.enum(['monthly', 'yearly']).optional(),
      }),
    )
    .min(1)
    .max(10_000),
});
export const pricesSaved = z.object({ saved: z.int() });

export const order = z.object({
  number: z.string(),
  customer: z.string(),
  customerExternalId: z.string().nullable(),
  name: z.string(),
  description: z.string(),
  status,
  vendorStatus: z.string().nullable(),
  error: z.string().nullable(),
  createdBy: z.string(),
  createdByOrganization: z.string(),
  createdAt: moment,
  note: z.string().nullable(),
  paymentDetails: z.string().nullable(),
  costMinor: z.int().nullable(),
  currency,
  lines: z.array(
    z.object({
      requestedChange: z.enum(kinds),
      product: z.string().nullable(),
      sku: z.string().nullable(),
      quantity: z.int().nullable(),
      priceMinor: z.int().nullable(),
    }),
  ),
});
export type Order = z.infer<typeof order>;

/** An order as it was elsewhere. What is left out stays as it is; null empties it. */
export const orderInput = z.strictObject({
  customer: clean(text(100))
    .min(1)
    .optional()
    .describe('The external ID or the name; needed for an order that is new'),
  status: status.optional().describe('Needed for an order that is new'),
  createdAt: date.optional().describe('Needed for an order that is new'),
  currency: currency.optional().describe('Needed where a line has a price; left out: that of the customer'),
  name: clean(text()).nullable().optional(),
  description: clean(text()).nullable().optional(),
  vendorStatus: clean(text()).nullable().optional(),
  error: clean(text()).nullable().optional(),
  createdBy: clean(text()).nullable().optional(),
  createdByOrganization: clean(text(100)).optional(),
  note: clean(text()).nullable().optional(),
  paymentDetails: clean(text()).nullable().optional(),
  markupBp: markup.optional(),
  lines: z
    .array(
      z.strictObject({
        requestedChange: z.enum(kinds).optional(),
        sku: clean(text(60)).min(1).nullable().optional(),
        product: clean(text(200))
          .nullable()
          .optional()
          .describe('The name; with a SKU beside it, that one counts'),
        quantity: z.int().min(1).max(1_000_000).optional(),
        priceMinor: minor.optional().describe('Of one unit and month; left out: as of today'),
        position: z.int().min(1).max(9_999).optional().describe('Of the service that the line brings'),
      }),
    )
    .max(1_000)
    .optional(),
});

export const service = z.object({
  service: z.string().describe('The order and the position in it'),
  position: z.int(),
  product: z.string(),
  sku: z.string().nullable(),
  units: z.int(),
  associated: z.int(),
  reserved: z.int().describe('Held back for running jobs'),
  free: z.int(),
});

export const subscription = z.object({
  service: z.string(),
  customer: z.string(),
  customerExternalId: z.string().nullable(),
  product: z.string(),
  sku: z.string().nullable(),
  quantity: z.int(),
  status: z.enum(['active', 'suspended', 'cancelled']),
  adminEmail: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  tenantName: z.string().nullable(),
  priceMinor: z.int(),
  currency,
  startedAt: moment.nullable(),
  renewsAt: moment.nullable(),
});
export type Subscription = z.infer<typeof subscription>;

export const invoice = z.object({
  number: z.string(),
  kind: z.enum(['invoice', 'credit note']),
  order: z.string(),
  customer: z.string(),
  customerExternalId: z.string().nullable(),
  amountMinor: z.int().describe('Below zero for a credit note'),
  currency,
  issuedAt: moment,
  dueAt: moment.nullable().describe('Null for a credit note'),
});
export type Invoice = z.infer<typeof invoice>;

export const list = <T extends z.ZodType>(of: T) =>
  z.object({
    items: z.array(of),
    next: z.string().nullable().describe('The cursor of the next page; null where this is the last'),
  });

const limit = z.coerce
  .number({ error: (issue) => (issue.code === 'invalid_type' ? needs('A whole number')(issue) : undefined) })
  .int()
  .min(1)
  .max(200)
  .default(50);
const cursor = z
  .string()
  .refine((given) => idIn(given) !== undefined, 'A cursor is what “next” of the page before said.')
  .optional();
const ofCustomer = clean(text(100)).min(1).optional().describe('The external ID or the name of a customer');

export const paging = z.strictObject({ limit, cursor });
export const pagingOfCustomer = z.strictObject({ limit, cursor, customer: ofCustomer });
export const orderQuery = z.strictObject({
  limit,
  cursor,
  customer: ofCustomer,
  status: status.optional(),
  // The year 0 is none for a database.
  since: moment
    .refine((time) => !time.startsWith('0000'), { error: needs('A time after the year 0') })
    .optional()
    .describe('Orders created then or later'),
});
export const externalId = z.strictObject({ externalId: clean(text(100)).min(1) });
export const orderNumber = z.strictObject({ number: text(40).min(1).describe('With or without the prefix') });
export const nothing = z.strictObject({});
