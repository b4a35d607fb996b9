/** What a region, a hardware profile and a template of machines may be like. */
import { parseAmount, type Region } from '../rules.ts';

export const WHATS = ['region', 'profile', 'template'] as const;
export type What = (typeof WHATS)[number];

export type OfferValues = Readonly<Record<'region' | 'name' | 'cores' | 'memory' | 'disk', string>>;
export type OfferErrors = { readonly [field in keyof OfferValues]?: string | undefined };
export const NOTHING: OfferValues = { region: '', name: '', cores: '', memory: '', disk: '' };

export type Offer = {
  readonly name: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly diskGb: number;
};

const LONGEST_NAME = 60;
const LIMITS = {
  cores: { least: 1, most: 256 },
  memory: { least: 1, most: 4096 },
  disk: { least: 1, most: 65_536 },
} as const;

/** What is wrong with each field; `taken` are the names beside it. */
export function checkOffer(
  what: What,
  values: OfferValues,
  taken: readonly string[],
): { readonly offer: Offer } | { readonly errors: OfferErrors } {
  const name = values.name.trim().replace(/\s+/g, ' ');
  const sized = what === 'profile';
  const read = (field: keyof typeof LIMITS) =>
    sized ? parseAmount(values[field], LIMITS[field]) : { value: 1 };
  const [cores, memory, disk] = [read('cores'), read('memory'), read('disk')];
  const wrongName = nameError(what, name, taken);
  if (wrongName === undefined && 'value' in cores && 'value' in memory && 'value' in disk) {
    return { offer: { name, cores: cores.value, memoryGb: memory.value, diskGb: disk.value } };
  }
  return {
    errors: {
      name: wrongName,
      cores: 'error' in cores ? cores.error : undefined,
      memory: 'error' in memory ? memory.error : undefined,
      disk: 'error' in disk ? disk.error : undefined,
    },
  };
}

function nameError(what: What, name: string, taken: readonly string[]): string | undefined {
  if (name === '') return `Type the name of the ${what}.`;
  const letters = [...name].length;
  if (letters > LONGEST_NAME) return `The name has ${letters} letters; ${LONGEST_NAME} fit.`;
  if (/["“”„]/.test(name)) return 'A name has no quotation marks.';
  const same = taken.some((one) => one.toLowerCase() === name.toLowerCase());
  return same ? `There is a ${what} ${name} already.` : undefined;
}

export type Named = { readonly id: number; readonly name: string };

/** The one of this name, or the only one whose name holds it. */
export function named<T extends { readonly name: string }>(name: string, among: readonly T[]): T | undefined {
  const typed = name.toLowerCase();
  const whole = among.find((one) => one.name.toLowerCase() === typed);
  const parts = among.filter((one) => typed !== '' && one.name.toLowerCase().includes(typed));
  return whole ?? (parts.length === 1 ? parts[0] : undefined);
}

export const itemsOf = (region: Region, what: What): readonly Named[] =>
  what === 'region' ? [region] : what === 'profile' ? region.profiles : region.templates;
