import type { Db } from '../../db/index.ts';
import type { LetterName, Text } from './templates.ts';

const changed = (db: Db) =>
  db
    .selectFrom('letter_templates')
    .select(['name', 'subject', 'body', 'changed_by as changedBy', 'changed_at as changedAt']);
/** A letter that the provider changed. */
export type Changed = Awaited<ReturnType<ReturnType<typeof changed>['execute']>>[number];

export const loadChanged = (db: Db): Promise<Changed[]> => changed(db).execute();

export const loadText = (db: Db, name: LetterName): Promise<Changed | undefined> =>
  changed(db).where('name', '=', name).executeTakeFirst();

export async function saveText(
  db: Db,
  name: LetterName,
  { subject, body }: Text,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> {
  const row = { subject, body, changed_by: by, changed_at: at };
  await db
    .insertInto('letter_templates')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}

export async function forgetText(db: Db, name: LetterName): Promise<void> {
  await db.deleteFrom('letter_templates').where('name', '=', name).execute();
}

/** Who sends the letters, and whose history tells of what became of their texts. */
export function loadProvider(db: Db): Promise<{ id: number; name: string } | undefined> {
  return db
    .selectFrom('organizations')
    .select(['id', 'name'])
    .where('kind', '=', 'provider')
    .executeTakeFirst();
}
