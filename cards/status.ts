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

export function statusColor(status: OrderStatus) {
  const style = STYLE[status];
  return style === 'informative' ? 'default' : style;
}
