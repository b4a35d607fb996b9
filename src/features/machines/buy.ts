import { count, number } from '../../../cards/format.ts';
import { quotas } from '../../../cards/machines.ts';
import { record } from '../../bot/index.ts';
import type { Json } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { setStatus, showOrder } from '../ordering/basket.ts';
import { putLines, saveDraft } from '../ordering/drafts.ts';
import type { View } from '../organizations/view.ts';
import { begin, KIND, show } from './begin.ts';
import type { Configuring } from './load.ts';
import { price } from './price.ts';
import { type Configuration, MOST_MINOR } from './rules.ts';
import { nameOf, showSizes } from './show.ts';
import { hasLines, loadConfigurable, saveAddOns } from './store.ts';

/** `Buy this configuration`: it becomes the one line of its order, which is in the basket then. */
export async function buy(view: View, of: Configuring): Promise<Reply> {
  const problems = problemsOf(of);
  const product = await loadConfigurable(view.db, of.order.offeringId ?? 0);
  if (product === undefined)
    problems.push('The catalog has no product that configured machines are sold as.');
  if (problems.length > 0) return showSizes(view, of, { said: problems });
  const configuration = await putConfiguration(view, of);
  await record(view, {
    organizationId: view.customer.id,
    orderId: of.order.id,
    kind: 'configuration',
    summary: `Put into the basket: ${configuration.summary.join('; ')}`,
    after: configuration,
  });
  await setStatus(view, of.order, 'Started', `Resumed order ${of.order.number}`);
  const order = { ...of.order, status: 'Started' as const, description: descriptionOf(of) };
  const said = ['The configuration is in the basket.'];
  return showOrder(view, order, { [KIND]: { begin, show, price } }, { said });
}

/** What keeps the configuration from being bought. */
export function problemsOf(of: Configuring): string[] {
  if (of.region === undefined) return of.gone.length > 0 ? [...of.gone] : ['Choose a region first.'];
  if (of.machines.length === 0) return [...of.gone, 'Choose at least one machine.'];
  const missing = of.cost.missing.map((resource) => nameOf(of, resource));
  return [
    ...(missing.length > 0 ? [`The price list has no price for: ${missing.join(', ')}.`] : []),
    ...(of.cost.priceMinor > MOST_MINOR || of.cost.purchaseMinor > MOST_MINOR
      ? ['This is too much for one order. Divide it into several.']
      : []),
  ];
}

/** What is in the basket follows the draft: a line of what is chosen now, or none where that can't be bought. */
export async function followInBasket(view: View, of: Configuring): Promise<void> {
  if (!(await hasLines(view.db, of.order.id))) return;
  if (problemsOf(of).length > 0) await putLines(view.db, of.order.id, []);
  else await putConfiguration(view, of);
}

async function putConfiguration(view: View, of: Configuring): Promise<Configuration> {
  const { db } = view;
  const { id, offeringId } = of.order;
  const configuration = configurationOf(of);
  const product = await loadConfigurable(db, offeringId ?? 0);
  await putLines(db, id, [
    {
      kind: 'new subscription',
      productId: product?.id ?? null,
      quantity: 1,
      configuration: configuration as unknown as Json,
    },
  ]);
  await saveDraft(db, id, {
    draft: of.draft as unknown as Json,
    description: descriptionOf(of),
  });
  const addOns = addOnsOf(of);
  await saveAddOns(db, id, addOns.length > 0 ? addOns.join(', ') : null);
  return configuration;
}

const descriptionOf = ({ total, region }: Configuring): string =>
  `${count(total.machines, 'virtual machine')} in ${region?.name ?? ''}`;

const addOnsOf = (of: Configuring): string[] =>
  (['vpn', 'ipv4'] as const).flatMap((extra) =>
    of.draft[extra] > 0 ? [`${number(of.draft[extra])} × ${nameOf(of, extra)}`] : [],
  );

export function configurationOf(of: Configuring): Configuration {
  const { draft, total } = of;
  const region = of.region?.name ?? '';
  const extra = draft.extraStorageGb > 0 ? [`${number(draft.extraStorageGb)} GB extra storage`] : [];
  return {
    kind: 'machines',
    region,
    machines: of.machines.map(({ name, template, quantity, cores, memoryGb, diskGb }) => ({
      profile: name,
      template,
      quantity,
      cores,
      memoryGb,
      diskGb,
    })),
    extraStorageGb: draft.extraStorageGb,
    vpn: draft.vpn,
    ipv4: draft.ipv4,
    total: { ...total },
    summary: [
      `Region ${region}`,
      ...of.machines.map((one) => `${number(one.quantity)} × ${one.name}, ${one.template}`),
      ...extra,
      ...addOnsOf(of),
      `Together ${quotas(total)}`,
    ],
  };
}
