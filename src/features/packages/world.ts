import type { Ctx } from '../../bot/index.ts';
import { lockServices } from '../associations/units.ts';
import type { Target } from '../bulk/kind.ts';
import type { World } from './rules.ts';
import { loadPackageServices, loadPackages, lockUsers } from './store.ts';
import type { Mode, PackageService } from './types.ts';

export type Known = World & { readonly services: readonly PackageService[] };

/** What all decisions about a sheet rest on, as it is now. */
export async function loadWorld({ db }: Ctx, target: Target, option: string | undefined): Promise<Known> {
  const packages = await loadPackages(db);
  const services = await loadPackageServices(db, target.organizationId);
  return {
    mode: modeOf(option),
    packages: new Map(packages.map((one) => [one.id, one])),
    services,
    sold: new Set(services.filter(({ ended }) => !ended).map(({ product }) => product)),
  };
}

export function modeOf(option: string | undefined): Mode {
  return option === 'add-only' ? 'add-only' : 'add-and-remove';
}

/** Nobody else changes these users or who has the customer's packages until the transaction ends. */
export async function lockAll(
  { db }: Ctx,
  { organizationId }: Target,
  emails: readonly string[],
): Promise<void> {
  const services = await loadPackageServices(db, organizationId);
  const ids = services.map(({ id }) => id);
  if (ids.length > 0) await lockServices(db, ids);
  await lockUsers(db, organizationId, emails);
}
