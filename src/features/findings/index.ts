// Findings: what vendors have that does not agree with our books, and what is done about it.
import type { Feature } from '../../bot/index.ts';
import { answerButtons } from './answers/buttons.ts';
import { readAndCompare } from './reading/compare.ts';

export const READ = 'findings.read';

export const findings: Feature = {
  name: 'findings',
  summary: 'Findings',
  commands: [],
  buttons: [...answerButtons],
  work: [
    {
      name: READ,
      collapses: true,
      retries: 5,
      concurrency: 1,
      handle: (working) => readAndCompare(working),
    },
  ],
};
