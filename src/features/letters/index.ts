import type { Feature } from '../../bot/index.ts';

export const letters: Feature = { name: 'letters', summary: 'Texts of e-mails', commands: [] };
