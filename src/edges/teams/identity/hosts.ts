import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';

/**
 * The Connector of each cloud. A token of the bot goes to these and to nobody else.
 * Source: `TeamsServiceEndpoints`, https://microsoft.github.io/Agents-for-js; azure/bot-service FAQ for botframework.com.
 */
const CONNECTORS = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
];
const CONNECTOR_DOMAINS = ['botframework.com'];
/** OneDrive and SharePoint of each cloud, where Teams keeps what people attach. */
const FILE_DOMAINS = ['sharepoint.com', 'sharepoint.us', 'sharepoint-mil.us', 'svc.ms'];
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Where the bot may send what it says. Local means: a client without credentials on this machine. */
export function isServiceUrl(address: string, local: boolean): boolean {
  const url = parse(address);
  if (url === undefined) return false;
  if (local) return isLoopbackUrl(url);
  return isPlainHttps(url) && (CONNECTORS.includes(url.hostname) || isUnder(url, CONNECTOR_DOMAINS));
}

/** Where the bot may fetch what somebody attached. */
export function isFileUrl(address: string, local: boolean): boolean {
  const url = parse(address);
  if (url === undefined) return false;
  return local ? isLoopbackUrl(url) : isPlainHttps(url) && isUnder(url, FILE_DOMAINS);
}

/**
 * Whether a request comes from a program on this machine. A page in a browser can't send JSON to another origin
 * unasked (https://fetch.spec.whatwg.org/#cors-safelisted-request-header), and names the host it believes in.
 */
export function isLocalProgram({ host, origin, 'content-type': type = '' }: IncomingHttpHeaders): boolean {
  const url = URL.parse(`http://${host}`);
  return url !== null && isLoopbackUrl(url) && origin === undefined && type.startsWith('application/json');
}

/** Whether a host name may lead to this address: only to this machine where local, never into a private net otherwise. */
export function mayConnect(address: string, local: boolean): boolean {
  const isV6 = isIP(address) === 6;
  if (local) return isV6 ? loopback.v6.check(address, 'ipv6') : loopback.v4.check(address);
  return isV6 ? !internal.v6.check(address, 'ipv6') : !internal.v4.check(address);
}

function parse(address: string): URL | undefined {
  const url = URL.parse(address);
  return url === null || url.username !== '' || url.password !== '' ? undefined : url;
}

const isPlainHttps = (url: URL): boolean => url.protocol === 'https:' && url.port === '';
const isUnder = (url: URL, domains: readonly string[]): boolean =>
  domains.some((domain) => url.hostname.endsWith(`.${domain}`));
const isLoopbackUrl = (url: URL): boolean =>
  (url.protocol === 'http:' || url.protocol === 'https:') && LOOPBACK.includes(url.hostname);

const loopback = { v4: subnets('127.0.0.0/8'), v6: subnets('::1/128') };

/**
 * Everything that is not the public internet: https://www.iana.org/assignments/iana-ipv4-special-registry and
 * iana-ipv6-special-registry. Two lists, since a list takes an IPv4 address for its form in IPv6 as well.
 */
const internal = {
  v4: subnets(
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/3',
  ),
  v6: subnets(
    '::/8',
    '64:ff9b::/16',
    '100::/8',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
    'fc00::/7',
    'fe80::/10',
    'ff00::/8',
  ),
};

function subnets(...ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits] = range.split('/');
    list.addSubnet(network, Number(bits), isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
