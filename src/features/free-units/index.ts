// Free units: bought, less associated, less reserved by running jobs.
import { z } from 'zod';
import { button, EVERYBODY, type Feature } from '../../bot/index.ts';
import { splitWords } from '../../chat/words.ts';
import { showFree } from './free.ts';

export const freeUnits: Feature = {
  name: 'free-units',
  summary: 'Free units',
  commands: [
    {
      name: 'free',
      usage: 'free [10023[/1] | text]',
      summary: 'Say how many units are free',
      examples: ['free', 'free 10023', 'free 10023/1', 'free universal'],
      roles: EVERYBODY,
      shared: true,
      run: (asked, words) => showFree(asked, words),
    },
  ],
  buttons: [
    button({
      verb: 'free.page',
      roles: EVERYBODY,
      input: z.object({ query: z.string().max(200), page: z.coerce.number().int().min(1).max(1_000_000) }),
      run: async (asked, { query, page }) => ({
        ...(await showFree(asked, splitWords(query), page)),
        position: 'instead',
      }),
    }),
  ],
};
