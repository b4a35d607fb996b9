// Keys: with one of them another program talks to the bot over HTTP.
import { z } from 'zod';
import { button, type Feature } from '../../bot/index.ts';
import { listKeys, makeKey, revokeKey, showKeyForm, showRevoke } from './keys.ts';
import { KEEPERS } from './rules.ts';

export const keys: Feature = {
  name: 'keys',
  summary: 'Keys for other programs',
  commands: [
    {
      name: 'keys',
      usage: 'keys',
      summary: 'List the keys of other programs',
      examples: ['keys'],
      roles: KEEPERS,
      run: (asked) => listKeys(asked, 1),
    },
    {
      name: 'key new',
      aliases: ['new key'],
      usage: 'key new [name]',
      summary: 'Make a key, with which another program may talk to the bot',
      examples: ['key new', 'key new billing'],
      roles: KEEPERS,
      run: async (asked, words) =>
        words.length === 0
          ? showKeyForm(asked)
          : { ...(await makeKey(asked, words.join(' '))), position: 'below' },
    },
    {
      name: 'key revoke',
      aliases: ['revoke key'],
      usage: 'key revoke 3',
      summary: 'Make a key useless',
      examples: ['key revoke 3'],
      roles: KEEPERS,
      run: (asked, [word = '']) => showRevoke(asked, word),
    },
  ],
  buttons: [
    button({
      verb: 'key.new',
      roles: KEEPERS,
      input: z.object({ name: z.string().max(1000).default('') }),
      run: async (asked, { name }) => ({ ...(await makeKey(asked, name)), position: 'instead' }),
    }),
    button({
      verb: 'key.revoke',
      roles: KEEPERS,
      input: z.object({ key: z.coerce.number().int() }),
      run: async (asked, { key }) => ({ ...(await revokeKey(asked, String(key))), position: 'instead' }),
    }),
    button({
      verb: 'keys.page',
      roles: KEEPERS,
      input: z.object({ page: z.coerce.number().int().min(1).max(1_000_000) }),
      run: async (asked, { page }) => ({ ...(await listKeys(asked, page)), position: 'instead' }),
    }),
  ],
};
