/** How the status of an order looks. */
import type { Badge } from '../src/chat/card.ts';
import { badge } from './elements.ts';

export type OrderStatus =
  | 'Started'
  | 'Provisioning started'
  | 'Provisioning finished'
  | 'Provisioning failed'
  | 'Deleted'
  | 'Draft'
  | 'In progress'
  | 'Completed'
  | 'Completed with errors';

const STYLE = {
  Started: 'accent',
  'Provisioning started': 'accent',
  'Provisioning finished': 'good',
  'Provisioning failed': 'attention',
  Deleted: 'informative',
  Draft: 'informative',
  'In progress': 'accent',
  Completed: 'good',
  'Completed with errors': 'attention',
} as const satisfies Record<OrderStatus, Badge['style']>;

export function statusBadge(status: OrderStatus): Badge {
  return badge(status, STYLE[status]);
}

export const WAITS = 'Waits for approval';

/** The same of an order that may be begun, and wait for somebody to approve it. */
export const orderBadge = (of: {
  readonly status: OrderStatus;
  readonly waits?: boolean | undefined;
}): Badge => (of.waits ? badge(WAITS, 'warning') : statusBadge(of.status));

export function statusColor(status: OrderStatus) {
  const style = STYLE[status];
  return style === 'informative' ? 'default' : style;
}
