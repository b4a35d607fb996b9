/** What is chosen of a configuration of machines, what it comes to, and which numbers make sense. */
import { z } from 'zod';

const id = z.number().int();
const machine = z.object({
  profile: z.object({ id, name: z.string() }),
  template: z.object({ id, name: z.string() }),
  quantity: id,
});

/** What `orders.draft` holds of machines: names stand beside the ids, for what is no longer offered. */
const draft = z.object({
  kind: z.literal('machines'),
  region: z.object({ id, name: z.string() }).nullable(),
  machines: z.array(machine),
  extraStorageGb: id,
  vpn: id,
  ipv4: id,
});
export type Machine = z.infer<typeof machine>;
export type MachinesDraft = z.infer<typeof draft>;

export const EMPTY: MachinesDraft = {
  kind: 'machines',
  region: null,
  machines: [],
  extraStorageGb: 0,
  vpn: 0,
  ipv4: 0,
};

export function parseDraft(stored: unknown): MachinesDraft {
  return draft.catch(EMPTY).parse(stored);
}
export const isMachinesDraft = (stored: unknown): boolean => draft.safeParse(stored).success;

export type Hardware = {
  readonly id: number;
  readonly name: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly diskGb: number;
};
export type Template = { readonly id: number; readonly name: string };
export type Region = {
  readonly id: number;
  readonly name: string;
  readonly profiles: readonly Hardware[];
  readonly templates: readonly Template[];
};

export type ChosenMachine = Hardware & {
  /** `<profile>-<template>`: how buttons name it. */
  readonly key: string;
  readonly template: string;
  readonly quantity: number;
};
/** A draft held against what is offered now. */
export type Chosen = {
  readonly draft: MachinesDraft;
  readonly region: Region | undefined;
  readonly machines: readonly ChosenMachine[];
  /** What was chosen and is no longer offered, a sentence each. */
  readonly gone: readonly string[];
};

export const keyOf = ({ profile, template }: Machine): string => `${profile.id}-${template.id}`;

/** Leaves out what was removed since it was chosen, and says so. */
export function chosenOf(stored: MachinesDraft, regions: readonly Region[]): Chosen {
  const region = regions.find(({ id }) => id === stored.region?.id);
  if (region === undefined) {
    const was = stored.region?.name;
    const gone = was === undefined ? [] : [`The region ${was} is no longer offered. Choose another one.`];
    return { draft: stored, region, machines: [], gone };
  }
  const offered = stored.machines.map((one) => ({
    one,
    profile: region.profiles.find(({ id }) => id === one.profile.id),
    template: region.templates.find(({ id }) => id === one.template.id),
  }));
  const gone = offered.flatMap(({ one, profile, template }) =>
    profile === undefined || template === undefined
      ? [notOffered(one, profile === undefined ? one.profile.name : one.template.name, region.name)]
      : [],
  );
  const machines = offered.flatMap(({ one, profile, template }) =>
    profile === undefined || template === undefined
      ? []
      : [{ ...profile, key: keyOf(one), template: template.name, quantity: one.quantity }],
  );
  const kept = new Set(machines.map(({ key }) => key));
  const draft = { ...stored, machines: stored.machines.filter((one) => kept.has(keyOf(one))) };
  return { draft, region, machines, gone };
}

const notOffered = ({ quantity, profile, template }: Machine, what: string, region: string): string =>
  `${quantity} × ${profile.name} with ${template.name} left out: ${what} is no longer offered in ${region}.`;

/** The same choice in another region: what exists there by its name stays, the rest is told. */
export function inRegion(draft: MachinesDraft, to: Region): { draft: MachinesDraft; gone: string[] } {
  const moved = draft.machines.map((one) => ({
    one,
    profile: to.profiles.find(({ name }) => name === one.profile.name),
    template: to.templates.find(({ name }) => name === one.template.name),
  }));
  const gone = moved.flatMap(({ one, profile, template }) => {
    if (profile !== undefined && template !== undefined) return [];
    const missing = profile === undefined ? one.profile.name : one.template.name;
    return [
      `${one.quantity} × ${one.profile.name} with ${one.template.name} left out: ${to.name} has no ${missing}.`,
    ];
  });
  const machines = moved.flatMap(({ one, profile, template }) =>
    profile === undefined || template === undefined
      ? []
      : [
          {
            profile: { id: profile.id, name: profile.name },
            template: { id: template.id, name: template.name },
            quantity: one.quantity,
          },
        ],
  );
  return { draft: { ...draft, region: { id: to.id, name: to.name }, machines }, gone };
}

/** Adds to the row of the same profile and template, or a row. */
export function withMachine(draft: MachinesDraft, added: Machine): MachinesDraft {
  const same = draft.machines.find((one) => keyOf(one) === keyOf(added));
  if (same === undefined) return { ...draft, machines: [...draft.machines, added] };
  const more = { ...same, quantity: same.quantity + added.quantity };
  return { ...draft, machines: draft.machines.map((one) => (one === same ? more : one)) };
}

/** Puts a row in the place of another; nothing in its place removes it. Two rows that become the same are added up. */
export function withChange(draft: MachinesDraft, key: string, now: Machine | undefined): MachinesDraft {
  const others = { ...draft, machines: draft.machines.filter((one) => keyOf(one) !== key) };
  if (now === undefined) return others;
  if (others.machines.some((one) => keyOf(one) === keyOf(now))) return withMachine(others, now);
  return { ...draft, machines: draft.machines.map((one) => (keyOf(one) === key ? now : one)) };
}

export type Total = {
  readonly machines: number;
  readonly cores: number;
  readonly memoryGb: number;
  readonly diskGb: number;
  readonly extraStorageGb: number;
  /** Packs of ten channels. */
  readonly vpn: number;
  readonly ipv4: number;
};

type Counted = Pick<Hardware, 'cores' | 'memoryGb' | 'diskGb'> & { readonly quantity: number };

/** All quotas, added up. */
export function totalOf(
  machines: readonly Counted[],
  { extraStorageGb, vpn, ipv4 }: Pick<MachinesDraft, 'extraStorageGb' | 'vpn' | 'ipv4'>,
): Total {
  const sum = (of: (machine: Counted) => number) =>
    machines.reduce((all, machine) => all + of(machine) * machine.quantity, 0);
  return {
    machines: sum(() => 1),
    cores: sum(({ cores }) => cores),
    memoryGb: sum(({ memoryGb }) => memoryGb),
    diskGb: sum(({ diskGb }) => diskGb),
    extraStorageGb,
    vpn,
    ipv4,
  };
}

export const RESOURCES = ['core', 'memory', 'disk', 'extra storage', 'vpn', 'ipv4'] as const;
export type Resource = (typeof RESOURCES)[number];
export type ResourcePrice = {
  readonly resource: Resource;
  readonly name: string;
  readonly unit: string;
  readonly purchaseMinor: number;
  readonly priceMinor: number;
  readonly currency: string;
};

export const amountOf = (total: Total, resource: Resource): number =>
  ({
    core: total.cores,
    memory: total.memoryGb,
    disk: total.diskGb,
    'extra storage': total.extraStorageGb,
    vpn: total.vpn,
    ipv4: total.ipv4,
  })[resource];

export type Estimate = {
  readonly purchaseMinor: number;
  readonly priceMinor: number;
  /** What is needed and has no price. */
  readonly missing: readonly Resource[];
};

/** What a month of it costs: the sum over the resources, at their prices for one unit and month. */
export function estimate(total: Total, prices: readonly ResourcePrice[]): Estimate {
  const needed = RESOURCES.filter((resource) => amountOf(total, resource) > 0);
  const priced = needed.map((resource) => ({
    amount: amountOf(total, resource),
    price: prices.find((one) => one.resource === resource),
  }));
  return {
    purchaseMinor: priced.reduce((sum, { amount, price }) => sum + amount * (price?.purchaseMinor ?? 0), 0),
    priceMinor: priced.reduce((sum, { amount, price }) => sum + amount * (price?.priceMinor ?? 0), 0),
    missing: needed.filter((resource) => !prices.some((one) => one.resource === resource)),
  };
}

/** What the database and an invoice hold of one line, in minor units. */
export const MOST_MINOR = 2_000_000_000;
export const MOST_MACHINES = 100;
export const MOST_ROWS = 12;
export const MOST_STORAGE_GB = 100_000;
export const MOST_PACKS = 100;
export const MOST_ADDRESSES = 256;

export type Limits = { readonly least: number; readonly most: number };
export type Parsed = { readonly value: number } | { readonly error: string };

/** A whole number as it was typed; nothing typed is `blank`, where that is allowed. */
export function parseAmount(typed: string, { least, most }: Limits, blank?: number): Parsed {
  const text = typed.trim().replaceAll(/(?<=\d)[,\s](?=\d{3}\b)/g, '');
  if (text === '' && blank !== undefined) return { value: blank };
  if (text === '') return { error: 'Type a whole number.' };
  const wrong = `“${typed.trim()}” is not a whole number ${least > 0 ? 'greater than zero' : 'from 0 up'}.`;
  if (!/^\d+$/.test(text)) return { error: wrong };
  const value = Number(text);
  if (value < least) return { error: wrong };
  return value > most ? { error: `${text} is too many: at most ${most}.` } : { value };
}

const counted = z.object({ cores: id, memoryGb: id, diskGb: id, quantity: id });
const configuration = z.object({
  kind: z.literal('machines'),
  region: z.string(),
  machines: z.array(counted.extend({ profile: z.string(), template: z.string() })),
  extraStorageGb: id,
  vpn: id,
  ipv4: id,
  total: z.record(z.string(), id),
  /** For people, a line each. */
  summary: z.array(z.string()),
});
/** What is bought, in words of the day it was bought: it means the same when sizes have changed since. */
export type Configuration = z.infer<typeof configuration>;

export const parseConfiguration = (stored: unknown): Configuration | undefined =>
  configuration.safeParse(stored).data;
