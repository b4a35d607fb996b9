import type { Place } from '../chat/place.ts';
import type { Db } from '../db/index.ts';

export type Bound = { readonly id: number; readonly name: string };

/** The customer to whom this channel belongs. */
export function boundCustomer(db: Db, { platform, conversation }: Place): Promise<Bound | undefined> {
  return db
    .selectFrom('bound_channels as b')
    .innerJoin('organizations as o', 'o.id', 'b.organization_id')
    .select(['o.id', 'o.name'])
    .where('b.platform', '=', platform)
    .where('b.conversation', '=', conversation)
    .executeTakeFirst();
}
