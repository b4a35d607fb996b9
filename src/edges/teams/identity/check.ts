import type { Check } from '../../../chat/edge.ts';

const LONGEST_MS = 8_000;

export type Checking = {
  /** Asks Microsoft for a token with the bot's secret; nothing in local mode, which has none. */
  readonly signIn: (() => Promise<unknown>) | undefined;
};

/**
 * What can be known without a conversation. Which version of the app a team has installed, and whether the messages that
 * Teams sends arrive, nobody can ask Teams.
 */
export async function checkTeams({ signIn }: Checking): Promise<readonly Check[]> {
  return signIn === undefined ? [] : [await checkToken(signIn)];
}

async function checkToken(signIn: () => Promise<unknown>): Promise<Check> {
  const away = new Promise((_, reject) =>
    setTimeout(() => reject(new Error('no answer in time')), LONGEST_MS).unref(),
  );
  try {
    await Promise.race([signIn(), away]);
    return { what: 'Token', state: 'good', says: 'Microsoft gives the bot a token.' };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0]?.slice(0, 160) : String(error);
    return {
      what: 'Token',
      state: 'attention',
      says: `Microsoft gave the bot no token (${why}).`,
      remedy:
        'See whether the client secret or the certificate has expired, and MicrosoftAppId, MicrosoftAppTenantId and MicrosoftAppType.',
    };
  }
}
