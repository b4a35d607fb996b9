import type { MachinesTotal } from '../../../cards/machines.ts';
import type { MachinesSizes } from '../../../cards/machines-sizes.ts';
import { newOnce } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import type { View } from '../organizations/view.ts';
import type { Configuring } from './load.ts';
import { changeForm, chooseMachine, extraStep, regionStep, sizesStep } from './replies.ts';
import type { ChosenMachine, Resource } from './rules.ts';

/** What the price list calls a resource that it has no price for. */
const NAMES: Readonly<Record<Resource, string>> = {
  core: 'Cores',
  memory: 'Memory',
  disk: 'Disk',
  'extra storage': 'Extra storage',
  vpn: '10 S2S Channels',
  ipv4: '1 Static IPv4 Address',
};

export const nameOf = ({ prices }: Pick<Configuring, 'prices'>, resource: Resource): string =>
  prices.find((price) => price.resource === resource)?.name ?? NAMES[resource];

export const currencyOf = ({ prices }: Pick<Configuring, 'prices'>): string => prices[0]?.currency ?? 'EUR';

/** The total as this person may see it in this place. */
export function totalFor(view: View, of: Configuring): MachinesTotal {
  const { total, cost } = of;
  const currency = currencyOf(of);
  return {
    ...total,
    price: { minor: cost.priceMinor, currency },
    purchase: view.viewer.seesMarkup ? { minor: cost.purchaseMinor, currency } : undefined,
    unpriced: cost.missing.map((resource) => nameOf(of, resource)),
  };
}

const head = (view: View, { order }: Configuring) => ({
  organization: view.customer.name,
  order: String(order.number),
  once: newOnce(),
});

type Said = { readonly said?: readonly string[]; readonly hint?: string | undefined };
type Typed<K extends string> = {
  readonly values?: Readonly<Partial<Record<K, string>>>;
  readonly errors?: Readonly<Partial<Record<K, string | undefined>>>;
} & Said;

export function showRegion(
  view: View,
  of: Configuring,
  { errors, said = [], hint }: Typed<'region'> = {},
): Reply {
  return regionStep({
    ...head(view, of),
    regions: of.regions,
    region: of.region,
    said: [...of.gone, ...said],
    hint,
    errors,
  });
}

/** The first step; before the region is known, the question for it. */
export function showSizes(
  view: View,
  of: Configuring,
  { values, errors, said = [], hint }: Typed<keyof MachinesSizes['values']> = {},
): Reply {
  const { region, draft } = of;
  if (region === undefined) return showRegion(view, of, { said, hint });
  return sizesStep({
    ...head(view, of),
    region: region.name,
    profiles: region.profiles,
    templates: region.templates,
    machines: rowsOf(of),
    total: totalFor(view, of),
    values: {
      profile: values?.profile ?? '',
      template: values?.template ?? '',
      quantity: values?.quantity ?? '',
      storage: values?.storage ?? (draft.extraStorageGb === 0 ? '' : String(draft.extraStorageGb)),
    },
    errors,
    said: [...of.gone, ...said],
    hint,
  });
}

export const rowsOf = ({ machines }: Configuring) =>
  machines.map((machine) => ({ ...machine, profile: machine.name }));

export function showExtra(
  view: View,
  of: Configuring,
  extra: 'vpn' | 'ipv4',
  { values, errors, said = [] }: Typed<'quantity'> = {},
): Reply {
  const price = of.prices.find(({ resource }) => resource === extra);
  const now = of.draft[extra];
  return extraStep({
    ...head(view, of),
    extra,
    name: nameOf(of, extra),
    price: price && { minor: price.priceMinor, currency: price.currency },
    total: totalFor(view, of),
    complete: of.machines.length > 0,
    quantity: values?.quantity ?? (now === 0 ? '' : String(now)),
    errors,
    said: [...of.gone, ...said],
  });
}

/** Which of the machines to change; of one there is no question. */
export function showMachines(view: View, of: Configuring): Reply {
  const [only, ...others] = of.machines;
  if (only === undefined) return showSizes(view, of);
  return others.length === 0 ? showMachine(view, of, only) : chooseMachine(head(view, of), of.machines);
}

export function showMachine(
  view: View,
  of: Configuring,
  machine: ChosenMachine,
  { values, errors }: Typed<'template' | 'quantity'> = {},
): Reply {
  const templates = of.region?.templates ?? [];
  const template = templates.find(({ name }) => name === machine.template);
  return changeForm({
    ...head(view, of),
    machine: machine.key,
    profile: machine.name,
    each: machine,
    templates,
    values: {
      template: values?.template ?? String(template?.id ?? ''),
      quantity: values?.quantity ?? String(machine.quantity),
    },
    errors,
  });
}
