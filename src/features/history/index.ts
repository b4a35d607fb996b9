// History: who did what and when, and how to take it back.
import { z } from 'zod';
import { button, CHANGERS, EVERYBODY, type Feature } from '../../bot/index.ts';
import { showHistory } from './list.ts';
import { undoChange, undoCommand } from './undo.ts';
import type { Undoers } from './undoers.ts';

export const history = (undoers: Undoers): Feature => ({
  name: 'history',
  summary: 'History',
  commands: [
    {
      name: 'history',
      usage: 'history [10023 | provider]',
      summary: 'Say who did what and when',
      examples: ['history', 'history 10023', 'history provider'],
      roles: EVERYBODY,
      shared: true,
      run: (asked, words) => showHistory(asked, words),
    },
    {
      name: 'undo',
      usage: 'undo [n]',
      summary: 'Undo your last change here, or change n of the history',
      examples: ['undo 12', 'undo'],
      roles: CHANGERS,
      run: (asked, words) => undoCommand(asked, undoers, words),
    },
  ],
  buttons: [
    button({
      verb: 'undo',
      roles: CHANGERS,
      input: z.object({ id: z.coerce.number() }),
      run: (asked, { id }) => undoChange(asked, undoers, id),
    }),
    button({
      verb: 'history.page',
      roles: EVERYBODY,
      input: z.object({ query: z.string().max(40), page: z.coerce.number().int().min(1).max(1_000_000) }),
      run: async (asked, { query, page }) => ({
        ...(await showHistory(asked, query === '' ? [] : [query], page)),
        position: 'instead',
      }),
    }),
  ],
});
