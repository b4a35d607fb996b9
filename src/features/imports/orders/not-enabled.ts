// Services of which more can't be ordered after an import, since their customers do not have the offering.
import { list } from '../../../../cards/format.ts';
import { quoted } from '../../../chat/words.ts';
import type { Decision } from './types.ts';

/** What customers have after the import, each once. */
export function boughtIn(
  decisions: readonly Decision[],
): { readonly customerId: number; readonly productId: number }[] {
  const bought = decisions.flatMap((decision) => {
    if (decision.kind === 'refused' || decision.kind === 'same') return [];
    const lines = decision.kind === 'new' ? decision.lines : decision.before.lines;
    const { customerId } = decision.columns;
    return lines.flatMap(({ productId }) => (productId === null ? [] : [{ customerId, productId }]));
  });
  return [...new Map(bought.map((one) => [`${one.customerId} ${one.productId}`, one])).values()];
}

const MOST_NAMED = 2;

type Missing = { readonly customer: string; readonly offering: string };

/** One sentence of what is missing, and one of the command that mends it. */
export function notEnabledInWords(missing: readonly Missing[]): string[] {
  const [first] = missing;
  if (first === undefined) return [];
  const named = missing.slice(0, MOST_NAMED).map(({ customer, offering }) => `${offering} for ${customer}`);
  const more = missing.length - named.length;
  const all = list([...named, ...(more > 0 ? [`${more} more`] : [])]);
  return [
    `Not enabled yet: ${all}.`,
    `Before more of it can be ordered, type: enable ${quoted(first.offering)} ${quoted(first.customer)}`,
  ];
}
