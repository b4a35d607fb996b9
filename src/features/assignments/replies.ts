import type { RefusedAssignment } from '../../providers/index.ts';

const MOST_NAMED = 3;

/** `alice@contoso.example: no such user; bob@contoso.example: no such user; and 4 more users` */
export function refusalOf(refused: readonly (RefusedAssignment | string)[]): string {
  const named = refused
    .slice(0, MOST_NAMED)
    .map((one) => (typeof one === 'string' ? one : `${one.userName}: ${one.reason}`));
  const more = refused.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more ${more === 1 ? 'user' : 'users'}`] : [])].join('; ');
}

export const unknownThere = (subscription: string) => `There is no subscription ${subscription}.`;

export const notAssigned = ({ product, ref }: { product: string; ref: string }, reason: string) =>
  `The vendor did not assign ${product} (${ref}): ${reason}`;
