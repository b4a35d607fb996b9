/** What a resource is: the description and the checks come from it. */
import type { z } from 'zod';
import type { Ctx, Organization } from '../bot/index.ts';
import type { Viewer } from '../db/index.ts';
import { cursorOf, idIn } from './cursor.ts';
import type { Status } from './problem.ts';
import type { Page } from './store.ts';

/** Who asks, and what for: all of it checked. */
export type Call<P, Q, B> = Ctx & {
  readonly holder: Organization;
  readonly viewer: Viewer;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
};

export type Answer<R> = { readonly status: 200 | 201; readonly body: R };

type Parts<P, Q, B, R> = {
  readonly method: 'GET' | 'PUT';
  /** `/organizations/{externalId}` */
  readonly path: string;
  /** One word for programs that are made from the description. */
  readonly id: string;
  readonly summary: string;
  /** Whose keys it takes. */
  readonly takes: 'every key' | 'keys of the provider';
  readonly params: z.ZodType<P>;
  readonly query: z.ZodType<Q>;
  readonly body?: { readonly name: string; readonly schema: z.ZodType<B>; readonly example: unknown };
  readonly response: { readonly name: string; readonly schema: z.ZodType<R>; readonly example: R };
  /** What can go wrong beside what can with every request. */
  readonly refusals: readonly Status[];
};

export type Route = Parts<unknown, unknown, unknown, unknown> & {
  run(call: Call<unknown, unknown, unknown>): Promise<Answer<unknown>>;
};

/** A route whose values are checked before it sees them. */
export function route<P, Q, B, R>(
  of: Parts<P, Q, B, R> & { run(call: Call<P, Q, B>): Promise<Answer<R>> },
): Route {
  return of as unknown as Route;
}

export const ok = <R>(body: R): Answer<R> => ({ status: 200, body });

type Paging = { readonly limit: number; readonly cursor?: string | undefined };

/** The rows to load: one more than the page has, by which it is seen that there is a next one. */
export const rowsOf = ({ limit, cursor }: Paging): Page => ({
  after: (cursor === undefined ? undefined : idIn(cursor)) ?? 0,
  limit: limit + 1,
});

export function pageOf<Row extends { readonly id: number }, Item>(
  rows: readonly Row[],
  { limit }: Paging,
  item: (row: Row) => Item,
): Answer<{ items: Item[]; next: string | null }> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1)?.id : undefined;
  return ok({ items: shown.map(item), next: last === undefined ? null : cursorOf(last) });
}
