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

export const itemsOf = (
  services: readonly { readonly units: number; readonly product: string }[],
  lines: readonly Line[],
): string[] =>
  services.length > 0
    ? services.map(({ units, product }) => `${number(units)} × ${product}`)
    : lines.filter(({ product }) => product !== null).map(itemOf);

export function quantityOf(
  services: readonly { readonly units: number }[],
  lines: readonly { readonly quantity: number | null }[],
): number {
  const units =
    services.length > 0 ? services.map((one) => one.units) : lines.map((one) => one.quantity ?? 0);
  return units.reduce((sum, one) => sum + one, 0);
}

export type Cost = {
  readonly amount: Money;
  /** It is what the order would cost if it were placed now. */
  readonly estimated: boolean;
};

/** Of one month. Nothing where it is not known, or the price of one line is not. */
export function costOf(
  order: { readonly cost_minor: number | null; readonly currency: string },
  lines: readonly Line[],
  prices: ReadonlyMap<number, Money>,
): Cost | undefined {
  const { cost_minor: minor, currency } = order;
  if (minor !== null) return { amount: { minor, currency }, estimated: false };
  const bought = lines.filter(({ kind }) => kind === 'new subscription' || kind === 'increase');
  const amounts = bought.map((line) => amountOf(line, currency, prices));
  if (amounts.length === 0 || amounts.includes(undefined)) return undefined;
  const sum = amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);
  return { amount: { minor: sum, currency }, estimated: true };
}

/** What one unit of it costs today, where that does not hang on how it is configured. */
export const priceNow = (line: Line, prices: ReadonlyMap<number, Money>): Money | undefined =>
  line.product_id === null || line.configuration !== null ? undefined : prices.get(line.product_id);

function amountOf(line: Line, currency: string, prices: ReadonlyMap<number, Money>): number | undefined {
  const listed = priceNow(line, prices);
  const now = listed?.currency === currency ? listed.minor : undefined;
  const each = line.price_minor ?? line.running_price_minor ?? now;
  return each === undefined ? undefined : each * (line.quantity ?? 1);
}

/** The products whose price of today is asked for. */
export const unpriced = (order: { readonly cost_minor: number | null }, lines: readonly Line[]): number[] =>
  order.cost_minor === null
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
