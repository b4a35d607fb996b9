/**
 * Microsoft's hosts on this machine: whoever connects to them in this process by TLS comes here, and finds what the
 * documentation says is there. Nobody is connected to any other host.
 * Sources: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication,
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow,
 * https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
import { createSign, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import net from 'node:net';
import type { TestContext } from 'node:test';
import tls from 'node:tls';
import { listen } from './listen.ts';

export const SERVICE_URL = 'https://smba.trafficmanager.net/';
export const ISSUER = 'https://api.botframework.com';
const SIGN_IN = 'login.microsoftonline.com';
const KEYS = 'login.botframework.com';

type Claims = Readonly<Record<string, unknown>>;
/** What somebody asked a token with. */
export type Grant = { readonly path: string; readonly form: URLSearchParams };
type Found = { readonly status?: number; readonly body: unknown };

/** The keys that the Connector signs with: the second one is not for Teams. */
const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const signing = { 'key-1': pair(), 'key-web': pair(), 'key-unknown': pair() };
const published = { 'key-1': ['msteams'], 'key-web': ['webchat'] };

export const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** An `Authorization` as the Connector sends it, or tries to. */
export function token(claims: Claims, header: Claims = {}, key: keyof typeof signing = 'key-1'): string {
  const content = `${encode({ alg: 'RS256', kid: key, ...header })}.${encode(claims)}`;
  const { privateKey } = signing[key];
  return `Bearer ${content}.${createSign('RSA-SHA256').update(content).sign(privateKey, 'base64url')}`;
}

export type Microsoft = Awaited<ReturnType<typeof openMicrosoft>>;

/** `ports`: who listens for other hosts, by their name. */
export async function openMicrosoft(t: TestContext, ports: Readonly<Record<string, number>> = {}) {
  const grants: Grant[] = [];
  const connected: string[] = [];
  let refusal: Found | undefined;

  const server = createServer(async (request, response) => {
    const { status = 200, body } = await answer(request);
    // No connection outlives the test that it was made in.
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(body));
  });
  const { port, close } = await listen(server);
  t.after(close);

  async function answer(request: IncomingMessage): Promise<Found> {
    const { pathname } = new URL(request.url ?? '', `https://${request.headers.host}`);
    if (request.headers.host === KEYS) return keys(pathname);
    if (request.method !== 'POST') return signInAt(pathname);
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    grants.push({ path: pathname, form: new URLSearchParams(Buffer.concat(chunks).toString()) });
    return (
      refusal ?? { body: { token_type: 'Bearer', expires_in: 3599, access_token: `token-${grants.length}` } }
    );
  }

  const hosts: Readonly<Record<string, number>> = { [SIGN_IN]: port, [KEYS]: port, ...ports };
  const connect = (options: tls.ConnectionOptions) => {
    const host = options.servername || options.host || '';
    connected.push(host);
    const there = hosts[host];
    return there === undefined
      ? new net.Socket().destroy(new Error(`nobody here is ${host}`))
      : net.connect(there, '127.0.0.1');
  };
  t.mock.method(tls, 'connect', connect as unknown as typeof tls.connect);

  return {
    /** Whom the bot asked for tokens, and how. */
    grants,
    /** The hosts that were connected to. */
    connected,
    /** From now on nobody is given a token. */
    refuse(error: string, error_description: string) {
      refusal = { status: 401, body: { error, error_description, error_codes: [7_000_222] } };
    },
  };
}

function keys(path: string): Found {
  if (!path.endsWith('/keys')) {
    return { body: { issuer: ISSUER, jwks_uri: `https://${KEYS}/v1/.well-known/keys` } };
  }
  const all = Object.entries(published).map(([kid, endorsements]) => {
    const jwk = signing[kid as keyof typeof published].publicKey.export({ format: 'jwk' });
    return { ...jwk, kid, use: 'sig', endorsements };
  });
  return { body: { keys: all } };
}

function signInAt(path: string): Found {
  const [, tenant = ''] = path.split('/');
  const base = `https://${SIGN_IN}/${tenant}`;
  return {
    body: {
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    },
  };
}

/** The header and the claims of an assertion that this key signed; throws where it is signed by another. */
export function openAssertion(assertion: string, publicKey: KeyObject): { header: Claims; claims: Claims } {
  const [header = '', claims = '', signature = ''] = assertion.split('.');
  const read = (part: string): Claims => JSON.parse(Buffer.from(part, 'base64url').toString());
  const isPss = read(header).alg === 'PS256';
  const key = isPss ? { key: publicKey, padding: 6, saltLength: 32 } : publicKey;
  const isSigned = createVerify('RSA-SHA256')
    .update(`${header}.${claims}`)
    .verify(key, signature, 'base64url');
  if (!isSigned) throw new Error('signed by another key');
  return { header: read(header), claims: read(claims) };
}
