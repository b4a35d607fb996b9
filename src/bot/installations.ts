import { randomUUID } from 'node:crypto';
import type { Access, Installation, Installations, Installed } from '../chat/installation.ts';
import type { Db, Tables } from '../db/index.ts';
import type { Feature } from './feature.ts';
import type { Keys } from './keys.ts';

/** How long one copy of the bot may take to get the next token before another one tries. */
const RENEWAL_MS = 60_000;

type Row = Pick<
  Tables['installations'],
  'workspace' | 'name' | 'enterprise' | 'bot_user' | 'bot' | 'installed_by' | 'access' | 'version'
>;
const columns = [
  'workspace',
  'name',
  'enterprise',
  'bot_user',
  'bot',
  'installed_by',
  'access',
  'version',
] as const;

/** Where the bot is installed, in the database, with tokens that open with `keys` only. */
export function installationsIn(db: Db, keys: Keys, clock: () => Date): Installations {
  const ofVersion = ({ workspace, version }: Installed) =>
    db.updateTable('installations').where('workspace', '=', workspace).where('version', '=', version);
  return {
    async find(workspace) {
      const row = await db
        .selectFrom('installations')
        .select(columns)
        .where('workspace', '=', workspace)
        .executeTakeFirst();
      return row && installedOf(keys, row);
    },
    async all() {
      const rows = await db.selectFrom('installations').select(columns).orderBy('name').execute();
      return rows.map((row) => installedOf(keys, row));
    },
    save: (installation) => save(db, keys, installation, clock()),
    async forget({ workspace, version }) {
      const { numDeletedRows } = await db
        .deleteFrom('installations')
        .where('workspace', '=', workspace)
        .where('version', '=', version)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async beginRenewal(installed) {
      const now = clock();
      const { numUpdatedRows } = await ofVersion(installed)
        .set({ renewing_until: new Date(now.getTime() + RENEWAL_MS) })
        .where((where) => where.or([where('renewing_until', 'is', null), where('renewing_until', '<', now)]))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async renewed(installed, access) {
      const { numUpdatedRows } = await ofVersion(installed)
        .set({
          access: sealed(keys, installed.workspace, access),
          version: randomUUID(),
          renewing_until: null,
        })
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async endRenewal(installed) {
      await ofVersion(installed).set({ renewing_until: null }).execute();
    },
    async spend(id, until) {
      await db.deleteFrom('installation_states').where('until', '<', clock()).execute();
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto('installation_states')
        .values({ id, until })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows > 0n;
    },
  };
}

const SEAL = 'bot.sealing';

/**
 * Once a day what is sealed with an older key is sealed with the one of now, so that the older one can be done without. Not
 * at the start: copies of the bot that have yet to be started anew may not know the new key.
 */
export const sealing = (keys: Keys): Feature => ({
  name: 'sealing',
  summary: 'Sealing',
  commands: [],
  work: [{ name: SEAL, collapses: true, retries: 3, concurrency: 1, handle: ({ db }) => sealAnew(db, keys) }],
  schedules: [{ name: 'sealing', cron: () => '47 3 * * *', timezone: () => 'UTC', queue: SEAL }],
});

async function sealAnew(db: Db, keys: Keys): Promise<void> {
  const rows = await db.selectFrom('installations').select(['workspace', 'access']).execute();
  for (const { workspace, access } of rows) {
    const text = keys.isCurrent(access) ? undefined : keys.open(access, workspace);
    if (text === undefined) continue;
    await db
      .updateTable('installations')
      .set({ access: keys.seal(text, workspace) })
      .where('workspace', '=', workspace)
      .where('access', '=', access)
      .execute();
  }
}

async function save(
  db: Db,
  keys: Keys,
  { access, botUser, installedBy, enterprise, ...rest }: Installation,
  now: Date,
): Promise<void> {
  const { workspace, name, bot } = rest;
  const told = {
    name,
    enterprise: enterprise ?? null,
    bot_user: botUser,
    bot,
    installed_by: installedBy,
    access: sealed(keys, workspace, access),
    installed_at: now,
    version: randomUUID(),
    renewing_until: null,
  };
  await db
    .insertInto('installations')
    .values({ workspace, ...told })
    .onConflict((conflict) => conflict.column('workspace').doUpdateSet(told))
    .execute();
}

const sealed = (keys: Keys, workspace: string, access: Access): string =>
  keys.seal(JSON.stringify(access), workspace);

function installedOf(keys: Keys, row: Row): Installed {
  const { workspace, name, enterprise, bot_user, bot, installed_by, version } = row;
  const text = keys.open(row.access, workspace);
  const hasOlderKey = text !== undefined && !keys.isCurrent(row.access);
  return {
    workspace,
    name,
    ...(enterprise !== null && { enterprise }),
    botUser: bot_user,
    bot,
    installedBy: installed_by,
    version,
    access: text === undefined ? undefined : accessOf(text),
    ...(hasOlderKey && { hasOlderKey }),
  };
}

function accessOf(text: string): Access {
  const { token, renewal } = JSON.parse(text) as {
    token: string;
    renewal?: { token: string; expiresAt: string };
  };
  return {
    token,
    ...(renewal && { renewal: { token: renewal.token, expiresAt: new Date(renewal.expiresAt) } }),
  };
}
