// Organizations: the provider, its resellers and customers, and whose orders somebody looks at.
import { z } from 'zod';
import { inputOf } from '../../../cards/organizations.ts';
import { button, CHANGERS, EVERYBODY, type Feature } from '../../bot/index.ts';
import { showOrganization } from './details.ts';
import { changeCommand, newOrganization, openMore, saidOf, submitChange, submitNew } from './forms.ts';
import { listOrganizations } from './list.ts';
import { CREATORS } from './rules.ts';
import { searchCustomers } from './search.ts';
import { chooseCustomer, useCustomer } from './use.ts';
import { FIELDS } from './values.ts';

/** Longer than anything that is right, so that what is too long comes back with its sentence. */
const typed = z.string().max(5000).optional();
const ids = [...FIELDS.map(inputOf), 'kind', 'parent'];
const form = z.object(Object.fromEntries(ids.map((name) => [name, typed])));
const more = z.boolean().catch(false);
const seen = z.string().max(200).catch('');
const id = z.coerce.number().int().min(0).max(2_147_483_647);

export const organizations: Feature = {
  name: 'organizations',
  summary: 'Organizations',
  commands: [
    {
      name: 'use',
      usage: 'use <customer> [here]',
      summary: 'Choose the customer whose orders you see here, or, with “here”, everybody in the channel',
      examples: ['use', 'use contoso', 'use contoso here', 'use nobody here'],
      roles: EVERYBODY,
      run: useCustomer,
    },
    {
      name: 'organizations',
      aliases: ['customers'],
      usage: 'organizations [text]',
      summary: 'List organizations, or search them by name, domain, contact or city',
      examples: ['organizations', 'organizations madrid', 'organizations contoso.example'],
      roles: EVERYBODY,
      run: (asked, words) => listOrganizations(asked, words),
    },
    {
      name: 'organization',
      aliases: ['customer'],
      usage: 'organization [name]',
      summary: 'Show where an organization is, whom one reaches there, and what it lacks to order',
      examples: ['organization contoso', 'organization'],
      roles: EVERYBODY,
      shared: true,
      run: showOrganization,
    },
    {
      name: 'new organization',
      aliases: ['new customer'],
      usage: 'new organization [name] [field=value …]',
      summary: 'Create a customer or a reseller',
      examples: [
        'new organization',
        'new organization Tailspin',
        'new organization Tailspin city=Oslo country=NO',
      ],
      roles: CREATORS,
      run: newOrganization,
    },
    {
      name: 'change organization',
      aliases: ['change customer'],
      usage: 'change organization <name> [field=value …]',
      summary: 'Change the address, the contact or the domains of an organization',
      examples: ['change organization contoso', 'change organization contoso city=Madrid'],
      roles: CHANGERS,
      run: changeCommand,
    },
  ],
  searches: { customers: searchCustomers },
  buttons: [
    button({
      verb: 'organizations.use',
      roles: EVERYBODY,
      input: z.object({ choice: z.string().max(2000).catch(''), next: z.string().max(1500).optional() }),
      run: (asked, { choice, next }) => chooseCustomer(asked, choice, next),
    }),
    button({
      verb: 'organizations.page',
      roles: EVERYBODY,
      input: z.object({ text: z.string().max(200), page: z.coerce.number().int().min(1).max(1_000_000) }),
      run: async (asked, { text, page }) => ({
        ...(await listOrganizations(asked, [text], page)),
        position: 'instead',
      }),
    }),
    button({
      verb: 'organizations.create',
      roles: CREATORS,
      input: z.object({ more }).and(form),
      run: (asked, { more, ...sent }) => submitNew(asked, saidOf(sent, more)),
    }),
    button({
      verb: 'organizations.change',
      roles: CHANGERS,
      input: z.object({ more, id, seen }).and(form),
      run: (asked, { more, id, seen, ...sent }) => submitChange(asked, id, saidOf(sent, more), seen),
    }),
    button({
      verb: 'organizations.more',
      roles: CHANGERS,
      input: z.object({ id, seen }).and(form),
      run: (asked, { id, seen, ...sent }) => openMore(asked, id, saidOf(sent, false), seen),
    }),
  ],
};
