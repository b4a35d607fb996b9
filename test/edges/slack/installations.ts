import { createHmac, randomUUID } from 'node:crypto';
import type { Installation, Installations, Installed } from '../../../src/chat/installation.ts';
import type { SlackOptions } from '../../../src/edges/slack/index.ts';
import { type Answers, type Call, openBoth } from './rig.ts';

export const redirectUrl = 'https://bot.example.com/slack/oauth_redirect';

/** Installations kept as the database keeps them; `renewing` is who renews. */
export function installationsInMemory(now: () => number = Date.now) {
  const rows = new Map<string, Installed>();
  const renewing = new Map<string, number>();
  const spent = new Set<string>();
  const isNow = ({ workspace, version }: Installed) => rows.get(workspace)?.version === version;
  const put = ({ workspace, ...rest }: Installation) =>
    void rows.set(workspace, { workspace, ...rest, version: randomUUID() });
  const store: Installations = {
    find: async (workspace) => rows.get(workspace),
    all: async () => [...rows.values()],
    save: async (installation) => put(installation),
    forget: async (installed) => isNow(installed) && rows.delete(installed.workspace),
    async beginRenewal(installed) {
      if (!isNow(installed) || (renewing.get(installed.version) ?? 0) > now()) return false;
      renewing.set(installed.version, now() + 60_000);
      return true;
    },
    async renewed(installed, access) {
      if (!isNow(installed)) return false;
      put({ ...installed, access });
      return true;
    },
    async endRenewal({ version }) {
      renewing.delete(version);
    },
    async spend(id) {
      const isFirst = !spent.has(id);
      spent.add(id);
      return isFirst;
    },
  };
  return { ...store, rows };
}

export const installation = (workspace: string, more: Partial<Installation> = {}): Installation => ({
  workspace,
  name: `Team ${workspace}`,
  botUser: `UBOT${workspace}`,
  bot: `B${workspace}`,
  installedBy: 'U1',
  access: { token: `xoxb-${workspace}` },
  ...more,
});

type Install = NonNullable<SlackOptions['install']>;

/** The edge in many workspaces, of which T1 is the provider's own, before a Slack that answers as a test says. */
export async function openMany(
  answers: Answers = () => undefined,
  { install = {}, ...options }: Partial<Omit<SlackOptions, 'install'>> & { install?: Partial<Install> } = {},
) {
  const installations = installationsInMemory(options.now);
  const edge = {
    ...options,
    install: {
      clientId: '1.2',
      clientSecret: 'client-secret',
      redirectUrl,
      allowed: [
        { id: 'T1', domains: 'all' as const },
        { id: 'T2', domains: ['contoso.example'] },
        { id: 'E1', domains: 'all' as const },
      ],
      installations,
      seal: (text: string) => createHmac('sha256', 'hush').update(text).digest('base64url'),
      ...install,
    },
  };
  return { ...(await openBoth(() => answers, edge)), options: edge, installations };
}

/** The token that a call was made with. */
export const tokenOf = ({ headers, body }: Call): string =>
  String(headers.authorization ?? body.token ?? '').replace('Bearer ', '');
