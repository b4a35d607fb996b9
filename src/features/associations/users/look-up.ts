import { type Asked, newOnce } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { pageOf } from '../../orders/rules.ts';
import { inCustomerView } from '../../organizations/view.ts';
import { noSuchUser, userDetails, userForm, WHICH_USER } from '../replies.ts';
import { notAnEmail, parseUser } from '../rules.ts';
import { loadAssociations } from '../store.ts';
import { userExists } from './store.ts';

/** `user alice@contoso.com`: all that one user has. */
export async function userCommand(asked: Asked, words: readonly string[], page = 1): Promise<Reply> {
  const word = words.join(' ');
  const user = parseUser(word);
  if (user === undefined) {
    const error = word === '' ? undefined : notAnEmail(word);
    return userForm({ user: word, error, once: newOnce() });
  }
  return inCustomerView(asked, async (view) => {
    const associations = await loadAssociations(view.db, view.viewer, view.customer.id, user);
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

/** The form that was sent: the user, as if the command had been typed, or the form with what is wrong. */
export async function findUser(asked: Asked, typed: string): Promise<Reply> {
  const word = typed.trim();
  const user = parseUser(word);
  if (user !== undefined) return { ...(await asked.again(asked, `user ${user}`)), position: 'instead' };
  const error = word === '' ? WHICH_USER : notAnEmail(word);
  return { ...userForm({ user: word, error, once: newOnce() }), position: 'instead' };
}
