/** How the account of an organization with a provider stands, in words and colours. */
import type { Badge } from '../src/chat/card.ts';
import { badge } from './elements.ts';

export type AccountState = 'not synchronized' | 'synchronizing' | 'synchronized' | 'failed';

const STATE = {
  'not synchronized': { title: 'Not synchronized', style: 'informative', color: 'default' },
  synchronizing: { title: 'Synchronizing', style: 'accent', color: 'accent' },
  synchronized: { title: 'Synchronized', style: 'good', color: 'good' },
  failed: { title: 'Failed', style: 'attention', color: 'attention' },
} as const satisfies Record<AccountState, { title: string; style: Badge['style']; color: string }>;

export const stateText = (state: AccountState) => {
  const { title, color } = STATE[state];
  return { text: title, weight: 'bolder', color } as const;
};
export const stateBadge = (state: AccountState): Badge => badge(STATE[state].title, STATE[state].style);
