import type { Feature } from '../../bot/index.ts';

export const execution: Feature = { name: 'execution', summary: 'Carrying out orders', commands: [] };
