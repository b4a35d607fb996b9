import type { Activity } from 'botbuilder';
import type { Place } from '../../../chat/place.ts';
import { isServiceUrl } from '../identity/hosts.ts';
import type { TeamsOptions } from '../options.ts';
import { readAddress } from '../requests/places.ts';
import { dig, digText } from '../requests/request.ts';

/** Somebody by the id that Teams has for them with this bot. */
export type Reader = {
  readonly id: string;
  readonly name: string;
  /** Where Teams said it. */
  readonly email?: string | undefined;
};

/**
 * The place as one person alone sees it: what is posted there is a targeted message, gone after a day. They are a member of
 * the conversation. Source: https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages
 */
export function forOne(place: Place, { id, name, email }: Reader): Place {
  const { tenantId, ...address } = readAddress(place);
  const only = { id, name };
  return {
    ...place,
    ...(email !== undefined && { reader: email }),
    address: { ...address, ...(tenantId !== undefined && { tenantId }), only },
  };
}

/** Who alone sees what is posted to this place; nothing where everybody there does. */
export function readerOf({ address, kind }: Place): Reader | undefined {
  const id = digText(address, 'only', 'id');
  if (id === undefined || kind === 'personal') return undefined;
  return { id, name: digText(address, 'only', 'name') ?? '' };
}

/**
 * Whether a message for one person stays between the two there. A Connector that does not know the word shows the message to
 * everybody, as the Playground does (the client of local mode); Microsoft says nothing of the clouds of governments.
 */
export function keepsTargeted(
  place: Place,
  options: Pick<TeamsOptions, 'credentials' | 'targeted'>,
): boolean {
  const { credentials, targeted } = options;
  if (place.kind === 'personal') return false;
  if (targeted !== undefined) return targeted;
  const { serviceUrl } = readAddress(place);
  return (
    credentials !== undefined &&
    isServiceUrl(serviceUrl, false) &&
    URL.parse(serviceUrl)?.hostname === PUBLIC_CLOUD
  );
}

const PUBLIC_CLOUD = 'smba.trafficmanager.net';

/** Who said or pressed something. */
export const senderOf = ({ from }: Pick<Activity, 'from'>): Reader => ({
  id: from.id,
  name: from.name ?? '',
});

/** Of an activity: nobody but the bot sees it, as Teams vouches. */
export const isTargeted = (activity: { readonly recipient: object }): boolean =>
  dig(activity.recipient, 'isTargeted') === true;

/** Has each call of a connector be about what one person alone sees: the schema of botbuilder does not know the word. */
export function aimAtOne(connector: unknown): void {
  const { pipeline } = (connector as Pipelined).client;
  pipeline.addPolicy({
    name: 'targeted',
    sendRequest(request, next) {
      request.url += `${request.url.includes('?') ? '&' : '?'}isTargetedActivity=true`;
      return next(request);
    },
  });
}

/** The part of `@azure/core-client` under the connector that botbuilder gives no option for. */
type Pipelined = { client: { pipeline: { addPolicy(policy: Policy): void } } };
type Policy = {
  readonly name: string;
  sendRequest(request: { url: string }, next: (request: { url: string }) => unknown): unknown;
};
