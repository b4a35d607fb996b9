// The sheet of organizations: resellers and customers for a first fill, or brought up to date later.
import type { Asked, Ctx } from '../../../bot/index.ts';
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
import { remarkOnMarkup } from '../../catalog/rules.ts';
import { type Column, cellsOf, countsOf, knownColumns, notesOn, placed, readHeader } from '../header.ts';
import { columnsOf, IMPORT, keptOf, resultOf, WRONG_VALUE } from '../sheet.ts';
import { changesInWords } from './in-words.ts';
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

/** Organizations are found by their external ID, or else by their name. An empty cell leaves what is here as it is. */
export const organizationSheet: BulkKind = {
  name: 'organizations',
  word: 'organizations',
  ...IMPORT,
  sheet: 'Organizations',
  about: 'organization',
  summary: 'Import organizations',
  title: ({ customer }) => `Import of organizations of ${customer}`,
  columns: columnsOf(COLUMNS),
  reads: (header) => knownColumns(header, COLUMNS),
  plan,
  basis: ({ db }) => digestOf(db),
  apply,
  takeBack,
  template: async ({ db }, { organizationId }) => templateRows(await loadAll(db), organizationId),
};

const provider = ({ organizationId: id, customer: name }: Target) =>
  ({ id, name, kind: 'provider' }) as const;

type MaybeAsked = Ctx & Partial<Pick<Asked, 'place'>>;

async function plan(
  ctx: MaybeAsked,
  target: Target,
  rows: readonly SheetRow[],
): Promise<SheetPlan | SheetRefused> {
  const sheet = readHeader(rows, COLUMNS);
  if (sheet.kind === 'refused') return sheet;
  const world = worldOf(await loadAll(ctx.db), await loadDearest(ctx.db));
  const valid: ValidRow[] = [];
  const problems: RowRemark[] = [];
  const warnings: RowRemark[] = [];
  const decisions: Exclude<Decision, { kind: 'refused' }>[] = [];
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
          title: WRONG_VALUE,
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
    decisions.push(decision);
    const remark = decision.kind === 'same' ? undefined : markupRemark(decision);
    if (remark !== undefined)
      warnings.push({ number, title: LARGE, sentence: placed(sheet.places, 'markup', number, remark) });
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
    warnings,
    header: sheet.header,
    notes: [
      countsOf(decisions.map(({ kind }) => kind)),
      ...changesInWords(decisions, world, ctx.place?.kind === 'personal'),
      ...notesOn(sheet),
    ],
    unchanged: decisions.length > 0 && decisions.every(({ kind }) => kind === 'same'),
    newUsers: [],
    needs: [],
    basis: await digestOf(ctx.db),
  };
}

const LARGE = 'Markup is above 100 %';

/** A markup is remarked on where it is new. */
const markupRemark = (decision: Extract<Decision, { kind: 'new' | 'changed' }>): string | undefined =>
  decision.kind === 'changed' && decision.before.markupBp === decision.columns.markupBp
    ? undefined
    : remarkOnMarkup(decision.columns.markupBp);

const NAMELESS: Decision = { kind: 'refused', errors: { name: 'the name is missing.' } };
const effectOf = (decision: Decision): string => JSON.stringify(decision);

async function apply(ctx: Ctx, { target }: JobInHand, rows: readonly ValidRow[]): Promise<Applied> {
  const entries = rows.map(({ data }) => data as OrganizationEntry);
  const outcomes = await saveOrganizations(ctx, provider(target), entries);
  const results = rows.map(({ number }, index) =>
    resultOf(number, outcomes[index], ({ errors }) => Object.values(errors)),
  );
  return { results, used: new Map() };
}

async function takeBack(ctx: Ctx, _of: JobInHand, rows: readonly DoneRow[]): Promise<RowResult[]> {
  const reasons = await takeBackOrganizations(
    ctx,
    rows.map(({ data }) => data as unknown as Saved),
  );
  return keptOf(rows, reasons);
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
