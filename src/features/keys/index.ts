import type { Feature } from '../../bot/index.ts';

export const keys: Feature = { name: 'keys', summary: 'Keys for other programs', commands: [] };
