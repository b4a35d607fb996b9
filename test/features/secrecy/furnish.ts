/** Data of one organization in the tables of each kind of organization, with a word in all of it that is nowhere else. */
import type { Db } from '../../../src/db/index.ts';
import { organizationId } from '../orders/stock.ts';
import { WORDS } from './words.ts';

type Named = keyof typeof WORDS;
type Furnishing = {
  readonly name: Named;
  /** Phone numbers and the MPN ID begin with it. */
  readonly digits: string;
  readonly markupBp: number;
};

/** The channel that belongs to it. Its name is no secret there. */
export const conversationOf = (name: Named): string => `channel:bound ${Object.keys(WORDS).indexOf(name)}`;

export const FURNISHED_AT = new Date('2026-11-20T08:00:00Z');

/** What every kind of organization has. */
export async function furnish(db: Db, { name, digits, markupBp }: Furnishing): Promise<void> {
  const word = WORDS[name];
  const organization_id = await organizationId(db, name);
  await db
    .updateTable('organizations')
    .set({
      address_1: `${word} street 1`,
      address_2: `${word} yard`,
      city: `${word} city`,
      state: `${word} land`,
      postal_code: digits,
      country: 'DE',
      phone: `+49${digits}1`,
      contact_first_name: word,
      contact_last_name: `Von ${word}`,
      contact_email: `contact@${word}.example`,
      contact_phone: `+49${digits}2`,
      mpn_id: `${digits}3`,
      markup_bp: markupBp,
      external_id: `external-${word}`,
    })
    .where('id', '=', organization_id)
    .execute();
  await db
    .insertInto('domains')
    .values({ domain: `${word}.example`, organization_id })
    .execute();
  await addOfferings(db, organization_id, word, digits);
  await addChannel(db, name, organization_id);
  await loseChannel(db, name);
  await db
    .insertInto('api_keys')
    .values({
      name: `${word} billing`,
      organization_id,
      hash: `hash of ${word}`,
      hint: `qm_${word}`,
      created_by: `${word} keeper`,
      created_at: FURNISHED_AT,
      last_used_at: null,
      revoked_at: null,
    })
    .execute();
}

/** Which offerings it has, with its accounts and the credentials of its tenants. */
async function addOfferings(db: Db, organization_id: number, word: string, digits: string): Promise<void> {
  const offerings = await db.selectFrom('offerings').select('id').orderBy('id').execute();
  await db.deleteFrom('enabled_offerings').where('organization_id', '=', organization_id).execute();
  for (const { id: offering_id } of offerings) {
    const of = { organization_id, offering_id };
    await db
      .insertInto('enabled_offerings')
      .values({
        ...of,
        contact_name: `${word} buyer`,
        contact_email: `buyer@${word}.example`,
        mpn_id: `${digits}4`,
        domain: `${word}.onmicrosoft.com`,
        confirmed_by: `${word} confirmer`,
        confirmed_at: FURNISHED_AT,
      })
      .execute();
    await db
      .insertInto('accounts')
      .values({
        ...of,
        role: 'User',
        user_name: `portal${offering_id}@${word}.example`,
        state: 'failed',
        account: `account-${word}`,
        error: `${word} was refused`,
        requested_at: FURNISHED_AT,
        synchronized_at: null,
      })
      .execute();
    await db
      .insertInto('admin_credentials')
      .values({
        ...of,
        user_name: `admin@${word}.onmicrosoft.com`,
        sent_to: `sent@${word}.example`,
        requested_by: `${word} asker`,
        requested_at: FURNISHED_AT,
      })
      .execute();
  }
}

/** A channel that belongs to it, hears of its orders, and got a post. */
export async function addChannel(db: Db, name: Named, organization_id: number): Promise<void> {
  const word = WORDS[name];
  const conversation = conversationOf(name);
  const place = JSON.stringify({ platform: 'test', conversation, kind: 'channel', name: `#${word}` });
  const of = { platform: 'test', conversation };
  await db
    .insertInto('bound_channels')
    .values({ ...of, organization_id, bound_by: `${word} binder` })
    .execute();
  await db
    .insertInto('notice_channels')
    .values({ ...of, kind: 'jobs', place, organization_id, asked_by: `${word} listener`, member_id: null })
    .execute();
  await db
    .insertInto('quiet_hours')
    .values({
      ...of,
      from_minute: 1200,
      to_minute: 420,
      weekends: true,
      time_zone: 'UTC',
      organization_id,
    })
    .execute();
  const watch = { ...of, place, organization_id, asked_by: `${word} watcher`, member_id: null };
  const services = await db
    .selectFrom('services')
    .select('id as service_id')
    .where('organization_id', '=', organization_id)
    .execute();
  for (const { service_id } of services) {
    await db
      .insertInto('watches')
      .values({ ...watch, service_id, below: 1, low: true, told: true })
      .execute();
  }
  await db
    .insertInto('deliveries')
    .values({
      ...of,
      key: `key of ${word}`,
      kind: 'jobs',
      place,
      reply: JSON.stringify({ text: `Job of ${word}`, audience: 'everyone', position: 'below' }),
      state: 'dead',
      error: `No channel ${word}`,
      created_at: FURNISHED_AT,
      sent_at: null,
    })
    .execute();
}

/** A channel that hears of it is out of reach. */
export async function loseChannel(db: Db, name: Named): Promise<void> {
  const word = WORDS[name];
  const conversation = `gone ${Object.keys(WORDS).indexOf(name)}`;
  await db
    .insertInto('destinations')
    .values({
      platform: 'test',
      conversation,
      dead_since: FURNISHED_AT,
      dead_why: `No channel ${word}`,
      place: JSON.stringify({ platform: 'test', conversation, kind: 'channel', name: `#lost-${word}` }),
    })
    .execute();
}

/** What a vendor has that does not agree: one finding that waits, one that was answered. */
export async function addFindings(db: Db, name: Named): Promise<void> {
  const word = WORDS[name];
  const organization_id = await organizationId(db, name);
  const reading = await db
    .insertInto('readings')
    .values({
      provider: `vendor of ${word}`,
      started_at: FURNISHED_AT,
      finished_at: FURNISHED_AT,
      error: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const finding = {
    provider: `vendor of ${word}`,
    organization_id,
    service_id: null,
    kind: 'unknown',
    numbers: JSON.stringify({ sku: `${word}-sku`, quantity: 4, assigned: 1, domain: `${word}.example` }),
    fingerprint: '',
    found_at: FURNISHED_AT,
    seen_at: FURNISHED_AT,
    reading_id: reading.id,
  };
  const answered = {
    answer: 'accepted' as const,
    answered_by: `${word} answerer`,
    answered_at: FURNISHED_AT,
    snoozed_until: null,
    answer_note: null,
    answer_order: null,
  };
  await db
    .insertInto('findings')
    .values([
      { ...finding, ...answered, provider_subscription: `answered-${word}` },
      {
        ...finding,
        ...answered,
        answer: null,
        answered_by: null,
        answered_at: null,
        provider_subscription: `open-${word}`,
      },
    ])
    .execute();
  await addFindingHistory(db, organization_id);
}

/** What was done about a finding of each of its orders, and of none of them. */
async function addFindingHistory(db: Db, organization_id: number): Promise<void> {
  const orders = await db
    .selectFrom('orders')
    .select('id')
    .where('organization_id', '=', organization_id)
    .execute();
  await db
    .insertInto('history')
    .values(
      [null, ...orders.map(({ id }) => id)].map((order_id) => ({
        at: FURNISHED_AT,
        organization_id,
        order_id,
        kind: 'finding',
        actor: JSON.stringify({ kind: 'job', name: 'kobaltgrau' }),
        actor_name: 'kobaltgrau answerer',
        member_id: null,
        platform: null,
        conversation: null,
        summary: 'Left it as it is (finding 1: We have 10 units, the vendor has 12, kobaltgrau)',
        before: null,
        after: null,
        undo: null,
        undone_by: null,
      })),
    )
    .execute();
}

/** The provider changed the text of each letter. */
export async function changeLetters(db: Db, names: readonly string[], word: string): Promise<void> {
  await db
    .insertInto('letter_templates')
    .values(
      names.map((name) => ({
        name,
        subject: `${word} subject`,
        body: `${word} body`,
        changed_by: `${word} writer`,
        changed_at: FURNISHED_AT,
      })),
    )
    .execute();
}
