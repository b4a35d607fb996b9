const MAX_HEADER = 4096;
const ISSUER = 'https://api.botframework.com';
const BEARER = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/;

/**
 * Whether a request is worth verifying: the token claims to be the Connector's, in the one shape that
 * the Connector uses. What botbuilder's verification is not given it cannot stumble over: it throws on
 * other algorithms, and keeps four entries for ever for each unseen `tid`, whoever the issuer is.
 * Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 * (the Connector's token has no `tid`).
 */
export function claimsToBeConnector(authorization: string | undefined): authorization is string {
  if (authorization === undefined || authorization.length > MAX_HEADER) return false;
  const [, header, payload] = BEARER.exec(authorization) ?? [];
  const claims = decode(payload);
  return decode(header)?.alg === 'RS256' && claims?.iss === ISSUER && !('tid' in claims);
}

function decode(part: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
