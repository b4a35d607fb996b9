import type { Allowed } from '../options.ts';

/** What the settings say of a workspace: of itself first, then of its organization. */
export const allowanceOf = (
  allowed: readonly Allowed[],
  { workspace, enterprise }: { readonly workspace: string; readonly enterprise?: string | undefined },
): Allowed | undefined =>
  allowed.find(({ id }) => id === workspace) ?? allowed.find(({ id }) => id === enterprise);

/**
 * Whether the word of a workspace is good for an e-mail address. The admins of a workspace decide what addresses
 * its people have: without this they could make themselves anybody whom the bot knows.
 */
export const vouches =
  ({ domains }: Allowed) =>
  (email: string): boolean =>
    domains === 'all' || domains.includes(email.slice(email.lastIndexOf('@') + 1).toLowerCase());
