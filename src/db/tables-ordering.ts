import type { ColumnType, Generated } from 'kysely';
import type { Stored, StoredOrNull } from './stored.ts';

/** The tables of how orders are carried out, of accounts with providers, and of the ledger. */
export type OrderingTables = {
  seat_lots: { id: Generated<number>; subscription_id: number; quantity: number; added_at: Date };
  order_steps: {
    order_id: number;
    position: number;
    kind: string;
    title: string;
    state: 'waiting' | 'running' | 'done' | 'failed';
    input: StoredOrNull;
    result: StoredOrNull;
    error: string | null;
    attempts: Generated<number>;
    started_at: Date | null;
    finished_at: Date | null;
  };
  invoices: {
    id: Generated<number>;
    number: string;
    order_id: number;
    organization_id: number;
    amount_minor: number;
    currency: string;
    lines: Stored;
    issued_at: Date;
    due_at: Date;
  };
  approvals: {
    order_id: number;
    requested_by: string;
    requested_by_email: string | null;
    requested_at: Date;
    expires_at: Date;
    state: 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'expired' | 'changed';
    requested_by_member: number | null;
    place: StoredOrNull;
    digest: Generated<string>;
    decided_by: string | null;
    decided_by_email: string | null;
    decided_at: Date | null;
    reason: string | null;
    /** How many places and addresses heard of it; null where that is not known. */
    told: Generated<number | null>;
  };
  accounts: {
    organization_id: number;
    offering_id: number;
    role: 'Reseller' | 'User';
    user_name: string;
    state: 'synchronizing' | 'synchronized' | 'failed';
    account: string | null;
    error: string | null;
    requested_at: Date;
    synchronized_at: Date | null;
  };
  admin_credentials: {
    organization_id: number;
    offering_id: number;
    user_name: string | null;
    sent_to: string;
    requested_by: string;
    requested_at: Date;
  };
  letter_templates: {
    name: string;
    subject: string;
    body: string;
    changed_by: string;
    changed_at: Date;
  };
  api_keys: {
    id: Generated<number>;
    name: string;
    organization_id: number;
    hash: string;
    hint: string;
    created_by: string;
    created_at: Date;
    last_used_at: Date | null;
    revoked_at: Date | null;
  };
  ledger_requests: { key: string; ready_at: Date; answer: StoredOrNull; about: string | null };
  ledger_accounts: {
    id: string;
    role: 'Reseller' | 'User';
    user_name: string;
    company: string;
    parent_id: string | null;
  };
  ledger_tenants: {
    domain: string;
    account_id: string | null;
    admin_user_name: string;
    alternative_email: string;
    credentials_given_at: Date | null;
  };
  ledger_subscriptions: {
    id: string;
    account_id: string | null;
    domain: string | null;
    sku: string;
    quantity: number;
    status: 'active' | 'suspended' | 'deleted';
    co_administrator_id: string | null;
    configuration: StoredOrNull;
  };
  assignments_told: {
    service_id: number;
    revision: Generated<number>;
    due_at: Date | null;
    wishes: Generated<number>;
    claimed_until: Date | null;
    asked: Generated<number>;
    asking: StoredOrNull;
    error: string | null;
    refused: StoredOrNull;
    told_at: Date | null;
  };
  readings: {
    id: Generated<number>;
    provider: string;
    started_at: Date;
    after: Generated<string>;
    finished_at: Date | null;
    /** How many subscriptions were read so far. */
    seen: Generated<number>;
    /** When its last page came. */
    read_at: ColumnType<Date | null, Date | null | undefined>;
    error: string | null;
  };
  reading_wishes: {
    id: Generated<number>;
    organization_id: number;
    asked_by: string;
    asked_at: Date;
    done_at: Date | null;
    outcome: StoredOrNull;
  };
  seen_subscriptions: {
    reading_id: number;
    subscription: string;
    sku: string;
    quantity: number;
    status: string;
    domain: string | null;
  };
  seen_assignments: { reading_id: number; subscription: string; user_name: string; units: number };
  left_out: { reading_id: number; service_id: number };
  product_aliases: { provider: string; sku: string; product_id: number; added_by: string; added_at: Date };
  findings: {
    id: Generated<number>;
    kind: string;
    provider: string;
    provider_subscription: string;
    organization_id: number | null;
    service_id: number | null;
    numbers: Stored;
    fingerprint: string;
    found_at: Date;
    reading_id: number;
    answer: 'accepted' | 'released' | 'ordered' | 'snoozed' | null;
    answered_by: string | null;
    answered_at: Date | null;
    snoozed_until: Date | null;
    /** Which of the proposals was carried out. */
    deed: string | null;
    answer_note: string | null;
    answer_order: number | null;
    /** The last reading that left its subscription out. */
    left_out_by: number | null;
    /** By this the largest of a kind come first. */
    size: Generated<number>;
    seen_at: Generated<Date>;
  };
  ledger_assignments: { subscription_id: string; user_name: string; units: number };
};
