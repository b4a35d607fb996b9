import type { Feature } from '../../bot/index.ts';

export const catalog: Feature = { name: 'catalog', summary: 'Catalog', commands: [] };
