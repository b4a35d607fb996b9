import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { InstallOptions } from '../options.ts';

/** How long somebody may take to install the bot. */
export const lifeSeconds = 10 * 60;

/** What goes to Slack with somebody who installs the bot, and comes back: sealed by the bot, and good once. */
export function newState(seal: InstallOptions['seal'], now: Date): string {
  const id = randomBytes(16).toString('base64url');
  const until = Math.floor(now.getTime() / 1_000) + lifeSeconds;
  return `${id}.${until}.${sealOf(seal, id, until)}`;
}

/** Whether the bot made it, not long ago, and it did not come back before. */
export async function takeState(
  { seal, installations }: Pick<InstallOptions, 'seal' | 'installations'>,
  state: string,
  now: Date,
): Promise<boolean> {
  const [, id = '', seconds = '', given = ''] = /^([\w-]{22})\.(\d{1,12})\.([\w-]+)$/.exec(state) ?? [];
  const until = Number(seconds);
  if (!isSame(given, sealOf(seal, id, until)) || until * 1_000 < now.getTime()) return false;
  return installations.spend(id, new Date(until * 1_000));
}

const sealOf = (seal: InstallOptions['seal'], id: string, until: number) =>
  seal(`slack install ${id} ${until}`);

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
