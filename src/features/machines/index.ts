import type { Feature } from '../../bot/index.ts';

export const machines: Feature = { name: 'machines', summary: 'Virtual machines', commands: [] };
