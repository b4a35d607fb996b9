import { type Kysely, sql } from 'kysely';

/** Where each person can be told something alone, and how many heard of a request for approval. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table personal_chats (
      email text primary key,
      platform text not null,
      conversation text not null
    )`.execute(db);
  // Those of whom it is known where they were last, by what they did.
  await sql`
    insert into personal_chats (email, platform, conversation)
    select distinct on (m.email) m.email, p.platform, p.conversation
    from history h
    join members m on m.id = h.member_id
    join places p on p.platform = h.platform and p.conversation = h.conversation
    where p.place ->> 'kind' = 'personal'
    order by m.email, h.id desc`.execute(db);
  // Nothing where it is not known: of requests from before.
  await sql`alter table approvals add column told integer`.execute(db);
}
