import {
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import type { BotFrameworkAuthentication, ConnectorClient, ConnectorFactory } from 'botframework-connector';
import type { Credentials } from '../options.ts';
import { isServiceUrl } from './hosts.ts';

/**
 * Who may talk to the bot, and to whom the bot talks: every connection of the adapter, for an answer as
 * for a notice, is made by the factories from here.
 */
export function openAuthentication(credentials: Credentials | undefined): BotFrameworkAuthentication {
  const authentication = new ConfigurationBotFrameworkAuthentication(settings(credentials));
  const local = credentials === undefined;
  const guard = (factory: ConnectorFactory): ConnectorFactory => guarded(factory, local);
  const { authenticateRequest, createConnectorFactory } = authentication;
  authentication.createConnectorFactory = (identity) =>
    guard(createConnectorFactory.call(authentication, identity));
  authentication.authenticateRequest = async (activity, header) => {
    const result = await authenticateRequest.call(authentication, activity, header);
    return { ...result, connectorFactory: authentication.createConnectorFactory(result.claimsIdentity) };
  };
  return authentication;
}

const SCOPE = 'https://api.botframework.com';
const LOGIN = 'https://login.microsoftonline.com/';

/** Asks Microsoft for a new token, as each post needs one. Rejects where the bot is given none. */
export const signIn = (credentials: Credentials): Promise<string> => askFor(credentials, SCOPE, true);

/**
 * A token is good for ten minutes at least.
 * Source: https://learn.microsoft.com/entra/identity-platform/configurable-token-lifetimes
 */
const KEPT_MS = 5 * 60 * 1000;
const MOST_KEPT = 1000;
const kept = new Map<string, { readonly until: number; readonly token: Promise<string> }>();

/**
 * A token of the bot's own for another service of Microsoft's, `https://graph.microsoft.com`. Botbuilder keeps one for each app
 * and service: the token of one tenant would be another one's, so those are kept here.
 */
export function tokenFor(credentials: Credentials, scope: string): Promise<string> {
  const { appId, tenantId, type } = credentials;
  // Its one tenant is that of the machine.
  if (type === 'UserAssignedMSI') return askFor(credentials, scope, false);
  const key = JSON.stringify([appId, tenantId, scope]);
  const known = kept.get(key);
  if (known !== undefined && known.until > Date.now()) return known.token;
  if (kept.size >= MOST_KEPT) kept.clear();
  const token = askFor(credentials, scope, true);
  kept.set(key, { until: Date.now() + KEPT_MS, token });
  token.catch(() => kept.delete(key));
  return token;
}

async function askFor(credentials: Credentials, scope: string, anew: boolean): Promise<string> {
  const { appId, tenantId = 'botframework.com' } = credentials;
  const factory = new ConfigurationServiceClientCredentialFactory(settings(credentials));
  const app = await factory.createCredentials(appId, scope, LOGIN + tenantId, true);
  return (app as unknown as { getToken(forceRefresh: boolean): Promise<string> }).getToken(anew);
}

/** By the names that botbuilder has for them. */
function settings(credentials: Credentials | undefined) {
  if (credentials === undefined) return {};
  const { appId, password, certificate, tenantId, type = 'MultiTenant' } = credentials;
  return {
    MicrosoftAppId: appId,
    MicrosoftAppType: type,
    ...(password !== undefined && { MicrosoftAppPassword: password }),
    ...(certificate && {
      CertificateThumbprint: certificate.thumbprint,
      CertificatePrivateKey: certificate.privateKey,
    }),
    ...(tenantId !== undefined && { MicrosoftAppTenantId: tenantId }),
  };
}

/** Botbuilder posts to any URL that it is told, with the bot's token: so the URL is checked here. */
function guarded(factory: ConnectorFactory, local: boolean): ConnectorFactory {
  return {
    async create(serviceUrl, audience) {
      if (!isServiceUrl(serviceUrl, local)) throw new ForeignService(serviceUrl);
      return singleMinded(await factory.create(serviceUrl, audience));
    },
  };
}

export class ForeignService extends Error {
  override name = 'ForeignService';

  constructor(serviceUrl: string) {
    super(`not a service of Teams: ${serviceUrl}`);
  }
}

/**
 * One call is one request. The client would send a post again after a 502, which shows it twice where the
 * first one arrived, and follow a redirect off the checked host; the jobs of the bot try again by themselves.
 */
function singleMinded(connector: ConnectorClient): ConnectorClient {
  const { pipeline } = (connector as unknown as Pipelined).client;
  for (const name of ['defaultRetryPolicy', 'redirectPolicy']) pipeline.removePolicy({ name });
  return connector;
}

/** The part of `@azure/core-client` under the connector that botbuilder gives no option for. */
type Pipelined = { client: { pipeline: { removePolicy(options: { name: string }): unknown } } };
