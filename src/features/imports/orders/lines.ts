/** The lines of an imported order. */
import { parseUnits } from '../../associations/rules.ts';
import { parseAmount } from '../../catalog/rules.ts';
import type { Columns, Complain, DecidedLine, LineEntry, OrderEntry, World } from './types.ts';

export function linesOf(
  entry: OrderEntry,
  columns: Columns | undefined,
  world: World,
  complain: Complain,
): DecidedLine[] {
  const taken = new Set<number>();
  const lines = entry.lines.flatMap((line, index) => {
    const decided = lineOf(line, columns, world, (field, sentence) => complain(field, sentence, index));
    if (decided === undefined) return [];
    const position = decided.position;
    if (position !== null && taken.has(position))
      complain('position', `There are two lines ${position}.`, index);
    if (position !== null) taken.add(position);
    return [decided];
  });
  const cost = lines.reduce((sum, { quantity, priceMinor }) => sum + (quantity ?? 0) * (priceMinor ?? 0), 0);
  if (!Number.isSafeInteger(cost)) complain('price', 'The lines cost more together than can be counted.');
  return lines;
}

const KINDS = ['new subscription', 'increase', 'decrease', 'suspend', 'resume', 'markup change'] as const;

function lineOf(
  line: LineEntry,
  columns: Columns | undefined,
  world: World,
  complain: Complain,
): DecidedLine | undefined {
  const typed = line.requestedChange?.trim().toLowerCase() || KINDS[0];
  const kind = KINDS.find((one) => one === typed);
  if (kind === undefined)
    return complain('requestedChange', `“${line.requestedChange}” is none of: ${KINDS.join(', ')}.`);
  if (kind === 'markup change')
    return { kind, productId: null, quantity: null, priceMinor: null, position: null };
  const product = world.products.get(line.product?.trim().toLowerCase() ?? '');
  if (product === undefined)
    return complain(
      'product',
      line.product ? `There is no product “${line.product}”.` : 'The product is missing.',
    );
  const counts = kind !== 'suspend' && kind !== 'resume';
  const quantity = line.quantity ? parseUnits(line.quantity) : counts ? undefined : null;
  if (quantity === undefined)
    return complain(
      'quantity',
      line.quantity
        ? `“${line.quantity}” is not a whole number greater than zero.`
        : 'The quantity is missing.',
    );
  const position = line.position ? parseUnits(line.position) : null;
  if (position === undefined)
    return complain('position', `“${line.position}” is not a whole number greater than zero.`);
  if (position !== null && position > MOST_POSITION)
    return complain('position', `The position is ${MOST_POSITION} at most.`);
  const priceMinor = columns === undefined ? null : priceOf(line, product.id, columns, world, complain);
  if (priceMinor === undefined) return undefined;
  const runs = kind === KINDS[0] && columns?.status === 'Completed';
  if (runs && priceMinor === null)
    return complain(
      'price',
      `There is no price of ${product.name} for the customer in ${columns.currency}: write one.`,
    );
  return { kind, productId: product.id, quantity, priceMinor, position };
}

/** A service is named with four digits: 10023/9999. */
const MOST_POSITION = 9_999;

/** As written, or else what the customer would pay now; nothing where that is not known. */
function priceOf(
  { price }: LineEntry,
  productId: number,
  { customerId, currency }: Columns,
  world: World,
  complain: Complain,
): number | null | undefined {
  if (!price?.trim()) return world.priceOf(customerId, productId, currency) ?? null;
  const read = parseAmount(price, currency);
  return 'error' in read ? complain('price', read.error) : read.value;
}

const keyOf = ({ kind, productId, quantity }: DecidedLine): string => `${kind} ${productId} ${quantity}`;

/** Do they ask for the same, in whatever order? */
export function sameLines(some: readonly DecidedLine[], others: readonly DecidedLine[]): boolean {
  const [one, other] = [some, others].map((lines) => lines.map(keyOf).sort().join('\n'));
  return one === other;
}

/** Where each line's service stands: as written, or else in the first place that is free. */
export function withPositions(
  lines: readonly DecidedLine[],
): readonly (DecidedLine & { readonly at: number })[] {
  const taken = new Set(lines.flatMap(({ position }) => position ?? []));
  let next = 0;
  return lines.map((line) => {
    if (line.position !== null) return { ...line, at: line.position };
    do next += 1;
    while (taken.has(next));
    return { ...line, at: next };
  });
}
