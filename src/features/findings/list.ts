// `findings`: what the last readings found and nobody has answered; and what was answered.
import { type Asked, PAGE_SIZE, pageOf, record, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import type { Scope } from '../../db/index.ts';
import { boundHere, refusedHere } from '../organizations/view.ts';
import { findingsStay } from './reading/replies.ts';
import { loadProgress, type Progress, unreadOf } from './reading/store.ts';
import { answeredList, findingList, notReopened, reopened, reopenedInHistory } from './replies.ts';
import { REOPENABLE, understand } from './rules.ts';
import {
  countAnswered,
  countFound,
  countOpenAndNew,
  type FindingRecord,
  loadAnswered,
  loadFound,
  loadLeftOut,
  loadProvider,
  lockFinding,
  reopenFinding,
} from './store.ts';

/** Longer than anything that is found. */
const LONGEST_SEARCH = 100;
const cut = (words: readonly string[]): string =>
  [...words.join(' ')].slice(0, LONGEST_SEARCH).join('').trim();

/** What is shown in a channel of a customer is that customer's. */
async function hereOf(asked: Asked): Promise<{ readonly scope: Scope; readonly name: string }> {
  const owner = await boundHere(asked);
  const { organization } = asked.member;
  return owner === undefined
    ? { scope: scopeOf(organization), name: organization.name }
    : { scope: { kind: 'customer', organizationId: owner.id }, name: owner.name };
}

/** Where somebody searches, and for what. */
async function searched(asked: Asked, words: readonly string[]) {
  const text = cut(words);
  const wanted = understand(asked.settings.orderPrefix, text === '' ? [] : text.split(' '));
  return { ...(await hereOf(asked)), text, wanted };
}

/** `findings contoso idle` */
export async function listFindings(asked: Asked, words: readonly string[], page = 1): Promise<Reply> {
  const refused = await refusedHere(asked);
  if (refused !== undefined) return refused;
  const { db, now } = asked;
  const { scope, name, text, wanted } = await searched(asked, words);
  const kinds = await countFound(db, scope, wanted, now);
  const paging = pageOf(
    page,
    kinds.reduce((sum, { count }) => sum + count, 0),
  );
  const offset = (paging.page - 1) * PAGE_SIZE;
  return findingList({
    ...paging,
    organization: name,
    text,
    kinds,
    fresh: (await countOpenAndNew(db, scope, now)).fresh,
    ...(await loadLeftOut(db, scope)),
    found: await loadFound(db, scope, wanted, { now, offset, limit: PAGE_SIZE }),
    ...standing(await loadProgress(db), scope.kind === 'all'),
  });
}

/** When all were read, the one that was read longest ago, and what is in the way. */
function standing(progress: readonly Progress[], isProvider: boolean) {
  const times = progress.flatMap(({ readAt }) => (readAt === null ? [] : [readAt.getTime()]));
  return {
    readAt: times.length === 0 ? undefined : new Date(Math.min(...times)).toISOString(),
    reading: progress.some(({ reading, error }) => reading && error === null),
    failed: findingsStay(unreadOf(progress), isProvider),
  };
}

/** `findings answered` */
export async function listAnswered(asked: Asked, words: readonly string[], page = 1): Promise<Reply> {
  const refused = await refusedHere(asked);
  if (refused !== undefined) return refused;
  const { db, now } = asked;
  const { scope, name, text, wanted } = await searched(asked, words);
  const paging = pageOf(page, await countAnswered(db, scope, wanted, now));
  const offset = (paging.page - 1) * PAGE_SIZE;
  const found = await loadAnswered(db, scope, wanted, { now, offset, limit: PAGE_SIZE });
  return answeredList({
    ...paging,
    organization: name,
    text,
    found: found.map((one) => ({ ...one, mayOpen: mayOpen(one) })),
  });
}

const mayOpen = ({ answer }: FindingRecord): boolean => answer !== null && REOPENABLE.includes(answer);

/** What was accepted or snoozed is asked once more. */
export async function reopen(asked: Asked, id: number): Promise<Reply> {
  const { db, member } = asked;
  const finding = await lockFinding(db, scopeOf(member.organization), id);
  if (finding === undefined || !mayOpen(finding)) return { ...notReopened(id), position: 'below' };
  await reopenFinding(db, id);
  const provider = finding.organizationId === null ? await loadProvider(db) : undefined;
  await record(asked, {
    organizationId: finding.organizationId ?? provider?.id ?? member.organization.id,
    orderId: finding.orderId,
    kind: 'finding',
    summary: reopenedInHistory(finding),
    before: { finding: id, answer: finding.answer },
    after: { finding: id },
  });
  return { ...reopened(finding), position: 'instead' };
}
