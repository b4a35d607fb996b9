/** Whether what a vendor gives is a list of its subscriptions, and what kept it from giving one. */
import { z } from 'zod';

/** As much as a column of the books holds. */
const MOST = 2_147_483_647;
const text = z.string().refine((one) => !one.includes('\u0000'));
const units = z.int().min(0).max(MOST);

/** In the order in which they are told: of one that has no name nothing else can be. */
const row = z.object({
  subscription: text.refine((one) => one !== ''),
  sku: text,
  quantity: units,
  status: z.enum(['active', 'suspended', 'deleted']),
  domain: text.nullable(),
  assignments: z
    .array(z.object({ userName: text, units }))
    .refine((all) => all.reduce((sum, one) => sum + one.units, 0) <= MOST),
});

export type Wrong = {
  /** What the vendor calls the subscription, where it calls it anything. */
  readonly subscription: string | undefined;
  /** `quantity` */
  readonly part: string;
};

/** The first subscription of a page that can't be one, and what of it. */
export function wrongIn(page: readonly unknown[]): Wrong | undefined {
  for (const one of page) {
    const { error } = row.safeParse(one);
    if (error === undefined) continue;
    const named = row.pick({ subscription: true }).safeParse(one).data;
    return { subscription: named?.subscription, part: String(error.issues[0]?.path[0] ?? 'form') };
  }
  return undefined;
}

const AWAY = new Set([
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EPIPE',
    'ETIMEDOUT',
  ],
  ...['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_SOCKET'],
  ...['TimeoutError', 'AbortError'],
]);

/** The vendor was not reached, or did not answer in time; else it has answered something that is no use. */
export function isAway(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  const code = 'code' in fault ? String(fault.code) : '';
  return AWAY.has(code) || AWAY.has(fault.name) || isAway(fault.cause);
}
