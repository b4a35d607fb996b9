/** `npm run bench [-- <part> ...] [-- --quick]`: figures of this machine, and ratios that outlive it. */
import { benchAssociate } from './associate.ts';
import { benchCommands } from './commands.ts';
import { benchFindings } from './findings.ts';
import { benchGrowth } from './growth.ts';
import { benchHostile } from './hostile.ts';
import { benchJob } from './job.ts';
import { benchLookup } from './lookup.ts';
import { benchMeanwhile } from './meanwhile.ts';
import { benchRead } from './read.ts';
import { benchReconcile } from './reconcile.ts';
import { benchSearch } from './search.ts';
import { closeAll } from './support/closing.ts';
import { printed } from './support/table.ts';

const PARTS = {
  commands: benchCommands,
  read: benchRead,
  hostile: benchHostile,
  associate: benchAssociate,
  job: benchJob,
  meanwhile: benchMeanwhile,
  growth: benchGrowth,
  lookup: benchLookup,
  reconcile: benchReconcile,
  findings: benchFindings,
  search: benchSearch,
};
type Part = keyof typeof PARTS;

const isPart = (word: string): word is Part => Object.hasOwn(PARTS, word);

const words = process.argv.slice(2);
const quick = words.includes('--quick');
const named = words.filter((word) => word !== '--quick');
const unknown = named.filter((word) => !isPart(word));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. Parts: ${Object.keys(PARTS).join(', ')}.\n`);
  process.exit(1);
}
const chosen = named.length > 0 ? named.filter(isPart) : (Object.keys(PARTS) as Part[]);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void closeAll().finally(() => process.exit(1)));
}
try {
  for (const part of chosen) {
    process.stdout.write(printed(await PARTS[part](quick)));
    await closeAll();
  }
} finally {
  await closeAll();
}
