import type { Button } from '../../../bot/index.ts';

/** What is done about a finding. */
export const answerButtons: readonly Button[] = [];
