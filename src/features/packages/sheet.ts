// Packages: a sheet in the style of Webex says which package and which licences each user has.
import type { BulkKind } from '../bulk/kind.ts';
import { applyRows } from './apply.ts';
import { DETAIL_TITLES, EMAIL_TITLES } from './header.ts';
import { basisOf, NAME, planSheet } from './plan.ts';
import { ADD_ONLY_GIVES, MODE_TITLES, WHICH_MODE } from './replies.ts';
import { loadPackageServices } from './store.ts';
import { takeBackRows } from './take-back.ts';
import { templateRows } from './template.ts';

export const packageSheet: BulkKind = {
  name: NAME,
  word: 'packages',
  works: 'on a customer',
  takesUnits: true,
  summary: 'Give, change and remove the packages of many users',
  title: ({ customer }, option) =>
    option === undefined
      ? `Packages of the users of ${customer}`
      : `Packages of the users of ${customer} (${option === 'add-only' ? 'add' : 'add and remove'})`,
  did: 'changed',
  columns: [
    { column: 'one', name: EMAIL_TITLES[0], holds: 'The e-mail address of the user' },
    { column: 'one each', name: 'Packages, such as Webex Suite', holds: 'TRUE or FALSE; nothing: no change' },
    { column: 'one each', name: 'Messaging, Meetings, Calling', holds: 'The basic licences, TRUE or FALSE' },
    {
      column: 'if wanted',
      name: Object.values(DETAIL_TITLES)
        .map(([title]) => title)
        .join(', '),
      holds: 'A package with calling needs a location, and a phone number or an extension',
    },
  ],
  option: {
    question: WHICH_MODE,
    detail: ADD_ONLY_GIVES,
    choices: [
      { title: MODE_TITLES['add-and-remove'], value: 'add-and-remove' },
      { title: MODE_TITLES['add-only'], value: 'add-only' },
    ],
  },
  plan: planSheet,
  apply: applyRows,
  takeBack: takeBackRows,
  services: async ({ db }, { organizationId }) =>
    (await loadPackageServices(db, organizationId)).map(({ id }) => id),
  basis: basisOf,
  template: templateRows,
};
