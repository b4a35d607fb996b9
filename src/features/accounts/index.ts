import type { Feature } from '../../bot/index.ts';

export const accounts: Feature = { name: 'accounts', summary: 'Accounts', commands: [] };
