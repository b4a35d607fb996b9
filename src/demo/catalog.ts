// The catalog of the demo data: what HamaraCloud sells, at which price, and who has which offering.
import type { Db } from '../db/index.ts';
import { type DemoProduct, GROUPS, OFFERINGS, REGIONS, TEMPLATES } from './products.ts';

export async function addCatalog(db: Db): Promise<void> {
  const offerings = await db
    .insertInto('offerings')
    .values([...OFFERINGS])
    .returning(['id', 'name'])
    .execute();
  const idOf = (name: string) => offerings.find((one) => one.name === name)?.id ?? 0;
  for (const [offering, category, name, products] of GROUPS) {
    const group = await db
      .insertInto('product_groups')
      .values({ offering_id: idOf(offering), category, name })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const product of products) await addProduct(db, group.id, product);
  }
  for (const [name, profiles] of REGIONS) await addRegion(db, idOf('Azure Pack'), name, profiles);
}

async function addProduct(db: Db, product_group_id: number, product: DemoProduct): Promise<void> {
  const { name, sku, unit, description, price, resource = null } = product;
  const add_on_of =
    product.addOnOf === undefined
      ? null
      : (
          await db
            .selectFrom('products')
            .select('id')
            .where('name', '=', product.addOnOf)
            .executeTakeFirstOrThrow()
        ).id;
  const columns = {
    product_group_id,
    sku,
    unit,
    description,
    resource,
    add_on_of,
    commitment: product.yearly ? ('yearly' as const) : ('monthly' as const),
  };
  const { id } = await db
    .insertInto('products')
    .values({ name, provider: 'ledger', max_units_per_user: product.onePerUser ? 1 : null, ...columns })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(columns))
    .returning('id')
    .executeTakeFirstOrThrow();
  await db.insertInto('prices').values({ product_id: id, currency: 'EUR', price_minor: price }).execute();
}

type Profile = readonly [name: string, cores: number, memoryGb: number, diskGb: number];

async function addRegion(
  db: Db,
  offering_id: number,
  name: string,
  profiles: readonly Profile[],
): Promise<void> {
  const { id } = await db
    .insertInto('regions')
    .values({ offering_id, name })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('hardware_profiles')
    .values(
      profiles.map(([name, cores, memory_gb, disk_gb]) => ({
        region_id: id,
        name,
        cores,
        memory_gb,
        disk_gb,
      })),
    )
    .execute();
  await db
    .insertInto('machine_templates')
    .values(TEMPLATES.map((name) => ({ region_id: id, name })))
    .execute();
}

/** Everything is in the stores of the provider and of Northwind; Contoso has all of it, Fabrikam nothing yet. */
export async function enableOfferings(
  db: Db,
  { provider, northwind, contoso }: { provider: number; northwind: number; contoso: number },
): Promise<void> {
  const confirmed_at = new Date('2026-09-01T09:30:00Z');
  const stores = [
    [provider, 'Priya Raman', 'priya@hamaracloud.example', '5120001'],
    [northwind, 'Nora Lindgren', 'nora@northwind.example', '4783211'],
    [contoso, 'Carla Diaz', 'carla@contoso.example', null],
  ] as const;
  const offerings = await db.selectFrom('offerings').select(['id', 'needs_mpn_id', 'needs_domain']).execute();
  await db
    .insertInto('enabled_offerings')
    .values(
      stores.flatMap(([organization_id, contact_name, contact_email, mpn]) =>
        offerings.map(({ id, needs_mpn_id, needs_domain }) => ({
          organization_id,
          offering_id: id,
          contact_name,
          contact_email,
          mpn_id: needs_mpn_id ? mpn : null,
          domain: needs_domain && organization_id === contoso ? 'contoso.onmicrosoft.com' : null,
          confirmed_by: contact_name,
          confirmed_at,
        })),
      ),
    )
    .execute();
}
