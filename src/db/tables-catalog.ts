import type { ColumnType, Generated } from 'kysely';

/** The tables of what can be sold. Prices are in minor units, for one unit and month. */
export type CatalogTables = {
  offerings: {
    id: Generated<number>;
    name: string;
    kind: 'licences' | 'virtual machines';
    vendor: string;
    provider: string;
    needs_mpn_id: Generated<boolean>;
    needs_domain: Generated<boolean>;
    domain_suffix: string | null;
    enrolment_url: string | null;
    setup_url: string | null;
    portal_url: string | null;
    domain_url: string | null;
  };
  product_groups: { id: Generated<number>; offering_id: number; category: string; name: string };
  prices: { product_id: number; currency: string; price_minor: number };
  /** A view: what the provider asks, what the customer's reseller pays, and what the customer pays. */
  customer_prices: {
    organization_id: ColumnType<number, never, never>;
    product_id: ColumnType<number, never, never>;
    currency: ColumnType<string, never, never>;
    list_minor: ColumnType<number, never, never>;
    purchase_minor: ColumnType<number, never, never>;
    price_minor: ColumnType<number, never, never>;
  };
  enabled_offerings: {
    organization_id: number;
    offering_id: number;
    contact_name: string;
    contact_email: string;
    mpn_id: string | null;
    domain: string | null;
    is_migration: Generated<boolean>;
    confirmed_by: string;
    confirmed_at: Date;
  };
  regions: { id: Generated<number>; offering_id: number; name: string };
  hardware_profiles: {
    id: Generated<number>;
    region_id: number;
    name: string;
    cores: number;
    memory_gb: number;
    disk_gb: number;
  };
  machine_templates: { id: Generated<number>; region_id: number; name: string };
};
