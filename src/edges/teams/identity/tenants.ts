import type { Activity } from 'botbuilder';
import type { Credentials } from '../options.ts';
import { digText } from '../requests/request.ts';

/** Every tenant that an activity names: that of the conversation, and that of what Teams adds to it. */
export function tenantsOf({ channelData, conversation }: Activity): string[] {
  const named = [digText(channelData, 'tenant', 'id'), digText(conversation, 'tenantId')];
  return [...new Set(named.filter((id) => id !== undefined).map((id) => id.toLowerCase()))];
}

/** Whether the bot talks to the people of where this comes from. The Connector vouches for the tenant as for the rest of the activity. */
export function isAllowedTenant(activity: Activity, { tenants, tenantId }: Credentials): boolean {
  const allowed = tenants ?? (tenantId === undefined ? [] : [tenantId]);
  if (allowed === 'all') return true;
  const named = tenantsOf(activity);
  return named.length > 0 && named.every((id) => allowed.includes(id));
}
