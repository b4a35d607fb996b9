import type { Person, Place } from '../../chat/place.ts';
import { type Db, inScope, type Scope } from '../../db/index.ts';

export type Customer = { readonly id: number; readonly name: string };

export function loadCustomers(db: Db, scope: Scope): Promise<Customer[]> {
  return db
    .selectFrom('organizations')
    .select(['id', 'name'])
    .where('kind', '=', 'customer')
    .where(inScope('organizations.id', scope))
    .orderBy('name')
    .execute();
}

/** The customer this person chose in this conversation, if they may still see it. */
export function loadChosenCustomer(
  db: Db,
  scope: Scope,
  place: Place,
  person: Person,
): Promise<Customer | undefined> {
  return db
    .selectFrom('customer_views as v')
    .innerJoin('organizations as o', 'o.id', 'v.organization_id')
    .select(['o.id', 'o.name'])
    .where('v.platform', '=', place.platform)
    .where('v.conversation', '=', place.conversation)
    .where('v.person', '=', person.id)
    .where(inScope('o.id', scope))
    .executeTakeFirst();
}

export async function saveChosenCustomer(
  db: Db,
  place: Place,
  person: Person,
  organization_id: number,
): Promise<void> {
  const { platform, conversation } = place;
  await db
    .insertInto('customer_views')
    .values({ platform, conversation, person: person.id, organization_id })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'conversation', 'person']).doUpdateSet({ organization_id }),
    )
    .execute();
}
