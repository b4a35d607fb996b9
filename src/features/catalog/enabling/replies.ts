import { type CatalogEnable, catalogEnableCard } from '../../../../cards/catalog-enable.ts';
import { catalogEnabledCard } from '../../../../cards/catalog-enabled.ts';
import { catalogOfferingsCard } from '../../../../cards/catalog-offerings.ts';
import { chatChoiceCard } from '../../../../cards/chat-choice.ts';
import { chatDoneCard } from '../../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../../cards/chat-refusal.ts';
import { count, list } from '../../../../cards/format.ts';
import { replaceWith, tell } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { quoted } from '../../../chat/words.ts';
import type { EnabledOffering } from '../store.ts';
import type { Checked } from './rules.ts';
import type { Offering } from './store.ts';

type Named = { readonly name: string };
type Of = Named & { readonly id: number; readonly kind: 'provider' | 'reseller' | 'customer' };
type Buttons = readonly { readonly title: string; readonly command: string }[];

const MOST_BUTTONS = 6;
const offeringsOf = (organization: string) => ({
  title: 'Offerings',
  command: `offerings ${quoted(organization)}`,
});

type List = {
  readonly organization: string;
  readonly isCustomer: boolean;
  readonly isOwn: boolean;
  readonly has: readonly EnabledOffering[];
  readonly canHave: readonly string[];
  readonly missing: readonly string[];
  readonly store: string | undefined;
};

export function offeringList(data: List): Reply {
  const { organization, has, canHave } = data;
  const rows = has.map((one) => ({
    name: one.name,
    vendor: one.vendor,
    contact: one.contactName,
    email: one.contactEmail,
    mpnId: one.mpnId ?? undefined,
    domain: one.domain ?? undefined,
    isMigration: one.isMigration,
    since: one.confirmedAt.toISOString(),
    by: one.confirmedBy,
  }));
  const total = has.length === 0 ? 'no offerings yet' : count(has.length, 'offering');
  const lines = [
    `${organization}: ${total}.`,
    ...rows.map(({ name, contact, email, domain, mpnId }) =>
      [`${name}: ${contact} <${email}>`, domain, mpnId && `MPN ID ${mpnId}`].filter(Boolean).join(', '),
    ),
    ...(canHave.length > 0 ? [`Can be enabled: ${list(canHave)}.`] : []),
  ];
  return tell(lines.join('\n'), catalogOfferingsCard({ ...data, has: rows }));
}

export function enableForm(data: CatalogEnable): Reply {
  const problems = Object.values(data.errors ?? {}).filter((error) => error !== undefined);
  const asks = `Enable ${data.offering.name} for ${data.organization}`;
  return tell(problems.length > 0 ? problems.join('\n') : asks, catalogEnableCard(data));
}

export function enabledDone(of: Of, offering: Offering, kept: Checked, next: readonly string[]): Reply {
  const isCustomer = of.kind === 'customer';
  const link = (title: string, url: string | null) => (url === null ? [] : [{ title, url }]);
  const card = catalogEnabledCard({
    organization: of.name,
    offering: offering.name,
    isCustomer,
    contact: `${kept.contactName} <${kept.contactEmail}>`,
    mpnId: kept.mpnId ?? undefined,
    domain: kept.domain ?? undefined,
    isMigration: kept.isMigration,
    next,
    links: isCustomer
      ? [...link('Setup guide', offering.setupUrl), ...link('Domains', offering.domainUrl)]
      : [],
  });
  const where = isCustomer ? `is enabled for ${of.name}` : `is in the store of ${of.name}`;
  return tell(`${offering.name} ${where}.`, card);
}

export function whichOffering(organization: string, offerings: readonly Named[]): Reply {
  const question = `Which offering for ${organization}?`;
  return choice(
    organization,
    question,
    offerings,
    (name) => `enable ${quoted(name)} ${quoted(organization)}`,
  );
}

export function whichToDisable(organization: string, offerings: readonly Named[]): Reply {
  if (offerings.length === 0)
    return refusal(organization, `${organization} has no such offering.`, undefined, [
      offeringsOf(organization),
    ]);
  const question = `Which offering of ${organization} is not wanted any more?`;
  return choice(
    organization,
    question,
    offerings,
    (name) => `disable ${quoted(name)} ${quoted(organization)}`,
  );
}

function choice(
  organization: string,
  question: string,
  offerings: readonly Named[],
  command: (name: string) => string,
): Reply {
  const choices = offerings.slice(0, MOST_BUTTONS).map(({ name }) => ({ title: name, value: command(name) }));
  const left = offerings.length - choices.length;
  const detail = left > 0 ? `${left} more: write the name with the command.` : undefined;
  return tell(question, chatChoiceCard({ organization, question, detail, choices }));
}

export function noSuchOffering(word: string, all: readonly Named[]): Reply {
  const problem = `There is no offering “${word}”.`;
  const remedy =
    all.length > 0 ? `There are ${list(all.map(({ name }) => name))}.` : 'Nothing can be sold yet.';
  return refusal(undefined, problem, remedy, [{ title: 'Offerings', command: 'offerings' }]);
}

export function nothingToEnable(organization: string): Reply {
  return refusal(organization, `${organization} has every offering already.`, undefined, [
    offeringsOf(organization),
  ]);
}

export function hasItAlready(organization: string, kind: Of['kind'], offering: Named): Reply {
  const where = kind === 'customer' ? organization : `The store of ${organization}`;
  const next =
    kind === 'customer'
      ? [{ title: 'New order', command: 'new order' }]
      : [{ title: 'Prices', command: 'prices' }];
  return refusal(organization, `${where} has ${offering.name} already.`, undefined, [
    offeringsOf(organization),
    ...next,
  ]);
}

/** `store`: whose store it is, where the reader may know it. */
export function notInStore(organization: string, offering: Named, store: string | undefined): Reply {
  const problem =
    store === undefined
      ? `${offering.name} is not in the store that ${organization} buys from.`
      : `${offering.name} is not in the store of ${store} yet, so ${organization} can’t have it.`;
  const remedy =
    store === undefined ? 'Ask your provider to add it to its store first.' : 'Add it to that store first.';
  const add =
    store === undefined
      ? []
      : [{ title: `Add it to ${store}`, command: `enable ${quoted(offering.name)} ${quoted(store)}` }];
  return refusal(organization, problem, remedy, [...add, offeringsOf(organization)]);
}

export function detailsMissing(organization: string, offering: Named, missing: readonly string[]): Reply {
  const problem = `${organization} can’t have ${offering.name} yet: ${list(missing)} ${missing.length === 1 ? 'is' : 'are'} missing.`;
  return refusal(organization, problem, 'They are needed for every order. Fill them in first.', [
    { title: 'Fill in the details', command: `organization ${quoted(organization)}` },
    offeringsOf(organization),
  ]);
}

export function notYoursToEnable(organization: string): Reply {
  return refusal(
    organization,
    `The store of ${organization} is not yours to change.`,
    'An admin of the provider can do that.',
    [{ title: 'Offerings', command: 'offerings' }],
  );
}

export function hasItNot(organization: string, offering: Named): Reply {
  return refusal(organization, `${organization} does not have ${offering.name}.`, undefined, [
    offeringsOf(organization),
  ]);
}

export function stillRuns(of: Of, offering: Named, running: number, orders: readonly number[]): Reply {
  const what = [
    ...(running > 0 ? [`${count(running, 'subscription')} of it`] : []),
    ...orders.map((order) => `order ${order}`),
  ];
  const problem = `${offering.name} can’t be taken from ${of.name}: ${list(what)} still ${running + orders.length === 1 ? 'runs' : 'run'}.`;
  return refusal(of.name, problem, 'End them first.', [
    { title: 'Subscriptions', command: 'subscriptions' },
    offeringsOf(of.name),
  ]);
}

export function storeStillNeeded(organization: string, offering: Named, below: readonly string[]): Reply {
  const shown = below.slice(0, 3);
  const more = below.length > 3 ? [`${below.length - 3} more`] : [];
  const problem = `${offering.name} has to stay in the store of ${organization}: ${list([...shown, ...more])} ${below.length === 1 ? 'has' : 'have'} it.`;
  return refusal(
    organization,
    problem,
    undefined,
    shown.map((name) => ({ title: `Offerings of ${name}`, command: `offerings ${quoted(name)}` })),
  );
}

export function disabledDone(organization: string, offering: Named): Reply {
  const answer = `${organization} does not have ${offering.name} any more.`;
  const buttons = [
    { title: 'Enable it again', command: `enable ${quoted(offering.name)} ${quoted(organization)}` },
    offeringsOf(organization),
  ];
  return tell(answer, chatDoneCard({ organization, answer, buttons }));
}

export function outdatedForm(): Reply {
  const problem = 'This form is for an offering or an organization that you can’t see any more.';
  return replaceWith(
    problem,
    chatRefusalCard({ problem, buttons: [{ title: 'Offerings', command: 'offerings' }] }),
  );
}

function refusal(
  organization: string | undefined,
  problem: string,
  remedy: string | undefined,
  buttons: Buttons,
): Reply {
  return tell(problem, chatRefusalCard({ organization, problem, remedy, buttons: [...buttons] }));
}
