import type { Feature } from '../../bot/index.ts';

export const imports: Feature = { name: 'imports', summary: 'Import', commands: [] };
