import type { Feature } from '../../bot/index.ts';

export const ordering: Feature = { name: 'ordering', summary: 'Ordering', commands: [] };
