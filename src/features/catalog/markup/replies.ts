import { type CatalogMarkup, catalogMarkupCard } from '../../../../cards/catalog-markup.ts';
import { type CatalogMarkupPlan, catalogMarkupPlanCard } from '../../../../cards/catalog-markup-plan.ts';
import { chatDoneCard } from '../../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../../cards/chat-refusal.ts';
import { count, list, money, percent } from '../../../../cards/format.ts';
import { replaceWith, tell } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { quoted } from '../../../chat/words.ts';
import { remarkOnMarkup } from '../rules.ts';
import type { Made, Whose } from './types.ts';

type Named = { readonly name: string };

/** `Contoso`, `10023/1 · Webex Suite` */
export const describe = ({ of, subscription }: Whose): string =>
  subscription === undefined ? of.name : `${subscription.ref} · ${subscription.product}`;

export const noSuchMarkup = (typed: string): string =>
  typed.trim() === ''
    ? 'Write the name of a customer or a reseller, or a subscription such as 10023/1.'
    : `There is no customer, reseller or subscription “${typed.trim()}” that you can see.`;

export const notYourMarkup = (name: string): string => `The markup of ${name} is not yours to set.`;

export const severalNames = (typed: string, found: readonly Named[]): string =>
  `“${typed.trim()}” may be ${list(found.slice(0, 4).map(({ name }) => name))}. Write more of the name.`;

export const tooLargePrice = (): string => 'With that a price would be too large.';

export function markupForm(data: CatalogMarkup): Reply {
  const problems = Object.values(data.errors ?? {}).filter((error) => error !== undefined);
  return tell(problems.length > 0 ? problems.join('\n') : 'Set a markup', catalogMarkupCard(data));
}

const inWords = (bp: number, isDefault: boolean) =>
  isDefault ? `${percent(bp)}, as its customer` : percent(bp);

function dataOf(made: Made, once: string, changed: string | undefined): CatalogMarkupPlan {
  const { whose, wish, plan, before, after, customers, basis } = made;
  const { of, subscription } = whose;
  const amount = (currency: string, minor: number) => ({ minor, currency });
  return {
    organization: of.name,
    organizationId: of.id,
    what: describe(whose),
    ref: subscription?.ref ?? '',
    markup: wish.markupBp === null ? 'default' : String(wish.markupBp),
    before: inWords(before, subscription !== undefined && subscription.markupBp === null),
    after: inWords(after, wish.markupBp === null),
    customers,
    changed: plan.changed,
    running: plan.prices.length + plan.own + plan.unknown,
    own: plan.own,
    unknown: plan.unknown,
    totals: plan.totals.map((total) => ({
      before: amount(total.currency, total.before),
      after: amount(total.currency, total.after),
    })),
    meanwhile: changed,
    remark: remarkOnMarkup(after),
    basis,
    once,
  };
}

export function markupPreview(made: Made, once: string, changed?: string): Reply {
  const data = dataOf(made, once, changed);
  const totals = data.totals.map(({ before, after }) => `${money(before)} → ${money(after)} a month`);
  const what = `Markup of ${data.what}: ${data.before} → ${data.after}.`;
  const effect =
    data.customers === undefined
      ? `${count(data.changed, 'subscription')} of ${data.running} ${data.changed === 1 ? 'changes its price' : 'change their price'}${totals.length > 0 ? `, ${list(totals)}` : ''}.`
      : `It counts for new orders of ${count(data.customers, 'customer')}.`;
  const lines = [
    ...(changed === undefined ? [] : [changed]),
    ...(data.remark === undefined ? [] : [data.remark]),
    `${what} ${effect} Nothing has been changed yet.`,
  ];
  return replaceWith(lines.join('\n'), catalogMarkupPlanCard(data));
}

export const changedMeanwhile = (): string =>
  'Since the preview things have changed, so nothing was done. This is how it is now.';

export function isSoAlready({ whose, after }: Made): Reply {
  const answer = `The markup of ${describe(whose)} is ${percent(after)} already.`;
  return replaceWith(
    answer,
    chatDoneCard({ organization: whose.of.name, answer, buttons: [catalogButton(whose)] }),
  );
}

const catalogButton = ({ of }: Whose) =>
  of.kind === 'customer'
    ? { title: 'Catalog', command: 'catalog' }
    : { title: 'Organization', command: `organization ${quoted(of.name)}` };

export function markupDone(made: Made, order: number | undefined): Reply {
  const { whose, plan, after, wish } = made;
  const answer = `The markup of ${describe(whose)} is ${inWords(after, wish.markupBp === null)} now.`;
  const detail =
    whose.of.kind !== 'customer'
      ? 'New orders of its customers have it; subscriptions that run keep what was agreed.'
      : plan.changed === 0
        ? 'No subscription changes its price.'
        : `${count(plan.changed, 'subscription')} ${plan.changed === 1 ? 'has its' : 'have their'} new price.`;
  const buttons = [
    ...(order === undefined ? [] : [{ title: `Order ${order}`, command: `order ${order}` }]),
    ...(whose.of.kind === 'customer' ? [{ title: 'Subscriptions', command: 'subscriptions' }] : []),
    catalogButton(whose),
  ];
  return replaceWith(answer, chatDoneCard({ organization: whose.of.name, answer, detail, buttons }));
}

/** As it stands in the history. */
export function historyOf({ whose, before, after, plan }: Made): string {
  const effect = plan.changed > 0 ? ` (${count(plan.changed, 'subscription')})` : '';
  return `Changed the markup of ${describe(whose)} from ${percent(before)} to ${percent(after)}${effect}`;
}

export function cannotSet(): Reply {
  const problem = 'That can’t be set any more.';
  return replaceWith(
    problem,
    chatRefusalCard({ problem, buttons: [{ title: 'Begin again', command: 'markup' }] }),
  );
}
