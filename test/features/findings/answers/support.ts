/** A vendor that differs, readings of it, and what came of an answer here and there. */
import { sql } from 'kysely';
import type { Reply } from '../../../../src/chat/reply.ts';
import { type CalmTalk, openCalmTalk } from '../../../chat/calm.ts';
import { shown } from '../../../chat/reading.ts';
import type { Engine } from '../../../support/database.ts';
import { channel } from '../../../support/talk.ts';
import { agree, NO_IDLE, readLedger } from '../support.ts';

export type Bench = CalmTalk & {
  /** Writes in the vendor's books, or in ours. */
  write(statement: ReturnType<typeof sql>): Promise<void>;
  /** Reads the vendor, a minute later. */
  read(idle?: number): Promise<void>;
  /** The number of the finding of this kind that was found last. */
  found(kind: string): Promise<string>;
  /** What is remembered of it. */
  remembered(finding: string): Promise<{
    answer: string | null;
    by: string | null;
    until: Date | null;
    note: string | null;
    order: number | null;
  }>;
  /** The kinds that wait for an answer, by what the card of each says. */
  open(): Promise<string[]>;
  ours(
    ref: string,
  ): Promise<{ units: number; quantity: number; status: string; users: Record<string, number> }>;
  theirs(ref: string): Promise<{ quantity: number; status: string; users: Record<string, number> }>;
  /** Once the order has come to an end. */
  ended(order: string): Promise<string>;
  /** Once the vendor was told who has a service. */
  told(ref: string): Promise<void>;
  history(): Promise<string[]>;
};

export const MESSAGING = '10023/1';
export const OFFICE = '10023/2';
export const WEBEX = '10023/3';
export const MANY = '10024/1';
export const idOf = (ref: string): string => `sub-contoso-${ref.replace('/', '-')}`;

/** What one presses in the confirmation. */
export const TEXTS = { description: 'Change', payment: '' };

export async function openBench(engine: Engine): Promise<Bench> {
  const talk = await openCalmTalk(engine);
  await talk.as('priya', channel('orders')).say('notify here orders');
  await agree(talk);
  const { db } = talk;
  const usersOf = (rows: readonly { user: string; units: number }[]) =>
    Object.fromEntries(rows.map(({ user, units }) => [user, units]));
  return {
    ...talk,
    write: async (statement) => {
      await statement.execute(db);
    },
    read: async (idle = NO_IDLE) => {
      talk.pass(1);
      await readLedger(talk, idle);
      talk.pass(1);
    },
    async found(kind) {
      const { id } = await db
        .selectFrom('findings')
        .select('id')
        .where('kind', '=', kind)
        .orderBy('reading_id', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow();
      return String(id);
    },
    remembered: (finding) =>
      db
        .selectFrom('findings as f')
        .leftJoin('orders as o', 'o.id', 'f.answer_order')
        .select([
          'f.answer',
          'f.answered_by as by',
          'f.snoozed_until as until',
          'f.answer_note as note',
          'o.number as order',
        ])
        .where('f.id', '=', Number(finding))
        .executeTakeFirstOrThrow(),
    async open() {
      const { rows } = await sql<{ id: number; kind: string }>`
        select id, kind from findings where reading_id = (select max(id) from readings) order by kind`.execute(
        db,
      );
      const kinds: string[] = [];
      for (const { id, kind } of rows) {
        const card = await talk.as('priya').say(`finding ${id}`);
        if (shown(card).split('\n')[2] === 'Open') kinds.push(kind);
      }
      return kinds;
    },
    async ours(ref) {
      const [number, position] = ref.split('/').map(Number);
      const service = await db
        .selectFrom('services as s')
        .innerJoin('orders as o', 'o.id', 's.order_id')
        .innerJoin('subscriptions as sub', 'sub.service_id', 's.id')
        .select(['s.id', 's.units', 'sub.quantity', 'sub.status'])
        .where('o.number', '=', number ?? 0)
        .where('s.position', '=', position ?? 0)
        .executeTakeFirstOrThrow();
      const users = await db
        .selectFrom('associations as a')
        .innerJoin('users as u', 'u.id', 'a.user_id')
        .select(['u.email as user', 'a.units'])
        .where('a.service_id', '=', service.id)
        .orderBy('u.email')
        .execute();
      const { units, quantity, status } = service;
      return { units, quantity, status, users: usersOf(users) };
    },
    async theirs(ref) {
      const { quantity, status } = await db
        .selectFrom('ledger_subscriptions')
        .select(['quantity', 'status'])
        .where('id', '=', idOf(ref))
        .executeTakeFirstOrThrow();
      const users = await db
        .selectFrom('ledger_assignments')
        .select(['user_name as user', 'units'])
        .where('subscription_id', '=', idOf(ref))
        .orderBy('user_name')
        .execute();
      return { quantity, status, users: usersOf(users) };
    },
    async ended(order) {
      const { id } = await db
        .selectFrom('orders')
        .select('id')
        .where('number', '=', Number(order))
        .executeTakeFirstOrThrow();
      const post = await talk.waitForPost(({ key }) => key.startsWith(`order ${id} ended 0 `));
      return post.reply.text;
    },
    async told(ref) {
      for (;;) {
        const { rows } = await sql<{ open: boolean }>`
          select told.due_at is not null or told.claimed_until is not null or told.revision <> s.revision as open
          from assignments_told told join services s on s.id = told.service_id
          join subscriptions sub on sub.service_id = s.id
          where sub.provider_subscription = ${idOf(ref)}`.execute(db);
        if (rows[0]?.open === false) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async history() {
      const rows = await db
        .selectFrom('history')
        .select('summary')
        .where('kind', '=', 'finding')
        .orderBy('id')
        .execute();
      return rows.map(({ summary }) => summary);
    },
  };
}

export const numberIn = (reply: Reply): string =>
  /\b(100[2-9]\d)\b/.exec(reply.text.replaceAll(/100\d\d\/\d/g, ''))?.[1] ?? '';
