import type { ColumnType, Generated } from 'kysely';
import type { Stored, StoredOrNull } from './stored.ts';
import type { CatalogTables } from './tables-catalog.ts';
import type { ChatTables } from './tables-chat.ts';
import type { HomeTables } from './tables-homes.ts';
import type { InstallationTables } from './tables-installations.ts';
import type { NoticeTables } from './tables-notices.ts';
import type { OrderingTables } from './tables-ordering.ts';

export type Tables = CatalogTables &
  ChatTables &
  HomeTables &
  InstallationTables &
  NoticeTables &
  OrderingTables & {
    organizations: {
      id: Generated<number>;
      kind: 'provider' | 'reseller' | 'customer';
      name: string;
      parent_id: number | null;
      address_1: string | null;
      address_2: string | null;
      city: string | null;
      state: string | null;
      postal_code: string | null;
      /** ISO 3166-1, two letters. */
      country: string | null;
      phone: string | null;
      contact_first_name: string | null;
      contact_last_name: string | null;
      contact_email: string | null;
      contact_phone: string | null;
      /** The Microsoft Partner ID. */
      mpn_id: string | null;
      /** Hundredths of a percent. */
      markup_bp: Generated<number>;
      currency: Generated<string>;
      external_id: string | null;
    };
    domains: { domain: string; organization_id: number };
    members: {
      id: Generated<number>;
      organization_id: number;
      role: string;
      name: string;
      email: string;
    };
    /** Whom the configuration names as an admin, and who is none any more. */
    revoked_admins: { email: string };
    products: {
      id: Generated<number>;
      name: string;
      provider: string;
      /** How many units one user may hold; null where any number is fine. */
      max_units_per_user: number | null;
      /** A licence of which a user has one at a time. */
      is_package: Generated<boolean>;
      has_calling: Generated<boolean>;
      has_meetings: Generated<boolean>;
      product_group_id: number | null;
      sku: string | null;
      unit: Generated<string>;
      description: string | null;
      commitment: Generated<'monthly' | 'yearly'>;
      for_sale: Generated<boolean>;
      add_on_of: number | null;
      /** What a configured machine is priced by. */
      resource: 'core' | 'memory' | 'disk' | 'extra storage' | 'vpn' | 'ipv4' | null;
    };
    orders: {
      id: Generated<number>;
      number: number;
      organization_id: number;
      name: string;
      description: string;
      status: string;
      /** The vendor's own word for the status, and the error it returned. */
      provider_status: string | null;
      error: string | null;
      created_by: string;
      /** Nobody where they have no role any more, or it came from elsewhere. */
      created_by_member: number | null;
      created_by_organization_id: number;
      created_at: Date;
      note: string | null;
      payment_details: string | null;
      add_ons: string | null;
      cost_minor: number | null;
      currency: string;
      /** Hundredths of a percent. */
      markup_bp: number | null;
      offering_id: number | null;
      purpose: 'resale' | 'own use' | null;
      end_customer: StoredOrNull;
      draft: StoredOrNull;
      placed_at: Date | null;
      external_id: string | null;
      /** Kept by the database: nothing but the markup is changed. */
      markup_only: ColumnType<boolean, never, never>;
      /** Kept by the database: what one finds the order by, in small letters. */
      search: ColumnType<string, never, never>;
    };
    requested_changes: {
      id: Generated<number>;
      order_id: number;
      kind: 'new subscription' | 'increase' | 'decrease' | 'suspend' | 'resume' | 'markup change';
      product_id: number | null;
      quantity: number | null;
      /** Of a decrease that was carried out: by how much the billed quantity fell. */
      billed: Generated<number | null>;
      subscription_id: number | null;
      purchase_minor: number | null;
      price_minor: number | null;
      markup_bp: number | null;
      configuration: StoredOrNull;
      error: string | null;
    };
    services: {
      id: Generated<number>;
      /** Kept by the database: that of the order. */
      organization_id: ColumnType<number, never, never>;
      order_id: number;
      position: number;
      product_id: number;
      units: number;
      associated: Generated<number>;
      reserved: Generated<number>;
      revision: Generated<number>;
    };
    users: {
      id: Generated<number>;
      organization_id: number;
      email: string;
      job_id: number | null;
      first_name: string | null;
      last_name: string | null;
      display_name: string | null;
      phone_number: string | null;
      extension: string | null;
      location: string | null;
      preferred_site: string | null;
      base_licenses: Generated<string[]>;
    };
    /** Kept by the database: how many there are, as differences to be summed up. */
    tallies: {
      id: ColumnType<number, never, never>;
      organization_id: ColumnType<number, never, never>;
      what: ColumnType<'orders' | 'services' | 'subscriptions', never, never>;
      /** The status of orders and subscriptions, the product of services. */
      key: ColumnType<string, never, never>;
      count: ColumnType<number, never, never>;
      units: ColumnType<number, never, never>;
      associated: ColumnType<number, never, never>;
      reserved: ColumnType<number, never, never>;
    };
    associations: { service_id: number; user_id: number; units: number; job_id: number | null };
    subscriptions: {
      id: Generated<number>;
      organization_id: number;
      service_id: number;
      quantity: number;
      status: 'active' | 'suspended' | 'cancelled';
      admin_email: string;
      first_name: string;
      last_name: string;
      tenant_name: string | null;
      price_minor: number;
      currency: string;
      provider_subscription: string | null;
      purchase_minor: number | null;
      markup_bp: number | null;
      co_administrator: string | null;
      configuration: StoredOrNull;
      started_at: Date | null;
      renews_at: Date | null;
      item: ColumnType<string, never, never>;
      /** All that a subscription is found by, in small letters. */
      search: ColumnType<string, never, never>;
    };
    history: {
      id: Generated<number>;
      at: Date;
      actor: Stored;
      actor_name: string;
      member_id: number | null;
      platform: string | null;
      conversation: string | null;
      organization_id: number;
      order_id: number | null;
      kind: string;
      summary: string;
      before: StoredOrNull;
      after: StoredOrNull;
      undo: StoredOrNull;
      undone_by: number | null;
    };
    files: {
      id: string;
      name: string;
      content_type: string;
      bytes: Uint8Array;
      created_at: Date;
      keep_until: Date | null;
    };
    secrets: { name: string; value: string };
    jobs: {
      id: Generated<number>;
      kind: string;
      organization_id: number;
      service_id: number | null;
      state: 'asked' | 'preview' | 'running' | 'done' | 'cancelled' | 'broken' | 'discarded';
      actor: Stored;
      member_id: number | null;
      actor_name: string;
      place: Stored;
      file_name: string;
      file_hash: string;
      preview: Stored;
      option: string | null;
      digest: Generated<string>;
      undo_of: number | null;
      history_id: number | null;
      rows: number;
      valid: number;
      done: Generated<number>;
      failed: Generated<number>;
      created_at: Date;
      accepted_at: Date | null;
      finished_at: Date | null;
      result_file: string | null;
      retry_file: string | null;
    };
    job_reservations: { job_id: number; service_id: number; units: number };
    job_chunks: {
      job_id: number;
      chunk: number;
      rows: Stored;
      results: StoredOrNull;
    };
    reconciliation_runs: {
      id: Generated<number>;
      period: string;
      scope_id: number;
      scope_name: string;
      scheduled: boolean;
      actor: Stored;
      actor_name: string;
      member_id: number | null;
      place: StoredOrNull;
      at: Date;
      checked: number;
      /** How many lines are to change a quantity, and how many of them were gone through, up to which subscription. */
      to_change: Generated<number>;
      done: Generated<number>;
      through: Generated<number>;
      changed: number;
      left_out: Generated<number>;
      applied_at: Date | null;
      finished_at: Date | null;
    };
    reconciliation_lines: {
      run_id: number;
      subscription_id: number;
      organization_id: number;
      /** Names are those of then. */
      organization: string;
      reseller_id: number | null;
      reseller: string | null;
      service: string;
      product: string;
      before: number;
      counted: number;
      after: number;
      left_out: Generated<boolean>;
      /** As it was then, where it is known. */
      commitment: Generated<'monthly' | 'yearly' | null>;
      bought: Generated<number | null>;
      price_minor: number;
      currency: string;
    };
    /** One row. */
    reconciliation_schedule: { id: Generated<boolean>; cron: string; timezone: string; since: Date };
    reconciliation_previews: { period: string; due: Date; announced_at: Date };
  };
