// Associations: units of a service given to users, taken back, moved.
import { z } from 'zod';
import { button, CHANGERS, EVERYBODY, type Feature } from '../../bot/index.ts';
import { associateCommand, moveCommand, releaseCommand } from './commands.ts';
import { submitAssociate, submitMove, submitRelease } from './submit.ts';
import { findUser, userCommand } from './users/look-up.ts';
import { searchKnownUsers, searchUsers, withAddress } from './users/search.ts';
import { lookUpUsers } from './users/show.ts';

/** What was typed, before it is known to be right; longer than anything a person types. */
const typed = z.string().max(10_000).catch('');

export const associations: Feature = {
  name: 'associations',
  summary: 'Users',
  commands: [
    {
      name: 'associate',
      aliases: ['assign'],
      usage: 'associate [10023/1 alice@contoso.example [units]]',
      summary: 'Give users units of a service',
      examples: ['associate', 'associate 10023/1', 'associate 10023/1 alice@contoso.example 2'],
      roles: CHANGERS,
      run: associateCommand,
    },
    {
      name: 'release',
      aliases: ['revoke units'],
      usage: 'release [10023/1 alice@contoso.example [units]]',
      summary: 'Take units back from a user',
      examples: [
        'release',
        'release 10023/1 alice@contoso.example',
        'release 10023/1 alice@contoso.example 1',
      ],
      roles: CHANGERS,
      run: releaseCommand,
    },
    {
      name: 'move',
      usage: 'move [alice@contoso.example 10023/1 10023/2 [units]]',
      summary: 'Move a user to another service in one step',
      examples: ['move', 'move alice@contoso.example 10023/1 10024/1'],
      roles: CHANGERS,
      run: moveCommand,
    },
    {
      name: 'user',
      usage: 'user alice@contoso.example',
      summary: 'Show what a user has',
      examples: ['user alice@contoso.example'],
      roles: EVERYBODY,
      shared: true,
      run: (asked, words) => userCommand(asked, words),
    },
  ],
  searches: { users: searchUsers, 'known-users': searchKnownUsers },
  lookups: { users: lookUpUsers },
  buttons: [
    button({
      verb: 'associate',
      roles: CHANGERS,
      input: z.object({
        from: z.enum(['entered', 'file']).catch('entered'),
        service: typed,
        user: typed,
        users: typed,
        units: typed,
      }),
      run: async (asked, values) => submitAssociate(asked, await withAddress(asked, values)),
    }),
    button({
      verb: 'release',
      roles: CHANGERS,
      input: z.object({ service: typed, user: typed, units: typed }),
      run: async (asked, values) => submitRelease(asked, await withAddress(asked, values)),
    }),
    button({
      verb: 'move',
      roles: CHANGERS,
      input: z.object({ user: typed, from: typed, to: typed, units: typed }),
      run: async (asked, values) => submitMove(asked, await withAddress(asked, values)),
    }),
    button({
      verb: 'users.find',
      roles: EVERYBODY,
      input: z.object({ user: typed }),
      run: async (asked, values) => findUser(asked, (await withAddress(asked, values)).user),
    }),
    button({
      verb: 'users.page',
      roles: EVERYBODY,
      input: z.object({ user: typed, page: z.coerce.number().int().min(1).max(1_000_000) }),
      run: async (asked, { user, page }) => ({
        ...(await userCommand(asked, [user], page)),
        position: 'instead',
      }),
    }),
  ],
};
