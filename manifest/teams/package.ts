import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { commandLists } from './commands.ts';
import { composeExtensions } from './compose.ts';
import manifest from './manifest.json' with { type: 'json' };
import { type ZipFile, zip } from './zip.ts';

/** What the app package is filled with: settings of the bot, and the version of `package.json`. */
export type Filling = {
  readonly MicrosoftAppId?: string | undefined;
  readonly PUBLIC_URL?: string | undefined;
  readonly version: string;
};
export type Packed = { readonly zip: Buffer } | { readonly problems: readonly string[] };

const PLACEHOLDER = /\bquartermaster\.example\b/g;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NO_GUID = /^[0-]+$/;

/** The app package of Teams: the manifest, filled in, with its icons. */
export async function packApp(filling: Filling): Promise<Packed> {
  const problems = wrongWith(filling);
  if (problems.length > 0) return { problems };
  const icons = await Promise.all(Object.values(manifest.icons).map(readIcon));
  const text = JSON.stringify(filled(filling), null, 2);
  return { zip: zip([{ name: 'manifest.json', bytes: Buffer.from(`${text}\n`) }, ...icons]) };
}

function wrongWith({ MicrosoftAppId: id, PUBLIC_URL: address, version }: Filling): string[] {
  const problems: string[] = [];
  if (!id?.trim()) {
    problems.push(
      'MicrosoftAppId is missing: the application id of the app registration, for example 12345678-90ab-cdef-1234-567890abcdef.',
    );
  } else if (!GUID.test(id.trim()) || NO_GUID.test(id.trim())) {
    problems.push(`MicrosoftAppId (${id}) is no application id like 12345678-90ab-cdef-1234-567890abcdef.`);
  }
  if (!address?.trim()) {
    problems.push('PUBLIC_URL is missing: the address of the bot, for example https://bot.example.com.');
  } else if (!isPublic(address.trim())) {
    problems.push(`PUBLIC_URL (${address}) is no address like https://bot.example.com, which Teams reaches.`);
  }
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    problems.push(
      `The version in package.json (${version}) is not three numbers like 1.2.0, which Teams asks for.`,
    );
  }
  return problems;
}

/** Azure calls the bot by https and by a name: https://learn.microsoft.com/azure/bot-service/bot-service-quickstart-registration */
function isPublic(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'https:' && url.hostname.includes('.') && isIP(url.hostname) === 0;
}

function filled({ MicrosoftAppId: id = '', PUBLIC_URL: address = '', version }: Filling) {
  const { host, hostname } = new URL(address.trim());
  const here: typeof manifest = JSON.parse(JSON.stringify(manifest).replace(PLACEHOLDER, host));
  const botId = id.trim().toLowerCase();
  return {
    ...here,
    version,
    id: botId,
    bots: here.bots.map((bot) => ({
      ...bot,
      botId,
      commandLists: commandLists(bot.supportsTargetedMessages),
    })),
    composeExtensions: composeExtensions(botId, hostname),
  };
}

const readIcon = async (name: string): Promise<ZipFile> => ({
  name,
  bytes: await readFile(new URL(name, import.meta.url)),
});
