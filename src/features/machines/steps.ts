import type { Asked } from '../../bot/index.ts';
import type { Json } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { loadDraft, saveDraft } from '../ordering/drafts.ts';
import type { View } from '../organizations/view.ts';
import { buy, followInBasket } from './buy.ts';
import { type Configuring, configuring, loadConfiguring } from './load.ts';
import { notYoursToChange } from './replies.ts';
import {
  inRegion,
  keyOf,
  type MachinesDraft,
  MOST_ADDRESSES,
  MOST_MACHINES,
  MOST_PACKS,
  MOST_ROWS,
  MOST_STORAGE_GB,
  type Parsed,
  parseAmount,
  withChange,
  withMachine,
} from './rules.ts';
import { showExtra, showMachine, showMachines, showRegion, showSizes } from './show.ts';

/** Runs `run` with an order of machines that this person may still change; the answer takes the place of the card. */
export async function inMachines(
  asked: Asked,
  order: string,
  run: (view: View, of: Configuring) => Promise<Reply> | Reply,
): Promise<Reply> {
  const found = await loadDraft(asked, order);
  if (found === undefined || found.order.offeringId === null) {
    return { ...notYoursToChange(), position: 'instead' };
  }
  const { view } = found;
  const reply = await run(view, await loadConfiguring(view, found.order));
  return { ...reply, about: view.customer.id, position: 'instead' };
}

/** Keeps what is chosen now. */
async function keep(view: View, of: Configuring, draft: MachinesDraft): Promise<Configuring> {
  const now = configuring(of.order, draft, of.regions, of.prices);
  await saveDraft(view.db, of.order.id, { draft: now.draft as unknown as Json });
  await followInBasket(view, now);
  return now;
}

export type Step = 'region' | 'sizes' | 'vpn' | 'ipv4';

export function showStep(asked: Asked, order: string, step: Step): Promise<Reply> {
  return inMachines(asked, order, (view, of) => {
    if (of.region === undefined || step === 'region') return showRegion(view, of);
    return step === 'sizes' ? showSizes(view, of) : showExtra(view, of, step);
  });
}

export function submitRegion(asked: Asked, order: string, region: string): Promise<Reply> {
  return inMachines(asked, order, async (view, of) => {
    const to = of.regions.find(({ id }) => String(id) === region);
    if (to === undefined) return showRegion(view, of, { errors: { region: 'Choose one of these regions.' } });
    const { draft, gone } = inRegion(of.draft, to);
    return showSizes(view, await keep(view, of, draft), { said: gone });
  });
}

export type Go = 'stay' | 'next' | 'buy';
export type SizesValues = Readonly<Record<'profile' | 'template' | 'quantity' | 'storage', string>>;
type Errors = { readonly [field in keyof SizesValues]?: string | undefined };

export function submitSizes(asked: Asked, order: string, values: SizesValues, go: Go): Promise<Reply> {
  return inMachines(asked, order, async (view, of) => {
    if (of.region === undefined) return showRegion(view, of);
    const read = readSizes(of, values);
    if ('errors' in read) return showSizes(view, of, { values, errors: read.errors });
    const now = await keep(view, of, read.draft);
    if (go === 'buy') return buy(view, now);
    return go === 'next' ? showExtra(view, now, 'vpn') : showSizes(view, now);
  });
}

const errorIn = (parsed: Parsed): string | undefined => ('error' in parsed ? parsed.error : undefined);
const valueIn = (parsed: Parsed): number => ('value' in parsed ? parsed.value : 0);
const MACHINES = { least: 1, most: MOST_MACHINES };
const tooMany = (profile: string): string =>
  `That makes more than ${MOST_MACHINES} of ${profile}: at most ${MOST_MACHINES}.`;

/** What was typed of the first step: maybe more machines, and the extra storage. */
function readSizes(of: Configuring, values: SizesValues): { draft: MachinesDraft } | { errors: Errors } {
  const storage = parseAmount(values.storage, { least: 0, most: MOST_STORAGE_GB }, 0);
  const draft = { ...of.draft, extraStorageGb: valueIn(storage) };
  const none = values.profile === '' && values.quantity.trim() === '';
  if (none) return 'error' in storage ? { errors: { storage: storage.error } } : { draft };
  const quantity = parseAmount(values.quantity, MACHINES, 1);
  const profile = of.region?.profiles.find(({ id }) => String(id) === values.profile);
  const template = of.region?.templates.find(({ id }) => String(id) === values.template);
  if (profile === undefined || template === undefined || 'error' in quantity || 'error' in storage) {
    const errors = {
      profile: profile === undefined ? 'Choose a hardware profile of this region.' : undefined,
      template: template === undefined ? 'Choose a template of this region.' : undefined,
      quantity: errorIn(quantity),
      storage: errorIn(storage),
    };
    return { errors };
  }
  const next = withMachine(draft, {
    profile: { id: profile.id, name: profile.name },
    template: { id: template.id, name: template.name },
    quantity: quantity.value,
  });
  if (next.machines.some((one) => one.quantity > MOST_MACHINES)) {
    return { errors: { quantity: tooMany(profile.name) } };
  }
  if (next.machines.length > MOST_ROWS) {
    return { errors: { profile: `At most ${MOST_ROWS} different machines fit one order.` } };
  }
  return { draft: next };
}

export function changeMachines(asked: Asked, order: string, key?: string): Promise<Reply> {
  return inMachines(asked, order, (view, of) => {
    if (key === undefined) return showMachines(view, of);
    const machine = of.machines.find((one) => one.key === key);
    return machine === undefined ? showSizes(view, of, { said: [MOVED_ON] }) : showMachine(view, of, machine);
  });
}

const MOVED_ON = 'These machines have just been changed or removed.';

export function submitMachine(
  asked: Asked,
  order: string,
  key: string,
  values: { readonly template: string; readonly quantity: string },
): Promise<Reply> {
  return inMachines(asked, order, async (view, of) => {
    const machine = of.machines.find((one) => one.key === key);
    const chosen = of.draft.machines.find((one) => keyOf(one) === key);
    if (machine === undefined || chosen === undefined) return showSizes(view, of, { said: [MOVED_ON] });
    const template = of.region?.templates.find(({ id }) => String(id) === values.template);
    const quantity = parseAmount(values.quantity, MACHINES);
    if (template === undefined || 'error' in quantity) {
      const errors = {
        template: template === undefined ? 'Choose a template of this region.' : undefined,
        quantity: errorIn(quantity),
      };
      return showMachine(view, of, machine, { values, errors });
    }
    const draft = withChange(of.draft, key, {
      ...chosen,
      template: { id: template.id, name: template.name },
      quantity: quantity.value,
    });
    if (draft.machines.some((one) => one.quantity > MOST_MACHINES)) {
      return showMachine(view, of, machine, { values, errors: { quantity: tooMany(machine.name) } });
    }
    return showSizes(view, await keep(view, of, draft));
  });
}

export function removeMachine(asked: Asked, order: string, key: string): Promise<Reply> {
  return inMachines(asked, order, async (view, of) =>
    showSizes(view, await keep(view, of, withChange(of.draft, key, undefined))),
  );
}

const MOST = { vpn: MOST_PACKS, ipv4: MOST_ADDRESSES } as const;

export function submitExtra(
  asked: Asked,
  order: string,
  extra: 'vpn' | 'ipv4',
  typed: string,
  go: Go,
): Promise<Reply> {
  return inMachines(asked, order, async (view, of) => {
    const quantity = parseAmount(typed, { least: 0, most: MOST[extra] }, 0);
    if ('error' in quantity) {
      return showExtra(view, of, extra, {
        values: { quantity: typed },
        errors: { quantity: quantity.error },
      });
    }
    const now = await keep(view, of, { ...of.draft, [extra]: quantity.value });
    if (go === 'buy') return buy(view, now);
    return showExtra(view, now, go === 'next' ? 'ipv4' : extra);
  });
}
