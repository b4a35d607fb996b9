// Organizations: the provider, its resellers and customers, and whose orders somebody looks at.
import { z } from 'zod';
import { button, EVERYBODY, type Feature } from '../../bot/index.ts';
import { chooseCustomer, useCustomer } from './use.ts';

export const organizations: Feature = {
  name: 'organizations',
  summary: 'Customers',
  commands: [
    {
      name: 'use',
      usage: 'use <customer>',
      summary: 'Choose the customer whose orders you see here',
      examples: ['use', 'use contoso'],
      roles: EVERYBODY,
      run: useCustomer,
    },
  ],
  buttons: [
    button({
      verb: 'organizations.use',
      roles: EVERYBODY,
      input: z.object({ choice: z.string().max(2000) }),
      run: (asked, { choice }) => chooseCustomer(asked, choice),
    }),
  ],
};
