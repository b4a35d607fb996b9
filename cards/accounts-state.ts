/** How far an account is: being synchronized, synchronized, or why not. */
import type { Card } from '../src/chat/card.ts';
import { quoted } from '../src/chat/words.ts';
import { type AccountState, stateBadge } from './accounts.ts';
import { commandButton } from './buttons.ts';
import { longest } from './demo.ts';
import { card, facts, lead } from './elements.ts';
import { dateTime } from './format.ts';

export type AccountsState = {
  readonly organization: string;
  readonly offering: string;
  readonly state: Exclude<AccountState, 'not synchronized'>;
  readonly userName: string;
  readonly role: 'Reseller' | 'User';
  readonly portalAccount?: string | undefined;
  readonly synchronizedAt?: string | undefined;
  /** What the provider said. */
  readonly error?: string | undefined;
  /** `An activation e-mail goes to …` */
  readonly detail: string;
};

export function accountsStateCard(data: AccountsState): Card {
  const { organization, offering, state, userName, role, portalAccount, synchronizedAt, error, detail } =
    data;
  const command = `sync ${quoted(organization)} ${quoted(offering)}`;
  return card({
    organization,
    title: `Account with ${offering}`,
    badge: stateBadge(state),
    body: [
      lead(detail),
      facts([
        ['Username', userName],
        ['Role', role],
        ['Account', portalAccount],
        ['Synchronized', synchronizedAt && dateTime(synchronizedAt)],
        ['The provider said', error],
      ]),
    ],
    actions:
      state === 'synchronizing'
        ? []
        : [
            commandButton(state === 'failed' ? 'Try again' : 'Sync options', command),
            commandButton('All accounts', 'sync'),
          ],
  });
}

const demo: AccountsState = {
  organization: 'Contoso',
  offering: 'Azure Pack',
  state: 'synchronizing',
  userName: 'carla@contoso.example',
  role: 'User',
  detail: 'The provider is making the account. This card changes when it is done.',
};

export const samples: Record<string, Card> = {
  synchronizing: accountsStateCard(demo),
  synchronized: accountsStateCard({
    ...demo,
    state: 'synchronized',
    portalAccount: 'acc-77be02',
    synchronizedAt: '2026-11-21T14:05:00Z',
    detail: 'The account is there. An activation e-mail with the credentials goes to carla@contoso.example.',
  }),
  failed: accountsStateCard({
    ...demo,
    state: 'failed',
    error: 'e-mail address invalid for the customer',
    detail: 'The provider did not make the account. Mend what it says, then try again.',
  }),
  long: accountsStateCard({
    ...demo,
    organization: longest.organization,
    offering: longest.product,
    userName: longest.user,
    state: 'failed',
    detail: 'The provider did not make the account. Mend what it says, then try again.',
    error: longest.product,
  }),
};
