import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { Card } from '../../../src/chat/card.ts';
import { allElements, complaints } from '../../cards/rules.ts';

type Draw = (...data: unknown[]) => Card;
/** A function that makes a card, and the data of one of its samples. */
export type Drawn = { readonly name: string; readonly draw: Draw; readonly data: readonly unknown[] };

const folder = join(import.meta.dirname, '../../../cards');

/**
 * Every call that the samples make of the functions that make cards: what data there is for them is known in no other
 * way. A line at the top of each file of cards wraps them, before its samples are made.
 */
export async function drawnSamples(): Promise<readonly Drawn[]> {
  const calls: Drawn[] = [];
  const seen = (name: string, draw: Draw): Draw => {
    return (...data) => {
      calls.push({ name, draw, data });
      return draw(...data);
    };
  };
  Object.assign(globalThis, { drawnCard: seen });
  const hooks = registerHooks({
    load(url, context, next) {
      if (!url.startsWith('file:') || !fileURLToPath(url).startsWith(`${folder}/`)) return next(url, context);
      const source = readFileSync(fileURLToPath(url), 'utf8');
      const names = [...source.matchAll(/^export function (\w+Card)\b/gm)].map(([, name]) => name);
      const wrap = names.map((name) => `${name} = drawnCard('${name}', ${name});`).join(' ');
      return { format: 'module-typescript', source: `${wrap} ${source}`, shortCircuit: true };
    },
  });
  const { allSamples } = await import('../../../cards/gallery.ts');
  await allSamples();
  hooks.deregister();
  return calls;
}

type Path = readonly (string | number)[];
type Leaf = { readonly path: Path; readonly value: unknown };

function leavesOf(value: unknown, path: Path = []): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

function withLeaf(value: unknown, [key, ...path]: Path, leaf: unknown): unknown {
  if (key === undefined) return leaf;
  if (Array.isArray(value)) return value.with(Number(key), withLeaf(value[Number(key)], path, leaf));
  return { ...Object(value), [key]: withLeaf(Object(value)[key], path, leaf) };
}

/** The card, or nothing where such data can't be: the card would not hold to its own rules. */
function drawnWith({ draw }: Drawn, data: unknown): Card | undefined {
  try {
    const card = draw(...(data as unknown[]));
    const isOurs = complaints(card).every((said) => / bytes$/.test(said)) && !choosesTwice(card);
    return isOurs ? card : undefined;
  } catch {
    return undefined;
  }
}

/** No list of ours has the same thing twice. */
const choosesTwice = (card: Card): boolean =>
  allElements(card).some(
    (element) =>
      element.type === 'Input.ChoiceSet' &&
      new Set(element.choices.map(({ value }) => value)).size < element.choices.length,
  );

const probe = 'Qx7 probe';
/** What is any text, and not a word of a list, a date or an id that is looked up: shown as it is, whatever it says. */
const isFreeText = (drawn: Drawn, { path, value }: Leaf): boolean =>
  typeof value === 'string' &&
  JSON.stringify(drawnWith(drawn, withLeaf(drawn.data, path, probe))?.body ?? '').includes(probe);
const isFreeNumber = (drawn: Drawn, { path, value }: Leaf): boolean =>
  typeof value === 'number' && drawnWith(drawn, withLeaf(drawn.data, path, value + 1_234_567)) !== undefined;

const name = fc.oneof(
  fc.constantFrom(
    'Königliche Gesellschaft für Telekommunikation und Fernmeldewesen Süd-Ost mbH & Co. KG',
    '株式会社ハマラクラウド・テクノロジーズ東日本営業本部',
    '<!channel> *bold* _it_ `code` &amp; :smile:',
    '=HYPERLINK("https://evil.example")',
    '👩‍👩‍👧‍👦 family',
  ),
  fc.lorem({ maxCount: 60 }),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 400 })
    .map((text) => text.replace(/\s+/g, ' ').trim() || '–'),
);

/** The same card with any data that its function takes: other texts and numbers, and lists of other lengths. */
export function anyOf(drawn: Drawn): fc.Arbitrary<Card> {
  const leaves = leavesOf(drawn.data);
  const texts = leaves.filter((leaf) => isFreeText(drawn, leaf)).map(({ path }) => path);
  const numbers = leaves.filter((leaf) => isFreeNumber(drawn, leaf)).map(({ path }) => path);
  const free = new Set([...texts, ...numbers].map((path) => path.join('/')));
  const other = (path: Path, value: fc.Arbitrary<unknown>) =>
    fc.option(value).map((leaf) => ({ path, leaf }));
  const changes = [
    ...texts.map((path) => other(path, name)),
    ...numbers.map((path) => other(path, fc.oneof(fc.nat(9), fc.nat(2_000_000_000)))),
  ];
  return fc.tuple(fc.tuple(...changes), fc.integer({ min: 1, max: 3 })).map(([all, times]) => {
    const changed = all
      .filter(({ leaf }) => leaf !== null)
      .reduce<unknown>((data, { path, leaf }) => withLeaf(data, path, leaf), drawn.data);
    const longer = grown(changed, { times, free, copy: 0, path: [] });
    return drawnWith(drawn, longer) ?? drawnWith(drawn, changed) ?? drawn.draw(...drawn.data);
  });
}

type Growth = {
  readonly times: number;
  readonly free: ReadonlySet<string>;
  readonly copy: number;
  readonly path: Path;
};

/** Each list so many times as long, its copies being others. */
function grown(value: unknown, growth: Growth): unknown {
  const { times, copy, path, free } = growth;
  if (Array.isArray(value)) {
    const copies = path.length === 0 ? 1 : times;
    return Array.from({ length: copies }, (_, index) =>
      value.map((item, at) => grown(item, { ...growth, copy: copy * times + index, path: [...path, at] })),
    ).flat();
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([key, inner]) => [key, grown(inner, { ...growth, path: [...path, key] })]),
    );
  }
  if (copy === 0 || !free.has(path.join('/'))) return value;
  return typeof value === 'number' ? value + copy * 1_000 : `${String(value)} ${copy}`;
}
