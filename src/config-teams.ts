// The part of the configuration that is about Teams.
import { createPrivateKey } from 'node:crypto';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const AN_ID = '00000000-0000-0000-0000-000000000000';
const A_TENANT = '11111111-2222-3333-4444-555555555555';

type Values = {
  readonly [Name in
    | 'MicrosoftAppId'
    | 'MicrosoftAppPassword'
    | 'MicrosoftAppTenantId'
    | 'CertificateThumbprint'
    | 'CertificatePrivateKey']?: string | undefined;
} & {
  readonly MicrosoftAppType: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI';
  readonly TEAMS_TENANTS: string;
  readonly TEAMS_GRAPH_FILES: '0' | '1';
};

export type TeamsConfig = {
  readonly appId: string;
  readonly type: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI';
  /** What the bot proves itself by: one of the two, or neither, where it is by a managed identity. */
  readonly password?: string;
  readonly certificate?: { readonly thumbprint: string; readonly privateKey: string };
  readonly tenantId?: string;
  /** Whose people are talked to. */
  readonly tenants: readonly string[] | 'all';
  /** Files of channels and group chats are read by Microsoft Graph. */
  readonly graphFiles: boolean;
};

/** Settings of Teams that belong together and are only partly there, or are not what they should be. */
export function missingOfTeams(values: Values): string[] {
  const { MicrosoftAppId: id, MicrosoftAppType: type, MicrosoftAppTenantId: tenant } = values;
  const { MicrosoftAppPassword: password, CertificateThumbprint: print, CertificatePrivateKey: key } = values;
  if (!id) {
    const given = password || key || print || values.TEAMS_GRAPH_FILES === '1';
    return given ? [`MicrosoftAppId is missing: the application id, for example ${AN_ID}.`] : [];
  }
  const lines = [...wrongProof(values), ...wrongTenants(values)];
  if (!GUID.test(id)) lines.push(`MicrosoftAppId is no application id like ${AN_ID} (it is "${id}").`);
  if (!tenant && type !== 'MultiTenant') {
    lines.push(`MicrosoftAppTenantId is missing: a ${type} app has a tenant, for example ${A_TENANT}.`);
  }
  // By a domain it could not be told whose people are those of the own tenant.
  if (tenant && !GUID.test(tenant)) {
    lines.push(`MicrosoftAppTenantId is no tenant id like ${A_TENANT} (it is "${tenant}").`);
  }
  return lines;
}

function wrongProof(values: Values): string[] {
  const { MicrosoftAppType: type, MicrosoftAppPassword: password } = values;
  const { CertificateThumbprint: print, CertificatePrivateKey: key } = values;
  if (type === 'UserAssignedMSI') {
    return password || print || key
      ? ['MicrosoftAppType is UserAssignedMSI, which needs no password and no certificate: leave them out.']
      : [];
  }
  if (print || key) {
    if (password) return ['MicrosoftAppPassword and a certificate are two proofs: leave one out.'];
    if (!print)
      return ['CertificateThumbprint is missing: it stands beside the certificate in the app registration.'];
    if (!key) return ['CertificatePrivateKey is missing: the private key of the certificate, as PEM.'];
    return isPrivateKey(key)
      ? []
      : [
          'CertificatePrivateKey is no private key of RSA as PEM, which begins with -----BEGIN PRIVATE KEY-----.',
        ];
  }
  return password
    ? []
    : ['MicrosoftAppPassword is missing: the client secret of the app registration, for example abc8Q~….'];
}

function wrongTenants({
  TEAMS_TENANTS,
  MicrosoftAppType: type,
  MicrosoftAppTenantId: own,
}: Values): string[] {
  const named = listOf(TEAMS_TENANTS);
  if (named.length === 0) {
    return type === 'MultiTenant' && !own
      ? [
          `TEAMS_TENANTS is missing: the tenants whose people the bot talks to, for example ${A_TENANT}, or * for all.`,
        ]
      : [];
  }
  return named
    .filter((one) => one !== '*' && !GUID.test(one))
    .map((one) => `TEAMS_TENANTS has "${one}", which is no tenant id like ${A_TENANT}.`);
}

const listOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((one) => one !== '');

/** Many ways to set an environment variable know no line breaks. */
const pemOf = (key: string) => key.replaceAll('\\n', '\n');

/** Microsoft takes RSA keys alone. Source: https://learn.microsoft.com/entra/identity-platform/certificate-credentials */
function isPrivateKey(key: string): boolean {
  try {
    return createPrivateKey(pemOf(key)).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

export function teamsOf(values: Values): TeamsConfig | undefined {
  const { MicrosoftAppId: id, MicrosoftAppPassword: password, MicrosoftAppType: type } = values;
  const { CertificateThumbprint: thumbprint, CertificatePrivateKey: key } = values;
  const tenantId = values.MicrosoftAppTenantId?.toLowerCase();
  if (!id) return undefined;
  const named = listOf(values.TEAMS_TENANTS);
  return {
    appId: id.toLowerCase(),
    type,
    ...(password && { password }),
    ...(thumbprint && key && { certificate: { thumbprint, privateKey: pemOf(key) } }),
    ...(tenantId && { tenantId }),
    tenants: named.includes('*') ? 'all' : [...named, ...(tenantId ? [tenantId] : [])],
    graphFiles: values.TEAMS_GRAPH_FILES === '1',
  };
}
