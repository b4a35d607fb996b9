/** What an order comes to, in units and money, and how its lines are told. */
import { list, type Money, number } from '../../../../cards/format.ts';
import { changeTitle } from '../rules.ts';

export type Line = {
  readonly kind: string;
  readonly quantity: number | null;
  readonly product: string | null;
  readonly product_id: number | null;
  /** What was agreed, where it was. */
  readonly price_minor: number | null;
  /** What the subscription costs that the line is about. */
  readonly running_price_minor: number | null;
  /** Of machines: what they cost is known when they are ordered. */
  readonly configuration: unknown;
};

/** `10 × Office 365 E3` */
const itemOf = ({ quantity, product }: Line): string => `${number(quantity ?? 1)} × ${product}`;

/** `New subscription: 10 × Office 365 E3 and 2 × Webex Suite` */
export function requested(lines: readonly Line[]): string[] {
  return [...Map.groupBy(lines, ({ kind }) => kind)].map(([kind, of]) => {
    const items = of.flatMap((line) =>
      line.product === null ? [] : [hasQuantity(line) ? itemOf(line) : line.product],
    );
    return items.length === 0 ? changeTitle(kind) : `${changeTitle(kind)}: ${list(items)}`;
  });
}

const hasQuantity = ({ kind }: Line): boolean => kind !== 'suspend' && kind !== 'resume';

/** What was ordered; of an order that came without its lines, what it has brought. */
export const itemsOf = (
  services: readonly { readonly units: number; readonly product: string }[],
  lines: readonly Line[],
): string[] => {
  const asked = lines.filter(({ product }) => product !== null).map(itemOf);
  return asked.length > 0 ? asked : services.map(({ units, product }) => `${number(units)} × ${product}`);
};

/** The same, counted. */
export function quantityOf(
  services: readonly { readonly units: number }[],
  lines: readonly { readonly quantity: number | null }[],
): number {
  const asked = lines.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
  return asked > 0 ? asked : services.reduce((sum, { units }) => sum + units, 0);
}

const SIGN: Readonly<Record<string, number>> = {
  'new subscription': 1,
  increase: 1,
  resume: 1,
  decrease: -1,
  suspend: -1,
};

/** What a line of this kind does to what is paid each month: adds to it, takes from it, or leaves it. */
export const signOf = (kind: string): number => SIGN[kind] ?? 0;

/** What an order is said to cost: what was agreed counts once it is placed, or waits for approval. */
export type Costed = {
  readonly status: string;
  readonly waits: boolean;
  readonly cost_minor: number | null;
  readonly currency: string;
};
type Prices = ReadonlyMap<number, Money>;

export const isOpen = ({ status, waits }: Pick<Costed, 'status' | 'waits'>): boolean =>
  (status === 'Started' || status === 'Draft') && !waits;

export type Cost = {
  readonly amount: Money;
  /** It is what the order would cost if it were placed now. */
  readonly estimated: boolean;
  /** What it came to when it was seen last, where that was another amount. */
  readonly before?: Money | undefined;
};

/** Of one month. Nothing where it is not known, or the price of one line is not. */
export function costOf(order: Costed, lines: readonly Line[], prices: Prices): Cost | undefined {
  const { cost_minor, currency } = order;
  const agreed = cost_minor === null ? undefined : { minor: cost_minor, currency };
  if (agreed !== undefined && !isOpen(order)) return { amount: agreed, estimated: false };
  const bought = lines.filter(({ kind }) => signOf(kind) > 0);
  const now = sumOf(bought.map((line) => amountOf(line, priceOf(line, order, prices))));
  if (now === undefined) return agreed && { amount: agreed, estimated: false };
  const before = sumOf(bought.map((line) => amountOf(line, line.price_minor ?? undefined)));
  return {
    amount: { minor: now, currency },
    estimated: true,
    ...(isOpen(order) && before !== undefined && before !== now && { before: { minor: before, currency } }),
  };
}

/** Of one unit, in the currency of the order: what was agreed, or else what it costs today. */
export function priceOf(line: Line, order: Costed, prices: Prices): number | undefined {
  const listed =
    line.product_id === null || line.configuration !== null ? undefined : prices.get(line.product_id);
  const running = line.running_price_minor ?? undefined;
  const today = running ?? (listed?.currency === order.currency ? listed.minor : undefined);
  const agreed = line.price_minor ?? undefined;
  return isOpen(order) ? (today ?? agreed) : (agreed ?? today);
}

const amountOf = ({ quantity }: Line, each: number | undefined): number | undefined =>
  each === undefined ? undefined : each * (quantity ?? 1);

const sumOf = (amounts: readonly (number | undefined)[]): number | undefined =>
  amounts.length === 0 || amounts.includes(undefined)
    ? undefined
    : amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0);

/** The products whose price of today is asked for. */
export const unpriced = (order: Costed, lines: readonly Line[]): number[] =>
  order.cost_minor === null || isOpen(order)
    ? lines.flatMap(({ product_id }) => (product_id === null ? [] : [product_id]))
    : [];

/** What was chosen of machines, as far as it can be read. */
export function configurationOf(stored: unknown): (readonly [title: string, value: string])[] {
  if (!isRecord(stored)) return [];
  const machines = listIn(stored.profiles ?? stored.machines).map(machineOf);
  const region = nameOf(stored.region);
  const gigabytes = countIn(stored.extraStorageGb);
  const vpn = countIn(stored.vpn);
  const ipv4 = countIn(stored.ipv4);
  return [
    ...(region === undefined ? [] : [['Region', region] as const]),
    ...machines.map((machine, at) => [at === 0 ? 'Machines' : `Machines ${at + 1}`, machine] as const),
    ...(gigabytes > 0 ? [['Extra storage', `${number(gigabytes)} GB`] as const] : []),
    ...(vpn > 0 ? [['VPN', `${number(vpn)} × 10 S2S channels`] as const] : []),
    ...(ipv4 > 0 ? [['Static IPv4', number(ipv4)] as const] : []),
  ];
}

/** `Tailspin Toys, Tina Tail, tina@tailspin.example` */
export function endCustomerOf(stored: unknown): string | undefined {
  if (!isRecord(stored)) return undefined;
  const person = [nameOf(stored.firstName), nameOf(stored.lastName)].filter((one) => one !== undefined);
  const said = [nameOf(stored.company), person.join(' '), nameOf(stored.email)].filter(Boolean);
  return said.length > 0 ? said.join(', ') : undefined;
}

/** `2 × Medium, Ubuntu Server 24.04 (2 cores, 8 GB RAM, 80 GB disk)` */
function machineOf(stored: unknown): string {
  const of = isRecord(stored) ? stored : {};
  const profile = nameOf(of.profile) ?? nameOf(of.name) ?? 'machine';
  const template = nameOf(of.template);
  const hardware = [
    ...(countIn(of.cores) > 0 ? [`${number(countIn(of.cores))} cores`] : []),
    ...(countIn(of.memoryGb) > 0 ? [`${number(countIn(of.memoryGb))} GB RAM`] : []),
    ...(countIn(of.diskGb) > 0 ? [`${number(countIn(of.diskGb))} GB disk`] : []),
  ];
  const said = [`${number(Math.max(1, countIn(of.quantity)))} × ${profile}`, ...(template ? [template] : [])];
  return hardware.length > 0 ? `${said.join(', ')} (${hardware.join(', ')})` : said.join(', ');
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const countIn = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
/** A name, or what has one. */
const nameOf = (value: unknown): string | undefined => {
  const name = isRecord(value) ? value.name : value;
  return typeof name === 'string' && name !== '' ? name : undefined;
};
