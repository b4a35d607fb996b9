import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { installationsIn, keysOf, sealing, type Working } from '../../src/bot/index.ts';
import type { Installation } from '../../src/chat/installation.ts';
import type { Opened } from '../../src/db/index.ts';
import { onBothEngines, openTestDatabase } from '../support/database.ts';

const OLD = 'o'.repeat(40);
const NEW = 'n'.repeat(40);

const contoso: Installation = {
  workspace: 'T1',
  name: 'Contoso',
  enterprise: 'E1',
  botUser: 'UBOT',
  bot: 'B1',
  installedBy: 'U1',
  access: {
    token: 'xoxb-secret',
    renewal: { token: 'xoxe-secret', expiresAt: new Date('2026-11-22T12:00:00Z') },
  },
};

onBothEngines('installations', (engine) => {
  let opened: Opened;
  let now = new Date('2026-11-22T00:00:00Z');
  before(async () => {
    opened = await openTestDatabase(engine);
  });
  after(() => opened.close());
  beforeEach(async () => {
    now = new Date('2026-11-22T00:00:00Z');
    await opened.db.deleteFrom('installations').execute();
  });
  const store = (...secrets: [string, ...string[]]) => installationsIn(opened.db, keysOf(secrets), () => now);
  const stored = () =>
    opened.db.selectFrom('installations').select(['workspace', 'access']).orderBy('workspace').execute();
  /** As the clock starts it once a day, in a copy of the bot with these keys. */
  const sealAnew = async (...secrets: [string, ...string[]]) => {
    for (const { handle } of sealing(keysOf(secrets)).work ?? [])
      await handle({ db: opened.db } as Working, {}, false);
  };
  const found = async () => {
    const installed = await store(NEW).find('T1');
    assert.ok(installed);
    return installed;
  };

  test('come back as they were put in, and what is in the database says nothing of the tokens', async () => {
    await store(NEW).save(contoso);
    const { version, ...installed } = await found();
    assert.deepEqual(installed, contoso);
    assert.match(version, /^[\w-]{36}$/);
    assert.deepEqual(await store(NEW).all(), [{ ...contoso, version }]);
    const [row] = await stored();
    assert.doesNotMatch(row?.access ?? '', /secret|xox/);
    assert.doesNotMatch(Buffer.from(row?.access.split('.')[1] ?? '', 'base64url').toString(), /secret|xox/);
    assert.equal(await store(NEW).find('T2'), undefined);
  });

  test('do not open with another key, nor once they are changed or moved', async () => {
    await store(NEW).save(contoso);
    assert.equal((await store(OLD).find('T1'))?.access, undefined);
    assert.equal((await store(OLD).all())[0]?.name, 'Contoso');
    const [row] = await stored();
    const access = row?.access ?? '';
    await opened.db
      .insertInto('installations')
      .columns(['workspace', 'name', 'bot_user', 'bot', 'installed_by', 'access', 'installed_at', 'version'])
      .expression((q) =>
        q
          .selectFrom('installations')
          .select((s) => [
            s.val('T2').as('workspace'),
            'name',
            'bot_user',
            'bot',
            'installed_by',
            'access',
            'installed_at',
            'version',
          ]),
      )
      .execute();
    assert.equal((await store(NEW).find('T2'))?.access, undefined);
    for (const broken of [`${access.slice(0, -2)}AA`, access.slice(0, 20), '', 'x', `${access}.`]) {
      await opened.db
        .updateTable('installations')
        .set({ access: broken })
        .where('workspace', '=', 'T1')
        .execute();
      const open = (await store(NEW).find('T1'))?.access;
      assert.ok(open === undefined || broken === `${access}.`, broken);
    }
  });

  test('open with an older key, and say so, until they are sealed with the one of now', async () => {
    await store(OLD).save(contoso);
    const older = await store(NEW, OLD).find('T1');
    assert.deepEqual([older?.access, older?.hasOlderKey], [contoso.access, true]);
    await sealAnew(NEW, OLD);
    assert.equal((await store(OLD).find('T1'))?.access, undefined);
    const { version, ...installed } = await found();
    assert.deepEqual([installed, version], [contoso, older?.version]);
    const [before] = await stored();
    await sealAnew(NEW, OLD);
    await sealAnew(OLD);
    assert.deepEqual((await stored())[0], before);
  });

  test('are read by every copy of the bot on the way from one key to the next', async () => {
    await store(OLD).save(contoso);
    // The new key goes second first, then first; meanwhile some copies have not started anew yet.
    for (const copies of [
      [[OLD], [OLD, NEW]],
      [
        [OLD, NEW],
        [NEW, OLD],
      ],
      [
        [NEW, OLD],
        [NEW, OLD],
      ],
    ] as const) {
      for (const [key, ...more] of copies) {
        await sealAnew(key, ...more);
        await store(key, ...more).save(contoso);
        for (const [first, ...others] of copies)
          assert.deepEqual((await store(first, ...others).find('T1'))?.access, contoso.access, `${copies}`);
      }
    }
    assert.deepEqual((await found()).access, contoso.access);
  });

  test('are forgotten as they were known, and not once they are others', async () => {
    await store(NEW).save(contoso);
    const first = await found();
    await store(NEW).save({ ...contoso, access: { token: 'xoxb-next' } });
    assert.equal(await store(NEW).forget(first), false);
    const second = await found();
    assert.deepEqual(second.access, { token: 'xoxb-next' });
    assert.equal(await store(NEW).forget(second), true);
    assert.equal(await store(NEW).find('T1'), undefined);
  });

  test('are renewed by one at a time', async () => {
    await store(NEW).save(contoso);
    const known = await found();
    const begun = await Promise.all([1, 2, 3, 4].map(() => store(NEW).beginRenewal(known)));
    assert.deepEqual(begun.filter((mine) => mine).length, 1);
    await store(NEW).endRenewal(known);
    assert.equal(await store(NEW).beginRenewal(known), true);
    now = new Date(now.getTime() + 61_000);
    assert.equal(await store(NEW).beginRenewal(known), true, 'whoever had begun is gone');
    const next = { token: 'xoxb-next', renewal: { token: 'xoxe-next', expiresAt: new Date('2026-11-23') } };
    assert.equal(await store(NEW).renewed(known, next), true);
    assert.deepEqual((await found()).access, next);
    assert.equal(await store(NEW).renewed(known, contoso.access), false, 'they are others now');
    assert.equal(await store(NEW).beginRenewal(known), false);
    assert.equal(await store(NEW).beginRenewal(await found()), true);
  });

  test('spend a state once, and remember it as long as it is good', async () => {
    const until = new Date(now.getTime() + 600_000);
    assert.equal(await store(NEW).spend('one', until), true);
    assert.equal(await store(NEW).spend('one', until), false);
    assert.equal(await store(NEW).spend('two', until), true);
    now = new Date(until.getTime() + 1);
    assert.equal(await store(NEW).spend('three', new Date(now.getTime() + 600_000)), true);
    const left = await opened.db.selectFrom('installation_states').select('id').execute();
    assert.deepEqual(left, [{ id: 'three' }]);
  });
});
