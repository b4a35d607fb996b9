import type { Check } from '../../../chat/edge.ts';
import { tokenFor } from '../identity/authentication.ts';
import type { Credentials, TeamsOptions } from '../options.ts';
import { dig } from '../requests/request.ts';
import { GRAPH, type Graph, openGraph } from './graph.ts';

/** What files of channels and group chats take: to read the message, and to read the file. */
const PERMISSIONS = ['ChannelMessage.Read.All', 'Chat.Read.All', 'Files.Read.All'];

/** Nothing, where the files of channels and group chats are not to be read by Graph. */
export function openGraphFor({ graph, credentials, log }: TeamsOptions): Graph | undefined {
  if (graph === undefined) return undefined;
  const { base, token = graphToken(credentials) } = graph;
  return openGraph({ base, token, local: credentials === undefined, log });
}

/** A bot of several tenants asks each for the token that is good there. */
const graphToken =
  (credentials: Credentials | undefined) =>
  (tenant: string | undefined): Promise<string> => {
    if (credentials === undefined) throw new Error('there are no credentials to ask Graph with');
    const { type = 'MultiTenant' } = credentials;
    const there = type === 'MultiTenant' && tenant !== undefined;
    return tokenFor(there ? { ...credentials, type: 'SingleTenant', tenantId: tenant } : credentials, GRAPH);
  };

/** Whether the bot may read the files of channels and group chats, as far as its own tenant says. */
export async function checkGraph({ graph, credentials }: TeamsOptions): Promise<readonly Check[]> {
  if (graph === undefined) return [];
  const { token = graphToken(credentials) } = graph;
  const what = 'Files of channels';
  if (isOfNoTenant(credentials)) {
    const says = `Each tenant decides for itself whether the bot may read them: an admin there consents to ${PERMISSIONS.join(', ')}.`;
    return [{ what, state: 'note', says }];
  }
  const remedy = `Have an admin of the tenant consent to ${PERMISSIONS.join(', ')} for the app, or leave TEAMS_GRAPH_FILES out: then people send files to the bot alone.`;
  try {
    const missing = missingIn(await token(credentials?.tenantId));
    return missing.length === 0
      ? [{ what, state: 'good', says: 'The bot may read the files of channels and group chats.' }]
      : [{ what, state: 'attention', says: `The bot may not read them: ${missing.join(', ')}.`, remedy }];
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0]?.slice(0, 160) : String(error);
    return [
      { what, state: 'attention', says: `Microsoft gave the bot no token for Graph (${why}).`, remedy },
    ];
  }
}

/** An app of several tenants and none of its own: there is no one tenant to ask. */
const isOfNoTenant = (credentials: Credentials | undefined): boolean =>
  credentials !== undefined && credentials.tenantId === undefined;

/** What the admin consented to stands in the token. Source: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference (`roles`) */
function missingIn(token: string): readonly string[] {
  const [, payload = ''] = token.split('.');
  const roles = dig(JSON.parse(Buffer.from(payload, 'base64url').toString()), 'roles');
  const granted = Array.isArray(roles) ? roles : [];
  return PERMISSIONS.filter((one) => !granted.some((role) => covers(role, one)));
}

/** Who may write may read. */
const covers = (role: unknown, permission: string): boolean =>
  role === permission || role === permission.replace('.Read.', '.ReadWrite.');
