import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { quoted } from '../../chat/words.ts';
import { withService } from '../orders/find.ts';
import { parseServiceRef } from '../orders/rules.ts';
import { inCustomerView } from '../organizations/view.ts';
import { associate } from './associate.ts';
import { showAssociateForm, showMoveForm, showReleaseForm } from './forms.ts';
import { move } from './move.ts';
import { release } from './release.ts';
import { associateOutcome, moveOutcome, nothingToAssociate, releaseOutcome } from './replies.ts';
import { notAnEmail, notUnits, parseUnits, parseUser, parseUsers } from './rules.ts';

type Words = readonly string[];
/** Slack allows 2,000 characters in what a button sends. */
const LONGEST_BUTTON = 1500;
const isUser = (word: string) => word.includes('@');

/** What a command names: the service, in one word or several, and what follows it. */
function splitService(asked: Asked, words: Words): { service: string; rest: Words } {
  const refers = (word: string) => parseServiceRef(asked.settings.orderPrefix, word) !== undefined;
  const ref = words.findIndex(refers);
  if (ref >= 0) return { service: words[ref] ?? '', rest: words.toSpliced(ref, 1) };
  const user = words.findIndex(isUser);
  const name = user < 0 ? words : words.slice(0, user);
  return { service: name.join(' '), rest: words.slice(name.length) };
}

/** One user a line with what follows them; units that only follow the last one are for all of them. */
function splitUsers(words: Words): { users: string; amount: string } {
  const users = words.findLastIndex(isUser) + 1;
  const [amount = '1', ...more] = words.slice(users);
  const isAmount = users > 0 || /\d/.test(amount);
  const forAll = isAmount && more.length === 0 && words.slice(0, users).every(isUser);
  const lines: string[] = [];
  for (const word of forAll ? words.slice(0, users) : words) {
    if (isUser(word) || lines.length === 0) lines.push(word);
    else lines.push(`${lines.pop()} ${word}`);
  }
  return { users: lines.join('\n'), amount: forAll ? amount : '1' };
}

/** `associate 10023/1 alice@contoso.com 2`; with less, the form with what is known. */
export async function associateCommand(asked: Asked, words: Words): Promise<Reply> {
  const { service: name, rest } = splitService(asked, words);
  const { users, amount } = splitUsers(rest);
  if (name === '') {
    return inCustomerView(asked, (view) => showAssociateForm(view, { users, units: amount }));
  }
  const again = (ref: string) => {
    const command = ['associate', ref, ...rest].join(' ');
    return command.length > LONGEST_BUTTON ? `associate ${ref}` : command;
  };
  return withService(asked, name, again, async (view, service) => {
    if (service.machines !== null) return nothingToAssociate(view.customer.name, service);
    if (rest.length === 0) return showAssociateForm(view, { service: service.ref });
    const units = parseUnits(amount);
    const { wanted, errors } = parseUsers(users, units ?? 1);
    if (units === undefined || errors.length > 0) {
      const values = { service: service.ref, users, units: amount };
      return showAssociateForm(view, values, {
        users: errors.length > 0 ? errors : undefined,
        units: units === undefined ? notUnits(amount) : undefined,
      });
    }
    return associateOutcome(view, service, wanted, await associate(view, service, wanted));
  });
}

/** `release 10023/1 alice@contoso.com 1`; without units all that the user has. */
export async function releaseCommand(asked: Asked, words: Words): Promise<Reply> {
  const { service: which, rest } = splitService(asked, words);
  const [name, amount] = rest;
  if (which === '') {
    const values = {
      ...(name !== undefined && { user: name }),
      ...(amount !== undefined && { units: amount }),
    };
    return inCustomerView(asked, (view) => showReleaseForm(view, values));
  }
  const again = (ref: string) => ['release', ref, ...rest].join(' ');
  return withService(asked, which, again, async (view, service) => {
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
  const again = (source: string, target: string) =>
    ['move', name, source, target, ...words.slice(3)].join(' ');
  const withSource = (ref: string) => again(ref, quoted(to));
  return withService(asked, from, withSource, (view, source) => {
    const withTarget = (ref: string) => again(source.ref, ref);
    return withService(view, to, withTarget, async (_, target) => {
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
    });
  });
}
