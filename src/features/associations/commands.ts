import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { withService } from '../orders/find.ts';
import { pageOf } from '../orders/rules.ts';
import { inCustomerView } from '../organizations/view.ts';
import { associate } from './associate.ts';
import { showAssociateForm, showMoveForm, showReleaseForm } from './forms.ts';
import { move } from './move.ts';
import { release } from './release.ts';
import {
  associateOutcome,
  moveOutcome,
  noSuchUser,
  releaseOutcome,
  userDetails,
  whichUser,
} from './replies.ts';
import { notAnEmail, notUnits, parseUnits, parseUser, parseUsers } from './rules.ts';
import { loadAssociations, userExists } from './store.ts';

type Words = readonly string[];
const isUser = (word: string) => word.includes('@');

/** The word at the end that says how many, where one follows the users. */
function splitUnits(words: Words): { rest: Words; amount: string | undefined } {
  const last = words.at(-1);
  if (words.length < 2 || last === undefined || isUser(last)) return { rest: words, amount: undefined };
  return { rest: words.slice(0, -1), amount: last };
}

/** `associate 10023/1 alice@contoso.com 2`; with less, the form with what is known. */
export async function associateCommand(asked: Asked, words: Words): Promise<Reply> {
  const [first] = words;
  if (first === undefined) return inCustomerView(asked, (view) => showAssociateForm(view, {}));
  if (isUser(first))
    return inCustomerView(asked, (view) => showAssociateForm(view, { users: words.join('\n') }));
  const again = (ref: string) => ['associate', ref, ...words.slice(1)].join(' ');
  return withService(asked, first, again, async (view, service) => {
    if (words.length === 1) return showAssociateForm(view, { service: service.ref });
    const { rest, amount } = splitUnits(words);
    const units = amount === undefined ? 1 : parseUnits(amount);
    const { wanted, errors } = parseUsers(rest.slice(1).join('\n'), units ?? 1);
    if (units === undefined || errors.length > 0) {
      const values = { service: service.ref, users: rest.slice(1).join('\n'), units: amount ?? '1' };
      return showAssociateForm(view, values, {
        users: errors.length > 0 ? errors : undefined,
        units: units === undefined ? notUnits(amount ?? '') : undefined,
      });
    }
    return associateOutcome(view, service, wanted, await associate(view, service, wanted));
  });
}

/** `release 10023/1 alice@contoso.com 1`; without units all that the user has. */
export async function releaseCommand(asked: Asked, words: Words): Promise<Reply> {
  const [first, name, amount] = words;
  if (first === undefined) return inCustomerView(asked, (view) => showReleaseForm(view, {}));
  if (isUser(first)) return inCustomerView(asked, (view) => showReleaseForm(view, { user: first }));
  const again = (ref: string) => ['release', ref, ...words.slice(1)].join(' ');
  return withService(asked, first, again, async (view, service) => {
    if (name === undefined) return showReleaseForm(view, { service: service.ref });
    const user = parseUser(name);
    const units = amount === undefined ? undefined : parseUnits(amount);
    if (user === undefined || (amount !== undefined && units === undefined)) {
      const values = { service: service.ref, user: name, units: amount ?? '' };
      return showReleaseForm(view, values, {
        user: user === undefined ? notAnEmail(name) : undefined,
        units: amount !== undefined && units === undefined ? notUnits(amount) : undefined,
      });
    }
    return releaseOutcome(view, service, user, await release(view, service, user, units));
  });
}

/** `move alice@contoso.com 10023/1 10023/2 1`; without units all that the user has. */
export async function moveCommand(asked: Asked, words: Words): Promise<Reply> {
  const [name = '', from, to, amount] = words;
  if (from === undefined || to === undefined) {
    return inCustomerView(asked, (view) => showMoveForm(view, { user: name, from: from ?? '' }));
  }
  const withTarget = (ref: string) => ['move', name, from, ref, ...words.slice(3)].join(' ');
  const withSource = (ref: string) => ['move', name, ref, to, ...words.slice(3)].join(' ');
  return withService(asked, from, withSource, (view, source) =>
    withService(view, to, withTarget, async (_, target) => {
      const user = parseUser(name);
      const units = amount === undefined ? undefined : parseUnits(amount);
      if (user === undefined || (amount !== undefined && units === undefined)) {
        const values = { user: name, from: source.ref, to: target.ref, units: amount ?? '' };
        return showMoveForm(view, values, {
          user: user === undefined ? notAnEmail(name) : undefined,
          units: amount !== undefined && units === undefined ? notUnits(amount) : undefined,
        });
      }
      const moving = { user, from: source, to: target };
      return moveOutcome(
        view,
        moving,
        await move(view, { ...moving, ...(units !== undefined && { units }) }),
      );
    }),
  );
}

/** `user alice@contoso.com`: all that one user has. */
export async function userCommand(asked: Asked, words: Words, page = 1): Promise<Reply> {
  const word = words.join(' ');
  const user = parseUser(word);
  if (user === undefined) return whichUser(word);
  return inCustomerView(asked, async (view) => {
    const associations = await loadAssociations(view.db, view.customer.id, user);
    if (associations.length === 0 && !(await userExists(view.db, view.customer.id, user))) {
      return noSuchUser(view.customer.name, user);
    }
    const paging = pageOf(page, associations.length);
    return userDetails({
      ...paging,
      organization: view.customer.name,
      user,
      units: associations.reduce((sum, { units }) => sum + units, 0),
      associations: associations
        .slice((paging.page - 1) * 10, paging.page * 10)
        .map(({ number, position, product, units }) => ({
          service: `${number}/${position}`,
          product,
          units,
        })),
    });
  });
}
