/** What may be approved by whom, and what is asked for. */
import { createHash } from 'node:crypto';
import { number } from '../../../cards/format.ts';
import { type Role, SELLERS } from '../../bot/index.ts';
import { nobodyTold } from '../execution/rules.ts';
import { signOf } from '../orders/parts/rules.ts';

export type State = 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'expired' | 'changed';

/** Who may approve, or refuse. */
export const APPROVERS = SELLERS;

/** Those of the organization that sells to the customer. */
export const approversOf = (kind: 'provider' | 'reseller' | 'customer'): readonly Role[] =>
  kind === 'reseller' ? ['reseller admin'] : ['provider admin', 'account manager'];

export const LONGEST_REASON = 300;

type Line = {
  readonly kind: string;
  readonly quantity: number | null;
  readonly product: string | null;
  readonly priceMinor: number | null;
  readonly purchaseMinor: number | null;
};

/** What the lines come to in a month; nothing where a price is not known. */
export function monthly(lines: readonly Line[], of: 'priceMinor' | 'purchaseMinor'): number | undefined {
  let sum = 0;
  for (const line of lines) {
    const sign = signOf(line.kind);
    const price = line[of];
    if (sign === 0) continue;
    if (price === null) return undefined;
    sum += sign * (line.quantity ?? 1) * price;
  }
  return sum;
}

/** `5 × Office 365 E3`; nothing for a change of the markup, which customers know nothing of. */
export function itemOf({ kind, quantity, product }: Line): string | undefined {
  if (kind === 'markup change') return undefined;
  const what = `${number(quantity ?? 1)} × ${product ?? 'product'}`;
  switch (kind) {
    case 'increase':
      return `${what} more`;
    case 'decrease':
      return `${what} less`;
    case 'suspend':
    case 'resume':
      return `${product ?? 'Subscription'}: ${kind}`;
    default:
      return what;
  }
}

/** Another one where anything of the order is another than it was. */
export function digestOf(order: object, lines: readonly object[]): string {
  return createHash('sha256')
    .update(JSON.stringify([order, lines]))
    .digest('base64url');
}

type Who = { readonly memberId: number | null; readonly email: string | undefined };
type Request = {
  readonly state: State;
  readonly requesterMember: number | null;
  readonly requesterEmail: string | null;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly digest: string;
};

/** The one who asked, whatever role they have now. */
export const isRequester = (request: Request, who: Who): boolean =>
  (who.memberId !== null && who.memberId === request.requesterMember) ||
  (who.email !== undefined && who.email === (request.requesterEmail ?? ''));

export type Decision = 'decide' | 'over' | 'expired' | 'changed' | 'own' | 'other request';

/** May this person decide now? `asked` is the request that they saw. */
export function decideOn(
  request: Request,
  who: Who,
  {
    now,
    digest,
    asked,
  }: { readonly now: Date; readonly digest: string; readonly asked?: string | undefined },
): Decision {
  if (request.state !== 'waiting') return 'over';
  if (asked !== undefined && asked !== request.requestedAt.toISOString()) return 'other request';
  if (request.expiresAt <= now) return 'expired';
  if (isRequester(request, who)) return 'own';
  return digest === request.digest ? 'decide' : 'changed';
}

/**
 * What stands in the way of an order that is to be carried out, and what one does about it. Without a button it is the
 * order that has to be changed, which nobody can do while it waits.
 */
export type Obstacle = {
  readonly sentence: string;
  readonly button?: { readonly title: string; readonly command: string };
};

/** Can it go ahead as it is, once what stands in the way is mended elsewhere? */
export const canWait = (obstacles: readonly Obstacle[]): boolean =>
  obstacles.every(({ button }) => button !== undefined);

/** What a requester is told, in one sentence: who decides, and how they hear of it. */
export function whoDecides({ by, told }: { readonly by: string; readonly told: number }): string {
  return `${told > 0 ? `${by} was asked.` : nobodyTold(by)} You hear of it here.`;
}
