/** The form that has an account made in the portal of a provider: sync options, save and synchronize. */
import type { Card } from '../src/chat/card.ts';
import { type AccountState, stateBadge } from './accounts.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { callout, card, facts, subtle } from './elements.ts';
import { choiceInput, field, required, textInput } from './fields.ts';
import { dateTime } from './format.ts';

export type AccountsSync = {
  readonly organization: string;
  readonly offering: string;
  /** `<organization>-<offering>`, by their ids. */
  readonly account: string;
  readonly state: AccountState;
  /** Of the account that there is. */
  readonly portalAccount?: string | undefined;
  readonly synchronizedAt?: string | undefined;
  readonly error?: string | undefined;
  /** The reseller whose account is the parent. */
  readonly parentName?: string | undefined;
  /** As typed. */
  readonly values: { readonly parent: string; readonly userName: string; readonly role: string };
  readonly errors?:
    | {
        readonly parent?: string | undefined;
        readonly userName?: string | undefined;
        readonly role?: string | undefined;
      }
    | undefined;
  readonly once: string;
};

export function accountsSyncCard(data: AccountsSync): Card {
  const { organization, offering, account, state, portalAccount, synchronizedAt, error } = data;
  const { parentName, values, errors, once: token } = data;
  const parent = textInput({
    id: 'parent',
    label: parentName === undefined ? 'Parent account (none)' : `Parent account (${parentName})`,
    placeholder: 'Blank',
    maxLength: 100,
    ...(values.parent && { value: values.parent }),
  });
  const userName = textInput({
    id: 'userName',
    label: `Username: an existing e-mail address of ${organization}`,
    placeholder: 'name@company.example',
    style: 'email',
    maxLength: 254,
    ...(values.userName && { value: values.userName }),
  });
  const role = choiceInput({
    id: 'role',
    label: 'Role',
    style: 'compact',
    choices: [
      { title: 'Reseller', value: 'Reseller' },
      { title: 'User', value: 'User' },
    ],
    ...(values.role && { value: values.role }),
  });
  return card({
    organization,
    title: `Sync options: ${offering}`,
    badge: stateBadge(state),
    body: [
      facts([
        ['Account', portalAccount],
        ['Synchronized', synchronizedAt && dateTime(synchronizedAt)],
      ]),
      error === undefined ? undefined : callout(`The provider said: ${error}`, 'attention'),
      ...field(parent, errors?.parent),
      ...field(required(userName), errors?.userName),
      ...field(required(role), errors?.role),
      subtle('The activation e-mail with the credentials goes to the username.', 'medium'),
    ],
    actions: [
      submitButton('Save & synchronize', 'accounts.save', { account, once: token }),
      commandButton('All accounts', 'sync'),
    ],
  });
}

const values = { parent: 'acc-3f9a1c', userName: 'carla@contoso.example', role: 'User' };
const demo: AccountsSync = {
  organization: 'Contoso',
  offering: 'Azure Pack',
  account: '3-4',
  state: 'not synchronized',
  parentName: 'Northwind Partners',
  values,
  once,
};

export const samples: Record<string, Card> = {
  customer: accountsSyncCard(demo),
  reseller: accountsSyncCard({
    ...demo,
    organization: 'Northwind Partners',
    parentName: undefined,
    values: { parent: '', userName: 'nora@northwind.example', role: 'Reseller' },
  }),
  again: accountsSyncCard({
    ...demo,
    state: 'synchronized',
    portalAccount: 'acc-77be02',
    synchronizedAt: '2026-11-21T14:05:00Z',
  }),
  failed: accountsSyncCard({
    ...demo,
    state: 'failed',
    error: 'e-mail address invalid for the customer',
  }),
  errors: accountsSyncCard({
    ...demo,
    values: { parent: '', userName: 'bob@elsewhere.example', role: 'Reseller' },
    errors: {
      parent: 'The parent account is that of Northwind Partners: acc-3f9a1c.',
      userName: 'bob@elsewhere.example is not an e-mail address of Contoso. It has carla@contoso.example.',
      role: 'A customer has the role User.',
    },
  }),
  long: accountsSyncCard({
    ...demo,
    organization: longest.organization,
    offering: longest.product,
    parentName: longest.organization,
    values: { ...values, userName: longest.user },
  }),
};
