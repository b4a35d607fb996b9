import type { Feature } from '../../bot/index.ts';

export const approvals: Feature = { name: 'approvals', summary: 'Approvals', commands: [] };
