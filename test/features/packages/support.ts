/** What the tests of packages share: a customer with packages, sheets for it, and a job from the plan to its end. */
import assert from 'node:assert/strict';
import type { Ctx } from '../../../src/bot/index.ts';
import { type Db, inTransaction, type Opened } from '../../../src/db/index.ts';
import type {
  Applied,
  DoneRow,
  RowResult,
  SheetPlan,
  SheetRow,
  Target,
  ValidRow,
} from '../../../src/features/bulk/kind.ts';
import { packageSheet } from '../../../src/features/packages/sheet.ts';
import { type Engine, openTestDatabase } from '../../support/database.ts';
import { settings } from '../../support/talk.ts';
import { assertSums } from '../bulk/support.ts';

export const SUITE = '20001/1';
export const CALLING = '20001/2';
export const MEETINGS = '20001/3';
/** A second service of Webex Suite. */
export const MORE_SUITE = '20002/1';
/** No package. */
export const OFFICE = '20002/2';
/** Webex Suite of an order that was deleted. */
export const ENDED = '20003/1';

const UNITS: Readonly<Record<string, number>> = {
  [SUITE]: 3,
  [CALLING]: 3,
  [MEETINGS]: 3,
  [MORE_SUITE]: 2,
  [OFFICE]: 9,
  [ENDED]: 9,
};

export const HEAD = ['User ID/Email (Required)', 'Webex Suite', 'Webex Calling', 'Webex Meetings'];
export const FULL = [
  ...HEAD,
  'Messaging',
  'Calling',
  'First Name',
  'Phone Number',
  'Extension',
  'Location',
  'Preferred Webex Site',
];

/** `dora` is her address at the customer. */
export const at = (name: string): string => `${name}@wingtip.example`;

/** The customer Wingtip, with five services of four packages; Webex Voice is sold, but Wingtip has none. */
export async function addWingtip(db: Db): Promise<Target> {
  const { id: parent } = await db
    .selectFrom('organizations')
    .select('id')
    .where('name', '=', 'Northwind Partners')
    .executeTakeFirstOrThrow();
  const { id: organizationId } = await db
    .insertInto('organizations')
    .values({ kind: 'customer', name: 'Wingtip', parent_id: parent })
    .returning('id')
    .executeTakeFirstOrThrow();
  const products = await addProducts(db);
  await addOrder(db, organizationId, 20001, 'Completed', [
    [products['Webex Suite'], UNITS[SUITE]],
    [products['Webex Calling'], UNITS[CALLING]],
    [products['Webex Meetings'], UNITS[MEETINGS]],
  ]);
  await addOrder(db, organizationId, 20002, 'Completed', [
    [products['Webex Suite'], UNITS[MORE_SUITE]],
    [products['Office 365 E3'], UNITS[OFFICE]],
  ]);
  await addOrder(db, organizationId, 20003, 'Deleted', [[products['Webex Suite'], UNITS[ENDED]]]);
  return { organizationId, customer: 'Wingtip', service: undefined };
}

async function addProducts(db: Db): Promise<Record<string, number>> {
  const webex = { provider: 'ledger', max_units_per_user: 1, is_package: true };
  await db
    .updateTable('products')
    .set({ is_package: true, has_calling: true, has_meetings: true })
    .where('name', '=', 'Webex Suite')
    .execute();
  await db
    .insertInto('products')
    .values([
      { name: 'Webex Calling', has_calling: true, ...webex },
      { name: 'Webex Meetings', has_meetings: true, ...webex },
      { name: 'Webex Voice', ...webex },
    ])
    .execute();
  const rows = await db.selectFrom('products').select(['id', 'name']).execute();
  return Object.fromEntries(rows.map(({ id, name }) => [name, id]));
}

async function addOrder(
  db: Db,
  organization_id: number,
  number: number,
  status: string,
  lines: readonly (readonly [product: number | undefined, units: number | undefined])[],
): Promise<void> {
  const { id } = await db
    .insertInto('orders')
    .values({
      number,
      organization_id,
      name: `Order ${number}`,
      description: 'Webex',
      status,
      created_by: 'test',
      created_by_organization_id: organization_id,
      created_at: new Date('2026-10-01T09:00:00Z'),
      currency: 'EUR',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const services = lines.map(([product_id = 0, units = 0], index) => ({
    order_id: id,
    position: index + 1,
    product_id,
    units,
  }));
  await db.insertInto('services').values(services).execute();
}

export type Wingtip = {
  readonly db: Db;
  readonly target: Target;
  plan(rows: readonly (readonly string[])[], option?: string): Promise<SheetPlan>;
  refusal(rows: readonly (readonly string[])[]): Promise<string>;
  /** Plans a sheet, holds what it needs and carries it out, in batches of `size` where that is said. */
  run(rows: readonly (readonly string[])[], option?: string, size?: number): Promise<Ran>;
  /** Holds what a plan needs, without carrying it out. */
  begin(plan: SheetPlan): Promise<Begun>;
  takeBack(ran: Ran): Promise<readonly RowResult[]>;
  template(): Promise<readonly (readonly string[])[]>;
  user(name: string): Promise<string>;
  free(): Promise<string>;
  idOf(ref: string): Promise<number>;
  /** Nobody has anything, and no job holds anything. */
  reset(): Promise<void>;
  close(): Promise<void>;
};
export type Begun = {
  readonly job: number;
  /** Carries out the rows of the plan with these numbers, or all. */
  apply(numbers?: readonly number[]): Promise<Applied>;
  /** What the job still holds back goes free. */
  end(): Promise<void>;
};
export type Ran = { readonly results: readonly RowResult[]; readonly plan: SheetPlan };

const numbered = (rows: readonly (readonly string[])[]): SheetRow[] =>
  rows.map((cells, index) => ({ number: index + 1, cells }));

export async function openWingtip(engine: Engine): Promise<Wingtip> {
  const opened: Opened = await openTestDatabase(engine);
  const { db } = opened;
  const target = await addWingtip(db);
  const jobs = { enqueue: async () => undefined } as unknown as Ctx['jobs'];
  const now = new Date('2026-11-02T09:00:00Z');
  const ctx: Ctx = { db, jobs, settings, now, actor: { kind: 'job', name: 'test' } };

  const planned = (rows: readonly (readonly string[])[], option = 'add-and-remove') =>
    packageSheet.plan(ctx, target, numbered(rows), option);
  async function plan(rows: readonly (readonly string[])[], option?: string): Promise<SheetPlan> {
    const made = await planned(rows, option);
    assert.ok(made.kind === 'plan', made.kind === 'refused' ? made.sentence : '');
    return made;
  }

  async function begin(of: SheetPlan, option = 'add-and-remove'): Promise<Begun> {
    const job = await newJob(db, target);
    for (const { serviceId, units } of of.needs) await changeHeld(db, job, serviceId, units, true);
    const apply = (rows: readonly ValidRow[]) =>
      inTransaction(ctx, async (inside) => {
        const held = await heldBy(inside.db, job);
        const kept = JSON.parse(JSON.stringify(rows.map(({ early: _, ...row }) => row))) as ValidRow[];
        const applied = await packageSheet.apply(inside, { id: job, target, option, held }, kept);
        for (const [id, units] of applied.used) await changeHeld(inside.db, job, id, -units, false);
        await inside.db.updateTable('jobs').set({ done: rows.length }).where('id', '=', job).execute();
        return applied;
      });
    return {
      job,
      async apply(numbers) {
        const rows = of.valid.filter(({ number }) => numbers?.includes(number) ?? true);
        const applied = await apply(rows);
        await assertSums(db);
        return applied;
      },
      async end() {
        for (const [id, units] of await heldBy(db, job)) await changeHeld(db, job, id, -units, true);
        await assertSums(db);
      },
    };
  }

  return {
    db,
    target,
    plan,
    begin: (of) => begin(of),
    async refusal(rows) {
      const made = await planned(rows);
      return made.kind === 'refused' ? made.sentence : '';
    },
    async run(rows, option, size = 100) {
      const made = await plan(rows, option);
      const begun = await begin(made, option);
      const order = [...made.valid.filter(({ early }) => early), ...made.valid.filter(({ early }) => !early)];
      const results: RowResult[] = [];
      for (let from = 0; from < order.length; from += size) {
        const batch = order.slice(from, from + size).map(({ number }) => number);
        results.push(...(await begun.apply(batch)).results);
      }
      await begun.end();
      return { plan: made, results };
    },
    async takeBack({ plan: { valid }, results }) {
      const rows = results.flatMap(({ number, status, data }): DoneRow[] => {
        const row = valid.find((one) => one.number === number);
        if (status !== 'done' || row === undefined) return [];
        return [{ number, subject: row.subject, units: row.units, data: JSON.parse(JSON.stringify(data)) }];
      });
      const taken = await inTransaction(ctx, (inside) =>
        packageSheet.takeBack(inside, { id: 1, target, option: undefined, held: new Map() }, rows),
      );
      await assertSums(db);
      return taken;
    },
    template: async () => (await packageSheet.template?.(ctx, target)) ?? [],
    user: (name) => describeUser(db, target, at(name)),
    free: () => freeOf(db),
    idOf: async (ref) => (await serviceAt(db, ref)).id,
    reset: () => reset(db, target),
    close: opened.close,
  };
}

/** Nobody has anything, and no job holds anything. */
export async function reset(db: Db, { organizationId }: Target): Promise<void> {
  await db.deleteFrom('job_reservations').execute();
  await db
    .deleteFrom('associations')
    .where('user_id', 'in', (of) =>
      of.selectFrom('users').select('id').where('organization_id', '=', organizationId),
    )
    .execute();
  await db.deleteFrom('users').where('organization_id', '=', organizationId).execute();
  for (const [ref, units] of Object.entries(UNITS)) {
    const { id } = await serviceAt(db, ref);
    await db
      .updateTable('services')
      .set({ units, associated: 0, reserved: 0 })
      .where('id', '=', id)
      .execute();
  }
}

async function newJob(db: Db, target: Target): Promise<number> {
  const { id } = await db
    .insertInto('jobs')
    .values({
      kind: packageSheet.name,
      organization_id: target.organizationId,
      state: 'running',
      actor: '{}',
      actor_name: 'test',
      place: '{}',
      file_name: 'packages.csv',
      file_hash: '',
      preview: '{}',
      rows: 0,
      valid: 0,
      created_at: new Date('2026-11-02T09:00:00Z'),
      accepted_at: new Date('2026-11-02T09:00:00Z'),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What the bulk room does with what a job holds: in its book and, at its start and its end, in the balance. */
async function changeHeld(
  db: Db,
  job: number,
  service: number,
  units: number,
  alsoBalance: boolean,
): Promise<void> {
  await db
    .insertInto('job_reservations')
    .values({ job_id: job, service_id: service, units: Math.max(0, units) })
    .onConflict((conflict) =>
      conflict
        .columns(['job_id', 'service_id'])
        .doUpdateSet((of) => ({ units: of('job_reservations.units', '+', units) })),
    )
    .execute();
  if (!alsoBalance) return;
  await db
    .updateTable('services')
    .set((of) => ({ reserved: of('reserved', '+', units) }))
    .where('id', '=', service)
    .execute();
}

async function heldBy(db: Db, job: number): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('job_reservations')
    .select(['service_id', 'units'])
    .where('job_id', '=', job)
    .execute();
  return new Map(rows.map(({ service_id, units }) => [service_id, units]));
}

async function describeUser(db: Db, target: Target, email: string): Promise<string> {
  const user = await db
    .selectFrom('users')
    .selectAll()
    .where('organization_id', '=', target.organizationId)
    .where('email', '=', email)
    .executeTakeFirst();
  if (user === undefined) return 'nobody';
  const held = await db
    .selectFrom('associations as a')
    .innerJoin('services as s', 's.id', 'a.service_id')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .select(['o.number', 's.position'])
    .where('a.user_id', '=', user.id)
    .orderBy('o.number')
    .orderBy('s.position')
    .execute();
  const details = [user.first_name, user.phone_number, user.extension, user.location, user.preferred_site];
  return [
    held.map(({ number, position }) => `${number}/${position}`).join(' '),
    user.base_licenses.join(' '),
    details.filter((one) => one !== null).join(' '),
  ].join(' | ');
}

/** `3 3 3 2`: free units of Webex Suite, Calling, Meetings, and the second service of Webex Suite. */
async function freeOf(db: Db): Promise<string> {
  const services = await Promise.all([SUITE, CALLING, MEETINGS, MORE_SUITE].map((ref) => serviceAt(db, ref)));
  return services.map(({ units, associated, reserved }) => units - associated - reserved).join(' ');
}

function serviceAt(db: Db, ref: string) {
  const [number = 0, position = 0] = ref.split('/').map(Number);
  return db
    .selectFrom('services as s')
    .innerJoin('orders as o', 'o.id', 's.order_id')
    .selectAll('s')
    .where('o.number', '=', number)
    .where('s.position', '=', position)
    .executeTakeFirstOrThrow();
}

/** Units given by somebody else than a job of packages. */
export async function associate({ db, target }: Wingtip, name: string, ref: string): Promise<void> {
  const { organizationId: organization_id } = target;
  const email = at(name);
  await db
    .insertInto('users')
    .values({ organization_id, email })
    .onConflict((of) => of.doNothing())
    .execute();
  const { id: user_id } = await db
    .selectFrom('users')
    .select('id')
    .where('organization_id', '=', organization_id)
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  const { id: service_id } = await serviceAt(db, ref);
  await db.insertInto('associations').values({ service_id, user_id, units: 1 }).execute();
  await db
    .updateTable('services')
    .set((of) => ({ associated: of('associated', '+', 1) }))
    .where('id', '=', service_id)
    .execute();
}

/** And taken away again. */
export async function release({ db, target }: Wingtip, name: string, ref: string): Promise<void> {
  const { id } = await serviceAt(db, ref);
  await db
    .deleteFrom('associations')
    .where('service_id', '=', id)
    .where('user_id', 'in', (of) =>
      of
        .selectFrom('users')
        .select('id')
        .where('organization_id', '=', target.organizationId)
        .where('email', '=', at(name)),
    )
    .execute();
  await db
    .updateTable('services')
    .set((of) => ({ associated: of('associated', '-', 1) }))
    .where('id', '=', id)
    .execute();
}

export const sentences = (remarks: readonly { readonly sentence: string }[]): string[] =>
  remarks.map(({ sentence }) => sentence);

/** `2 done`, `3 failed: why` */
export const outcomes = (results: readonly RowResult[]): string[] =>
  results.map(({ number, status, reason }) => `${number} ${status}${reason ? `: ${reason}` : ''}`);
