import type { Organization as Whose } from '../bot/index.ts';
import type { OrganizationEntry } from '../features/imports/organizations/rules.ts';
import { saveOrganizations } from '../features/imports/organizations/save.ts';
import { seesMarkupOf } from '../features/organizations/rules.ts';
import { Refused } from './problem.ts';
import { type Call, ok, pageOf, type Route, route, rowsOf } from './route.ts';
import {
  externalId,
  list,
  nothing,
  type Organization,
  organization,
  organizationInput,
  paging,
} from './schemas.ts';
import { loadOrganizations, type OrganizationRow } from './store.ts';

const EXAMPLE: Organization = {
  externalId: 'C-1001',
  name: 'Contoso',
  kind: 'customer',
  parent: 'Northwind Partners',
  parentExternalId: 'R-17',
  address1: 'Calle de Alcalá 45',
  address2: null,
  postalCode: '28014',
  city: 'Madrid',
  state: null,
  country: 'ES',
  phone: '+34915551200',
  contactFirstName: 'Carla',
  contactLastName: 'Diaz',
  contactEmail: 'carla@contoso.example',
  contactPhone: null,
  mpnId: null,
  domains: ['contoso.example'],
  currency: 'EUR',
  markupBp: 1250,
};

type Here = Pick<Call<unknown, unknown, unknown>, 'holder' | 'viewer'>;

const shown =
  ({ holder, viewer }: Here) =>
  (row: OrganizationRow): Organization => {
    const whose: Whose = { id: row.id, kind: row.kind, name: row.name };
    // Whose customer it is, where that is seen at all: a reseller does not see the provider as one.
    const seesParent = holder.kind === 'provider' || row.id !== holder.id;
    return {
      externalId: row.external_id,
      name: row.name,
      kind: row.kind,
      parent: seesParent ? row.parent : null,
      parentExternalId: seesParent ? row.parent_external_id : null,
      address1: row.address_1,
      address2: row.address_2,
      postalCode: row.postal_code,
      city: row.city,
      state: row.state,
      country: row.country,
      phone: row.phone,
      contactFirstName: row.contact_first_name,
      contactLastName: row.contact_last_name,
      contactEmail: row.contact_email,
      contactPhone: row.contact_phone,
      mpnId: row.mpn_id,
      domains: row.domains,
      currency: row.currency,
      markupBp: seesMarkupOf({ organization: holder }, viewer.seesMarkup, whose) ? row.markup_bp : null,
    };
  };

async function find(
  { db, viewer, holder }: Call<unknown, unknown, unknown>,
  id: string,
): Promise<Organization> {
  const [found] = await loadOrganizations(db, viewer, { after: 0, limit: 1 }, id);
  if (found === undefined) throw new Refused(404, `There is no organization with the external ID “${id}”.`);
  return shown({ holder, viewer })(found);
}

/** Values as they would be written in a sheet; null is an empty cell that empties. */
function entryOf(id: string, body: Record<string, unknown>): OrganizationEntry {
  const { domains, markupBp, ...texts } = body;
  const said = Object.entries(texts).flatMap(([field, value]) =>
    value === undefined ? [] : [[field, value ?? '']],
  );
  return {
    ...(Object.fromEntries(said) as OrganizationEntry),
    externalId: id,
    ...(Array.isArray(domains) && { domains: domains.join(' ') }),
    ...(typeof markupBp === 'number' && { markup: String(markupBp / 100) }),
  };
}

const FIELD: Readonly<Record<string, string>> = { markup: 'markupBp' };

export const organizationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations',
    id: 'listOrganizations',
    summary: 'List organizations',
    takes: 'every key',
    params: nothing,
    query: paging,
    response: {
      name: 'Organizations',
      schema: list(organization),
      example: { items: [EXAMPLE], next: null },
    },
    refusals: [400],
    async run(call) {
      const rows = await loadOrganizations(call.db, call.viewer, rowsOf(call.query));
      return pageOf(rows, call.query, shown(call));
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{externalId}',
    id: 'getOrganization',
    summary: 'One organization',
    takes: 'every key',
    params: externalId,
    query: nothing,
    response: { name: 'Organization', schema: organization, example: EXAMPLE },
    refusals: [400, 404],
    run: async (call) => ok(await find(call, call.params.externalId)),
  }),
  route({
    method: 'PUT',
    path: '/organizations/{externalId}',
    id: 'putOrganization',
    summary: 'Make or change an organization; one of this name without an external ID is taken for it',
    takes: 'every key',
    params: externalId,
    query: nothing,
    body: {
      name: 'OrganizationInput',
      schema: organizationInput,
      example: {
        name: 'Contoso',
        kind: 'customer',
        parent: 'Northwind Partners',
        address1: 'Calle de Alcalá 45',
        postalCode: '28014',
        city: 'Madrid',
        country: 'ES',
        domains: ['contoso.example'],
        markupBp: 1250,
      },
    },
    response: { name: 'Organization', schema: organization, example: EXAMPLE },
    refusals: [400, 413, 415, 422],
    async run(call) {
      const { externalId: id } = call.params;
      const [outcome] = await saveOrganizations(call, call.holder, [entryOf(id, call.body)]);
      if (outcome?.kind === 'refused') {
        const errors = Object.entries(outcome.errors).map(([field, reason]) => ({
          field: `/${FIELD[field] ?? field}`,
          reason: reason ?? '',
        }));
        throw new Refused(422, 'The organization was not saved.', { errors });
      }
      return { status: outcome?.kind === 'new' ? 201 : 200, body: await find(call, id) };
    },
  }),
];
