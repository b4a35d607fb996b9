import { titleOf } from '../../../cards/organizations.ts';
import { type Asked, record, scopeOf } from '../../bot/index.ts';
import { checkAll, findParent } from './check.ts';
import { countryName } from './countries.ts';
import { mayChange } from './rules.ts';
import { changedSince } from './seen.ts';
import {
  loadDetails,
  lockOrganizations,
  type OrganizationDetails,
  saveDomains,
  updateOrganization,
} from './store.ts';
import { FIELDS, type Field, type Kept, type OrganizationErrors, type OrganizationValues } from './values.ts';

export type FieldChange = { readonly field: string; readonly before: string; readonly after: string };
export type Changed =
  | { readonly kind: 'saved'; readonly of: OrganizationDetails; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'wrong'; readonly errors: OrganizationErrors }
  /** Others changed it since the form was opened. */
  | {
      readonly kind: 'moved on';
      readonly of: OrganizationDetails;
      readonly since: ReturnType<typeof changedSince>;
    }
  | { readonly kind: 'forbidden' };

/** What is kept of an organization, as one would type it. */
export function valuesOf(of: OrganizationDetails): OrganizationValues {
  const typed = FIELDS.map((field) => {
    if (field === 'domains') return [field, of.domains.join('\n')];
    if (field === 'country') return [field, of.country === null ? '' : countryName(of.country)];
    return [field, of[field] ?? ''];
  });
  const values = Object.fromEntries(typed) as Record<Field, string>;
  return { ...values, kind: of.kind, parent: String(of.parentId ?? '') };
}

/**
 * Changes the fields that were said, as far as this member may; the others stay as they are. `seen` is what stood in
 * the form that was filled in.
 */
export async function changeOrganization(
  asked: Asked,
  id: number,
  said: Partial<OrganizationValues>,
  seen = '',
): Promise<Changed> {
  const scope = scopeOf(asked.member.organization);
  await lockOrganizations(asked.db);
  const before = await loadDetails(asked.db, scope, id);
  const fields = before && mayChange(asked.member, before).filter((field) => said[field] !== undefined);
  if (before === undefined || mayChange(asked.member, before).length === 0) return { kind: 'forbidden' };
  const editable = fields ?? [];
  const since = changedSince(seen, valuesOf(before), said).filter(({ field }) => editable.includes(field));
  if (since.length > 0) return { kind: 'moved on', of: before, since };

  const values = { ...valuesOf(before), ...said, kind: before.kind };
  const found = editable.includes('parent') ? await findParent(asked, 'customer', values.parent) : undefined;
  const { kept, errors } = await checkAll(asked, values, id);
  const wrong = {
    ...Object.fromEntries(Object.entries(errors).filter(([field]) => editable.some((one) => one === field))),
    ...(found !== undefined && 'error' in found && { parent: found.error }),
  };
  if (Object.keys(wrong).length > 0) return { kind: 'wrong', errors: wrong };

  const parentId = found !== undefined && 'parent' in found ? found.parent.id : before.parentId;
  const chosen = Object.fromEntries(
    editable.flatMap((field) => (field === 'parent' ? [] : [[field, kept[field]]])),
  );
  const after: Kept = { ...keptOf(before), ...chosen };
  await updateOrganization(asked.db, id, parentId, after);
  if (editable.includes('domains')) await saveDomains(asked.db, id, after.domains);
  const of = (await loadDetails(asked.db, scope, id)) ?? before;
  const changes = differences(before, of);
  if (changes.length > 0) await remember(asked, of, changes);
  return { kind: 'saved', of, changes };
}

const keptOf = (of: OrganizationDetails): Kept =>
  Object.fromEntries(FIELDS.map((field) => [field, of[field]])) as unknown as Kept;

function differences(before: OrganizationDetails, after: OrganizationDetails): FieldChange[] {
  const parents = { before: before.parent ?? '', after: after.parent ?? '' };
  const [old, now] = [valuesOf(before), valuesOf(after)];
  const inOneLine = (text: string) => text.replaceAll('\n', ', ');
  return [
    ...FIELDS.map((field) => ({
      field: titleOf(field),
      before: inOneLine(old[field]),
      after: inOneLine(now[field]),
    })),
    { field: titleOf('parent'), ...parents },
  ].filter((change) => change.before !== change.after);
}

async function remember(
  asked: Asked,
  of: OrganizationDetails,
  changes: readonly FieldChange[],
): Promise<void> {
  const side = (which: 'before' | 'after') =>
    Object.fromEntries(changes.map((change) => [change.field, change[which]]));
  await record(asked, {
    organizationId: of.id,
    orderId: null,
    kind: 'change organization',
    summary: `Changed ${of.name}: ${changes.map(({ field }) => field).join(', ')}`,
    before: side('before'),
    after: side('after'),
  });
}
