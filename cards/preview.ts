/** `npm run cards`: writes each sample as JSON into `cards/json/`, to be opened in a card designer. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allSamples } from './gallery.ts';

const folder = join(import.meta.dirname, 'json');
const samples = Object.entries(await allSamples());
await rm(folder, { recursive: true, force: true });
await mkdir(folder);
await Promise.all(
  samples.map(([name, card]) =>
    writeFile(join(folder, `${name}.json`), `${JSON.stringify(card, null, 2)}\n`),
  ),
);
process.stdout.write(`${samples.length} cards written to ${folder}\n`);
