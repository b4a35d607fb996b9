import type { Member } from '../../bot/index.ts';
import type { FoundService } from '../orders/find.ts';
import type { BulkKind, Target } from './kind.ts';
import type { JobRecord } from './store.ts';

/** The kinds of bulk job there are, by their names. */
export type Kinds = ReadonlyMap<string, BulkKind>;

/** What is the provider's own is for its admins alone. */
export const mayUse = ({ works }: BulkKind, { role }: Member): boolean =>
  works !== 'on the provider' || role === 'provider admin';

/** What a sheet of the provider is about. */
export const targetHere = ({ organization }: Member): Target => ({
  organizationId: organization.id,
  customer: organization.name,
  service: undefined,
});

export function targetOf(job: JobRecord): Target {
  const { service_id: id, product } = job;
  const service =
    id === null
      ? undefined
      : {
          id,
          ref: `${job.number}/${job.position}`,
          product: product ?? '',
          maxPerUser: job.max_units_per_user,
        };
  return { organizationId: job.organization_id, customer: job.customer, service };
}

export function targetAt(service: FoundService): Target {
  const { id, ref, product, max_units_per_user: maxPerUser } = service;
  return {
    organizationId: service.organization_id,
    customer: service.customer,
    service: { id, ref, product, maxPerUser },
  };
}

export const titleOf = (job: JobRecord, kind: BulkKind): string =>
  kind.title(targetOf(job), job.option ?? undefined);

export function kindOf(kinds: Kinds, job: JobRecord): BulkKind {
  const kind = kinds.get(job.kind);
  if (kind === undefined) throw new Error(`Job ${job.id} is of a kind that is no more: ${job.kind}.`);
  return kind;
}

/** A job of the provider's own is for its admins alone. */
export const mayOpen = ({ organization_kind }: JobRecord, { role }: Member): boolean =>
  organization_kind !== 'provider' || role === 'provider admin';

export const isNumberOfJob = (id: number): boolean => Number.isSafeInteger(id) && id > 0 && id < 2 ** 31;
