import { type Asked, newOnce, record } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { completeAtOnce } from '../../orders/making/make.ts';
import { currentCustomer, viewOf } from '../../organizations/view.ts';
import { onlyInPrivate } from '../replies.ts';
import { changesNothing, findWhose, makePlan, readWish, whoseById } from './plan.ts';
import {
  cannotSet,
  changedMeanwhile,
  describe,
  historyOf,
  isSoAlready,
  markupDone,
  markupForm,
  markupPreview,
} from './replies.ts';
import { splitPercent } from './rules.ts';
import { lockOrganization, saveMarkup, saveOwnMarkup, savePricesOf } from './store.ts';
import type { Made, Whose } from './types.ts';

export type MarkupValues = { readonly of: string; readonly percent: string };
type Errors = { readonly [field in keyof MarkupValues]?: string | undefined };

/** `markup contoso 15`, `markup 10023/1 12.5`: shows what it would do. Without a percent it opens the form. */
export async function markupCommand(asked: Asked, words: readonly string[]): Promise<Reply> {
  if (asked.place.kind !== 'personal') return onlyInPrivate();
  const { of, percent } = splitPercent(words);
  if (percent !== '') return { ...(await preview(asked, { of, percent })), position: 'below' };
  const name = of === '' ? ((await currentCustomer(asked))?.name ?? '') : of;
  if (name === '') return form({ of: '', percent: '' });
  const whose = await findWhose(asked, name);
  if ('error' in whose) return form({ of, percent }, of === '' ? undefined : { of: whose.error });
  return form({ of: nameOf(whose), percent }, undefined, whose);
}

const nameOf = ({ of, subscription }: Whose): string => subscription?.ref ?? of.name;

function form(values: MarkupValues, errors?: Errors, whose?: Whose): Reply {
  const now = whose && { what: describe(whose), markupBp: whose.subscription?.markupBp ?? whose.of.markupBp };
  return markupForm({ values, errors, now, once: newOnce() });
}

export function submitMarkup(asked: Asked, values: MarkupValues): Promise<Reply> {
  return asked.place.kind === 'personal' ? preview(asked, values) : Promise.resolve(onlyInPrivate());
}

async function preview(asked: Asked, values: MarkupValues): Promise<Reply> {
  const whose = await findWhose(asked, values.of);
  if ('error' in whose) return { ...form(values, { of: whose.error }), position: 'instead' };
  const wish = readWish(values.percent, whose);
  const made = 'error' in wish ? wish : await makePlan(asked, whose, wish);
  if ('error' in made) return { ...form(values, { percent: made.error }, whose), position: 'instead' };
  return changesNothing(made) ? isSoAlready(made) : show(made);
}

const show = (made: Made, changed?: string): Reply => markupPreview(made, newOnce(), changed);

export type Confirmed = {
  readonly organization: number;
  /** Of a single subscription; else empty. */
  readonly ref: string;
  /** Hundredths of a percent, or `default`. */
  readonly markup: string;
  readonly basis: string;
};

/** The button under the preview: does what was shown, as long as it still is so. */
export async function confirmMarkup(
  asked: Asked,
  { organization, ref, markup, basis }: Confirmed,
): Promise<Reply> {
  if (asked.place.kind !== 'personal') return onlyInPrivate();
  await lockOrganization(asked.db, organization);
  const whose = await whoseById(asked, organization, ref);
  if (whose === undefined) return cannotSet();
  const typed = /^\d{1,9}$/.test(markup) ? String(Number(markup) / 100) : markup;
  const wish = readWish(typed, whose);
  const made = 'error' in wish ? wish : await makePlan(asked, whose, wish);
  if ('error' in made) return cannotSet();
  if (made.basis !== basis) return show(made, changedMeanwhile());
  await carryOut(asked, made);
  return done(asked, made);
}

async function carryOut(
  { db }: Asked,
  { whose: { of, subscription }, wish, plan, after }: Made,
): Promise<void> {
  if (subscription === undefined) await saveMarkup(db, of.id, after);
  else await saveOwnMarkup(db, subscription.id, wish.markupBp);
  await savePricesOf(db, plan.prices);
}

/** Of a customer it is an order; of a reseller a line in the history of the provider, since the reseller may not know it. */
async function done(asked: Asked, made: Made): Promise<Reply> {
  const { of, subscription } = made.whose;
  const change = {
    kind: 'markup change',
    summary: historyOf(made),
    before: { markupBp: made.before },
    after: { markupBp: made.after },
  };
  if (of.kind !== 'customer') {
    await record(asked, { organizationId: asked.member.organization.id, orderId: null, ...change });
    return markupDone(made, undefined);
  }
  const view = viewOf(asked, of);
  const order = await completeAtOnce(view, {
    description: `Markup of ${describe(made.whose)}`,
    lines: [
      {
        kind: 'markup change',
        productId: subscription?.productId ?? null,
        quantity: null,
        markupBp: made.after,
        ...(subscription !== undefined && { subscriptionId: subscription.id }),
      },
    ],
  });
  await record(asked, { organizationId: of.id, orderId: order.id, ...change });
  return markupDone(made, order.number);
}
