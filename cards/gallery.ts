/** Every sample of every card, by `<file>.<sample>`: for the preview, the console's gallery and the tests. */
import { readdir } from 'node:fs/promises';
import type { Card } from '../src/chat/card.ts';

type CardFile = { readonly samples: Readonly<Record<string, Card>> };

/** Names of the files that hold a card: `orders-list`. */
export async function cardFiles(): Promise<string[]> {
  const files = await readdir(import.meta.dirname);
  return files
    .filter((file) => /^[a-z]+(-[a-z]+)+\.ts$/.test(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

export async function allSamples(): Promise<Record<string, Card>> {
  const names = await cardFiles();
  const files = await Promise.all(names.map((name): Promise<CardFile> => import(`./${name}.ts`)));
  return Object.fromEntries(
    files.flatMap(({ samples }, index) =>
      Object.entries(samples).map(([sample, card]) => [`${names[index]}.${sample}`, card]),
    ),
  );
}
