/** `npm run teams:package [-- file]`: writes the app package, to be uploaded in Teams. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import bot from '../../package.json' with { type: 'json' };
import manifest from './manifest.json' with { type: 'json' };
import { packApp } from './package.ts';

const { MicrosoftAppId, PUBLIC_URL } = process.env;
const packed = await packApp({ MicrosoftAppId, PUBLIC_URL, version: bot.version });
if ('problems' in packed) {
  for (const problem of packed.problems) process.stderr.write(`${problem}\n`);
  process.exit(1);
}
const path = process.argv[2] ?? join(import.meta.dirname, '../../dist/quartermaster-teams.zip');
await mkdir(dirname(path), { recursive: true });
await writeFile(path, packed.zip);
process.stdout.write(`The app package for Teams is ${relative(process.cwd(), path)}\n`);
const { privacyUrl, termsOfUseUrl } = manifest.developer;
if (`${privacyUrl} ${termsOfUseUrl}`.includes('quartermaster.example')) {
  process.stdout.write(
    'People who open its privacy or terms page find nothing yet: put yours into developer in manifest/teams/manifest.json, and make it again.\n',
  );
}
