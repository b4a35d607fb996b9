/** The form that gives a person a role. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, lead } from './elements.ts';
import { choiceInput, field, personInput, required, textInput } from './fields.ts';

export type AccessGrant = {
  readonly organization: string;
  /** Those that may be given, as they are called. */
  readonly roles: readonly string[];
  /** There are other organizations than one's own. */
  readonly choosesOrganization: boolean;
  /** As typed; empty where nothing was. */
  readonly values: { readonly person: string; readonly role: string; readonly in: string };
  readonly errors?:
    | {
        readonly person?: string | undefined;
        readonly role?: string | undefined;
        readonly in?: string | undefined;
      }
    | undefined;
  readonly once: string;
};

export function accessGrantCard(data: AccessGrant): Card {
  const { organization, roles, choosesOrganization, values, errors = {} } = data;
  const role = choiceInput({
    id: 'role',
    label: 'Role',
    style: 'expanded',
    choices: roles.map((name) => ({ title: titled(name), value: name })),
    ...(values.role && { value: values.role }),
  });
  const where = textInput({
    id: 'in',
    label: 'Organization, or part of its name',
    placeholder: organization,
    ...(values.in && { value: values.in }),
  });
  return card({
    organization,
    title: 'Give a role',
    body: [
      lead('The person can talk to me at once, in Teams and in Slack, by this address.'),
      ...field(required(personInput(values.person)), errors.person),
      ...field(required(role), errors.role),
      ...(choosesOrganization ? field(where, errors.in) : []),
    ],
    actions: [
      submitButton('Give the role', 'access.grant', { once: data.once }),
      commandButton('Members', 'members'),
    ],
  });
}

const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const roles = ['provider admin', 'account manager', 'reseller admin', 'customer admin', 'customer'];

export const samples: Record<string, Card> = {
  new: accessGrantCard({
    organization: 'HamaraCloud',
    roles,
    choosesOrganization: true,
    values: { person: '', role: '', in: '' },
    once,
  }),
  own: accessGrantCard({
    organization: 'Contoso',
    roles: roles.slice(3),
    choosesOrganization: false,
    values: { person: 'chris@contoso.example', role: 'customer', in: '' },
    once,
  }),
  errors: accessGrantCard({
    organization: longest.organization,
    roles,
    choosesOrganization: true,
    values: { person: 'carla', role: '', in: 'tailspin' },
    errors: {
      person: '“carla” is not an e-mail address. Mention the person, or write the e-mail address.',
      role: 'Choose a role.',
      in: 'There is no organization “tailspin” that you can see. Write part of its name.',
    },
    once,
  }),
};
