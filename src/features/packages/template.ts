import type { Ctx } from '../../bot/index.ts';
import type { Target } from '../bulk/kind.ts';
import { fold } from './cells.ts';
import { DETAIL_TITLES, EMAIL_TITLES, licenceTitle } from './header.ts';
import { MOST_ROWS } from './plan.ts';
import { loadFirstUsers } from './store.ts';
import { type Detail, LICENCES, type Package, type UserState } from './types.ts';
import { loadWorld } from './world.ts';

/** As Control Hub orders them; the address comes between the two. */
const NAMES = ['first_name', 'last_name', 'display_name'] as const satisfies readonly Detail[];
const MORE = ['extension', 'phone_number', 'location', 'preferred_site'] as const satisfies readonly Detail[];

/**
 * The customer's users as they are, in the form in which they can be sent back: unchanged, such a sheet changes
 * nothing. Who has two packages, which only hands can give, is named as an error on the way back. */
export async function templateRows(ctx: Ctx, target: Target): Promise<readonly (readonly string[])[]> {
  const { packages, sold } = await loadWorld(ctx, target, undefined);
  const users = await loadFirstUsers(ctx.db, target.organizationId, MOST_ROWS);
  const held = new Set(users.flatMap((user) => user.packages.map(({ product }) => product)));
  const columns = [...packages.values()].filter(({ id }) => sold.has(id) || held.has(id));
  const title = (name: Detail) => DETAIL_TITLES[name][0];
  const licences = LICENCES.map((name) => titleBeside(licenceTitle(name), [...packages.values()]));
  return [
    [
      ...NAMES.map(title),
      EMAIL_TITLES[0],
      ...MORE.map(title),
      ...licences,
      ...columns.map(({ name }) => name),
    ],
    ...users.map((user) => rowOf(user, columns)),
  ];
}

/** A column `Meetings` is the package of that name where there is one. */
function titleBeside(title: string, packages: readonly Package[]): string {
  return packages.some(({ name }) => fold(name) === fold(title)) ? `Basic ${title}` : title;
}

function rowOf({ email, details, licences, packages }: UserState, columns: readonly Package[]): string[] {
  const has = new Set(packages.map(({ product }) => product));
  return [
    ...NAMES.map((name) => details[name] ?? ''),
    email,
    ...MORE.map((name) => details[name] ?? ''),
    ...LICENCES.map((name) => truth(licences.includes(name))),
    // Who has no package at all would be removed by a row of FALSE alone.
    ...columns.map(({ id }) => (has.size === 0 ? '' : truth(has.has(id)))),
  ];
}

const truth = (on: boolean): string => (on ? 'TRUE' : 'FALSE');
