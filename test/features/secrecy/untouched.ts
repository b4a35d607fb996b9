/** The rows of other organizations, as they are before and after somebody tried everything. */
import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../src/db/index.ts';

type Condition = (organizations: RawBuilder<unknown>, words: string) => RawBuilder<unknown>;

const ofOrganization: Condition = (ids) => sql`organization_id in (${ids})`;
const ofOrder: Condition = (ids) =>
  sql`order_id in (select id from orders where organization_id in (${ids}))`;
const ofService: Condition = (ids) =>
  sql`service_id in (select id from services where organization_id in (${ids}))`;
const ofSubscription: Condition = (ids) =>
  sql`subscription_id in (select id from subscriptions where organization_id in (${ids}))`;
const ofJob: Condition = (ids) => sql`job_id in (select id from jobs where organization_id in (${ids}))`;
/** The built-in provider and the post know organizations by their names only. */
const byWord: Condition = (_, words) => sql`to_jsonb(t)::text ~ ${words}`;
const everything: Condition = () => sql`true`;

/** Which rows of a table belong to organizations. */
const OWNED: Readonly<Record<string, Condition>> = {
  organizations: (ids) => sql`id in (${ids})`,
  domains: ofOrganization,
  bound_channels: ofOrganization,
  notice_channels: ofOrganization,
  quiet_hours: ofOrganization,
  watches: ofOrganization,
  members: ofOrganization,
  enabled_offerings: ofOrganization,
  accounts: ofOrganization,
  admin_credentials: ofOrganization,
  api_keys: ofOrganization,
  orders: ofOrganization,
  requested_changes: ofOrder,
  order_steps: ofOrder,
  approvals: ofOrder,
  invoices: ofOrganization,
  services: ofOrganization,
  users: ofOrganization,
  associations: ofService,
  assignments_told: ofService,
  subscriptions: ofOrganization,
  seat_lots: ofSubscription,
  history: ofOrganization,
  jobs: ofOrganization,
  job_chunks: ofJob,
  job_reservations: ofJob,
  reconciliation_runs: (ids) => sql`scope_id in (${ids})`,
  reconciliation_lines: ofOrganization,
  // Those that wait are found and forgotten by readings, which anybody may have made.
  findings: (ids) => sql`organization_id in (${ids}) and answer is not null`,
  deliveries: byWord,
  destinations: byWord,
  ledger_accounts: byWord,
  ledger_tenants: byWord,
  ledger_subscriptions: byWord,
  ledger_assignments: byWord,
};

/** What is the provider's for all. */
const SHARED: Readonly<Record<string, Condition>> = Object.fromEntries(
  [
    'letter_templates',
    'offerings',
    'product_groups',
    'products',
    'prices',
    'regions',
    'hardware_profiles',
    'machine_templates',
    'product_aliases',
    'revoked_admins',
  ].map((name) => [name, everything]),
);

/** The bot's own notes of requests and messages, which each request adds to. */
const NOTES = [
  'customer_views',
  'expectations',
  'files',
  'homes',
  'installation_states',
  'installations',
  'ledger_requests',
  'left_out',
  'notice_threads',
  'personal_chats',
  'places',
  'platform_pauses',
  'previews_off',
  'readings',
  'reading_wishes',
  'reconciliation_previews',
  'reconciliation_schedule',
  'requests',
  'secrets',
  'seen_assignments',
  'seen_subscriptions',
  'sendings',
  'sent_messages',
  'slack_views',
  'speakers',
  'tallies',
  'transcript',
];

/** Tables of which it is not said to whom their rows belong. */
export async function unknownTables(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(db);
  const known = new Set([...Object.keys(OWNED), ...Object.keys(SHARED), ...NOTES]);
  return rows.map(({ name }) => name).filter((name) => !known.has(name) && !name.startsWith('kysely_'));
}

type Whose = { readonly ids: readonly number[]; readonly words: readonly string[] };

/** A hash a table of what belongs to these organizations, and of what is the provider's for all. */
export async function fingerprint(db: Db, { ids, words }: Whose): Promise<Readonly<Record<string, string>>> {
  const organizations = sql.join(ids.length === 0 ? [0] : ids);
  const hashes: Record<string, string> = {};
  for (const [table, condition] of Object.entries({ ...OWNED, ...SHARED })) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.table(table)} as t
      where ${condition(organizations, words.length === 0 ? '^$' : words.join('|'))} order by 1`.execute(db);
    const hash = createHash('sha256').update(rows.map(({ row }) => row).join('\n'));
    hashes[table] = `${rows.length} rows ${hash.digest('hex').slice(0, 12)}`;
  }
  return hashes;
}
