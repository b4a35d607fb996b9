/** What an imported order becomes here: new, changed or the same; or what is wrong with it, and where. */
import { parseCurrency, parsePercent } from '../../catalog/rules.ts';
import { type OrderStatus, parseOrderNumber } from '../../orders/rules.ts';
import { type Known, named } from '../organizations/rules.ts';
import { linesOf, sameLines } from './lines.ts';
import {
  type Columns,
  type Complain,
  type DecidedLine,
  type Decision,
  type Field,
  type KnownOrder,
  type OrderEntry,
  type Problem,
  STATUSES,
  type World,
} from './types.ts';

export function decide(entry: OrderEntry, world: World): Decision {
  const problems: Problem[] = [];
  const complain: Complain = (field, sentence, line) =>
    void problems.push({ field, sentence, ...(line !== undefined && { line }) });
  const number = numberOf(entry, world, complain);
  const before = number === undefined ? undefined : world.orders.get(number);
  const columns = columnsOf(entry, before, world, complain);
  const lines = linesOf(entry, columns, world, complain);
  if (before !== undefined && columns !== undefined) mayFollow(before, columns, lines, complain);
  if (number === undefined || columns === undefined || problems.length > 0)
    return { kind: 'refused', problems };
  if (before === undefined) return { kind: 'new', number, columns, lines };
  return changedFields(before, columns).length === 0
    ? { kind: 'same', before }
    : { kind: 'changed', before, columns };
}

/** What the template says for a number: no order is called so. */
export const EXAMPLE_NUMBER = 'Example';

function numberOf({ number = '' }: OrderEntry, { prefix }: World, complain: Complain): number | undefined {
  const found = parseOrderNumber(prefix, number.trim());
  if (found !== undefined && found > MOST_NUMBER)
    return complain('number', `The number of an order is ${MOST_NUMBER} at most.`);
  if (found !== undefined && found > 0) return found;
  return complain(
    'number',
    number === ''
      ? 'The number is missing.'
      : `“${number}” is not the number of an order. That is 1 to 8 digits, with or without ${prefix}: ${prefix}10023.`,
  );
}
/** What is ordered afterwards is numbered from there on, and numbers have nine digits. */
const MOST_NUMBER = 99_999_999;

function columnsOf(
  entry: OrderEntry,
  before: KnownOrder | undefined,
  world: World,
  complain: Complain,
): Columns | undefined {
  const customer = customerOf(entry, before, world, complain);
  const status = statusOf(entry, before, complain);
  const createdAt = dateOf(entry, before, complain);
  const currency = currencyOf(entry, before, customer, complain);
  const createdById = creatorOf(entry, before, customer, world, complain);
  const markup = entry.markup ? parsePercent(entry.markup) : { value: before?.markupBp ?? null };
  if ('error' in markup) complain('markup', markup.error);
  if (customer === undefined || status === undefined || createdAt === undefined) return undefined;
  if (currency === undefined || createdById === undefined || 'error' in markup) return undefined;
  const text = (field: 'vendorStatus' | 'error' | 'note' | 'paymentDetails') =>
    shortened(entry[field], before?.[field] ?? null, field, complain);
  const [day = ''] = createdAt.split('T');
  return {
    customerId: customer.id,
    name:
      shortened(entry.name, before?.name ?? null, 'name', complain) ??
      `Order #${day.split('-').reverse().join('-')}`,
    description:
      shortened(entry.description, before?.description ?? null, 'description', complain) ??
      entry.lines[0]?.product ??
      '',
    status,
    vendorStatus: text('vendorStatus'),
    error: text('error'),
    createdBy: shortened(entry.createdBy, before?.createdBy ?? null, 'createdBy', complain) ?? world.by,
    createdById,
    createdAt,
    note: text('note'),
    paymentDetails: text('paymentDetails'),
    markupBp: markup.value,
    currency,
  };
}

const LONGEST_TEXT = 500;

function shortened(
  said: string | undefined,
  before: string | null,
  field: Field,
  complain: Complain,
): string | null {
  if (said === undefined) return before;
  const letters = [...said.trim()].length;
  if (letters > LONGEST_TEXT)
    complain(field, `Up to ${LONGEST_TEXT} letters fit here; these are ${letters}.`);
  return said.trim() || null;
}

function customerOf(
  { customer }: OrderEntry,
  before: KnownOrder | undefined,
  { organizations }: World,
  complain: Complain,
): Known | undefined {
  if (!customer?.trim()) {
    const known = before && organizations.byId.get(before.customerId);
    return known ?? complain('customer', 'The customer is missing.');
  }
  const found = named(organizations, customer);
  if (found?.kind !== 'customer') return complain('customer', `There is no customer “${customer}”.`);
  if (before !== undefined && before.customerId !== found.id)
    return complain('customer', `Order ${before.number} is here, and of another customer.`);
  return found;
}

function statusOf(
  { status }: OrderEntry,
  before: KnownOrder | undefined,
  complain: Complain,
): OrderStatus | undefined {
  const typed = status?.trim().toLowerCase() ?? '';
  if (typed === '' && before !== undefined) return before.status;
  const found = STATUSES.find((one) => one.toLowerCase() === typed);
  if (found !== undefined) return found;
  return complain(
    'status',
    typed === '' ? 'The status is missing.' : `“${status}” is none of: ${STATUSES.join(', ')}.`,
  );
}

/** `2026-09-14`, `2026-09-14 09:30`, `14.09.2026` and `14-09-2026`, in UTC. */
function dateOf(
  { date }: OrderEntry,
  before: KnownOrder | undefined,
  complain: Complain,
): string | undefined {
  const typed = date?.trim() ?? '';
  if (typed === '') return before?.createdAt ?? complain('date', 'The date is missing.');
  const iso = typed.replace(
    /^(\d{1,2})[.-](\d{1,2})[.-](\d{4})/,
    (_, day: string, month: string, year: string) =>
      `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  );
  const [, day, time = '00:00:00'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?(?:\.\d+)?Z?$/.exec(iso) ?? [];
  const at = day === undefined ? undefined : new Date(`${day}T${time}Z`);
  const isDay = at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day ?? '');
  if (isDay && FIRST_DAY <= at && at < LAST_DAY) return at.toISOString();
  if (isDay) return complain('date', `${day} is too long ago, or too far ahead.`);
  return complain('date', `“${typed}” is not a date. Write it like 2026-09-14.`);
}

/** No order is of before there were computers, nor of when nobody will read this. */
const FIRST_DAY = new Date('1950-01-01');
const LAST_DAY = new Date('2200-01-01');

function currencyOf(
  { currency }: OrderEntry,
  before: KnownOrder | undefined,
  customer: Known | undefined,
  complain: Complain,
): string | undefined {
  if (!currency?.trim()) return before?.currency ?? customer?.currency;
  const read = parseCurrency(currency);
  return 'error' in read ? complain('currency', read.error) : read.value;
}

/** Somebody of the customer itself, of whose customer it is, or of the provider. */
function creatorOf(
  { createdByOrganization: typed }: OrderEntry,
  before: KnownOrder | undefined,
  customer: Known | undefined,
  { organizations }: World,
  complain: Complain,
): number | undefined {
  if (!typed?.trim()) return before?.createdById ?? customer?.id;
  const found = named(organizations, typed);
  const mayBe = found !== undefined && [customer?.id, customer?.parentId].includes(found.id);
  if (mayBe || found?.kind === 'provider') return found.id;
  return complain(
    'createdByOrganization',
    `“${typed}” is neither the customer, nor its reseller, nor the provider.`,
  );
}

/** What is here already is only changed where it came by an import, and never so that units would vanish. */
function mayFollow(
  before: KnownOrder,
  now: Columns,
  lines: readonly DecidedLine[],
  complain: Complain,
): void {
  if (lines.length > 0 && !sameLines(before.lines, lines))
    complain('product', `Order ${before.number} is here with other lines. Lines are changed by new orders.`);
  const changed = changedFields(before, now);
  if (changed.length === 0) return;
  if (!before.imported)
    complain(
      'number',
      `Order ${before.number} was made here; an import does not change it (${changed.join(', ')}).`,
    );
  if (before.status === 'Completed' && now.status !== 'Completed')
    complain('status', `Order ${before.number} is completed here, and stays so.`);
}

/** The fields in which two differ. */
export const changedFields = (before: Columns, now: Columns): string[] =>
  (Object.keys(now) as (keyof Columns)[]).filter((field) => before[field] !== now[field]);
