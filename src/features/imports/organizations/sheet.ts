// The sheet of organizations: resellers and customers for a first fill, or brought up to date later.
import type { Ctx } from '../../../bot/index.ts';
import type { Json } from '../../../chat/place.ts';
import type {
  Applied,
  BulkKind,
  DoneRow,
  JobInHand,
  RowRemark,
  RowResult,
  SheetPlan,
  SheetRefused,
  SheetRow,
  Target,
  ValidRow,
} from '../../bulk/kind.ts';
import { type Column, cellsOf, countsOf, notesOn, placed, readHeader } from '../header.ts';
import {
  type Decision,
  decide,
  type Field,
  type Known,
  type OrganizationEntry,
  put,
  worldOf,
} from './rules.ts';
import { type Saved, saveOrganizations } from './save.ts';
import { digestOf, loadAll, loadDearest } from './store.ts';
import { takeBackOrganizations } from './take-back.ts';

const COLUMNS: readonly Column<Field>[] = [
  { field: 'name', title: 'Name', also: ['Organization', 'Company'], holds: 'Each name once', needed: true },
  { field: 'kind', title: 'Kind', holds: 'customer or reseller; left empty: customer' },
  {
    field: 'parent',
    title: 'Parent',
    also: ['Reseller'],
    holds: 'A reseller, here or in a row above; left empty: the provider',
  },
  { field: 'address1', title: 'Address 1', also: ['Address'], holds: 'Street and number' },
  { field: 'address2', title: 'Address 2', holds: 'What else the address says' },
  { field: 'city', title: 'City', holds: 'The city' },
  { field: 'state', title: 'State', also: ['Province', 'Region'], holds: 'The state or province' },
  { field: 'postalCode', title: 'Postal code', also: ['ZIP', 'ZIP code'], holds: 'The postal code' },
  { field: 'country', title: 'Country', holds: 'Its name, or its two letters' },
  { field: 'phone', title: 'Phone', holds: 'With the code of the country: +46 8 440 12 00' },
  { field: 'contactFirstName', title: 'Contact first name', holds: 'Of the contact person' },
  { field: 'contactLastName', title: 'Contact last name', holds: 'Of the contact person' },
  { field: 'contactEmail', title: 'Contact e-mail', holds: 'Of the contact person' },
  { field: 'contactPhone', title: 'Contact phone', holds: 'Of the contact person' },
  { field: 'domains', title: 'Domains', also: ['Domain'], holds: 'With blanks between them' },
  { field: 'mpnId', title: 'MPN ID', holds: 'The Microsoft Partner ID of a reseller' },
  { field: 'markup', title: 'Markup', holds: 'Percent, such as 12.5' },
  { field: 'currency', title: 'Currency', holds: 'Three letters, such as EUR' },
  { field: 'externalId', title: 'External ID', holds: 'What your billing system calls it' },
];
const TITLE = 'Value can’t be used';

/** Organizations are found by their external ID, or else by their name. An empty cell leaves what is here as it is. */
export const organizationSheet: BulkKind = {
  name: 'organizations',
  word: 'organizations',
  works: 'on the provider',
  sheet: 'Organizations',
  about: 'organization',
  takesUnits: false,
  summary: 'Import organizations',
  did: 'imported',
  title: ({ customer }) => `Import of organizations of ${customer}`,
  columns: COLUMNS.map(({ title, holds }) => ({ column: 'any', name: title, holds })),
  plan,
  basis: ({ db }) => digestOf(db),
  apply,
  takeBack,
  template: async ({ db }, { organizationId }) => templateRows(await loadAll(db), organizationId),
};

const provider = ({ organizationId: id, customer: name }: Target) =>
  ({ id, name, kind: 'provider' }) as const;

async function plan(ctx: Ctx, target: Target, rows: readonly SheetRow[]): Promise<SheetPlan | SheetRefused> {
  const sheet = readHeader(rows, COLUMNS);
  if (sheet.kind === 'refused') return sheet;
  const world = worldOf(await loadAll(ctx.db), await loadDearest(ctx.db));
  const valid: ValidRow[] = [];
  const problems: RowRemark[] = [];
  const states: ('new' | 'changed' | 'same')[] = [];
  const seen = new Map<number, number>();
  let madeUp = -1;
  for (const row of sheet.rows) {
    const { number } = row;
    const entry = cellsOf(row, sheet.places);
    const decision = entry.name === undefined ? NAMELESS : decide(entry, world, provider(target));
    if (decision.kind === 'refused') {
      for (const [field, sentence] of Object.entries(decision.errors))
        problems.push({
          number,
          title: TITLE,
          sentence: placed(sheet.places, field as Field, number, sentence),
        });
      continue;
    }
    const before = decision.kind === 'new' ? undefined : decision.before;
    const id = before?.id ?? madeUp--;
    const earlier = seen.get(id);
    if (earlier !== undefined) {
      const sentence = placed(sheet.places, 'name', number, `${entry.name} is in row ${earlier} already.`);
      problems.push({ number, title: 'Organization stands in the sheet twice', sentence });
      continue;
    }
    seen.set(id, number);
    if (decision.kind !== 'same') put(world, { ...decision.columns, id }, before);
    states.push(decision.kind);
    valid.push({
      number,
      subject: entry.name ?? '',
      units: 1,
      data: entry as Json,
      effect: effectOf(decision),
    });
  }
  return {
    kind: 'plan',
    valid,
    problems,
    warnings: [],
    header: sheet.header,
    notes: [countsOf(states), ...notesOn(sheet)],
    newUsers: [],
    needs: [],
    basis: await digestOf(ctx.db),
  };
}

const NAMELESS: Decision = { kind: 'refused', errors: { name: 'the name is missing.' } };
const effectOf = (decision: Decision): string => JSON.stringify(decision);

async function apply(ctx: Ctx, { target }: JobInHand, rows: readonly ValidRow[]): Promise<Applied> {
  const entries = rows.map(({ data }) => data as OrganizationEntry);
  const outcomes = await saveOrganizations(ctx, provider(target), entries);
  const results = rows.map(({ number }, index): RowResult => {
    const outcome = outcomes[index];
    switch (outcome?.kind) {
      case 'new':
      case 'changed':
        return { number, status: 'done', data: outcome.saved as unknown as Json };
      case 'same':
        return { number, status: 'skipped', reason: 'It is the same as here.' };
      default:
        return { number, status: 'failed', reason: Object.values(outcome?.errors ?? {}).join(' ') };
    }
  });
  return { results, used: new Map() };
}

async function takeBack(ctx: Ctx, _of: JobInHand, rows: readonly DoneRow[]): Promise<RowResult[]> {
  const reasons = await takeBackOrganizations(
    ctx,
    rows.map(({ data }) => data as unknown as Saved),
  );
  return rows.flatMap(({ number }, index) => {
    const reason = reasons[index];
    return reason === undefined ? [] : [{ number, status: 'failed' as const, reason }];
  });
}

/** What there is, in the form in which it can be sent back; an example where there is nothing yet. */
export function templateRows(all: readonly Known[], providerId: number): string[][] {
  const names = new Map(all.map(({ id, name }) => [id, name]));
  const rows = all
    .filter(({ id }) => id !== providerId)
    .map((one) => {
      const parent = one.parentId === null ? '' : (names.get(one.parentId) ?? '');
      return COLUMNS.map(({ field }) => textOf(one, field, parent));
    });
  const example = COLUMNS.map(({ field }) => EXAMPLE[field] ?? '');
  return [COLUMNS.map(({ title }) => title), ...(rows.length > 0 ? rows : [example])];
}

function textOf(one: Known, field: Field, parent: string): string {
  switch (field) {
    case 'parent':
      return parent;
    case 'markup':
      return String(one.markupBp / 100);
    case 'domains':
      return one.domains.join(' ');
    default:
      return one[field] ?? '';
  }
}

const EXAMPLE: OrganizationEntry = {
  name: 'Contoso',
  kind: 'customer',
  address1: 'Calle de Alcalá 45',
  city: 'Madrid',
  postalCode: '28014',
  country: 'ES',
  phone: '+34915551200',
  contactFirstName: 'Carla',
  contactLastName: 'Diaz',
  contactEmail: 'carla@contoso.example',
  domains: 'contoso.example',
  markup: '12.5',
  currency: 'EUR',
  externalId: 'C-1001',
};
