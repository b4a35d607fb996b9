import { type AccessGrant, accessGrantCard } from '../../../cards/access-grant.ts';
import { type AccessMembers, accessMembersCard } from '../../../cards/access-members.ts';
import { type AccessRevoke, accessRevokeCard } from '../../../cards/access-revoke.ts';
import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { count } from '../../../cards/format.ts';
import { type Organization, ROLES, type Role, tell } from '../../bot/index.ts';
import { UNNAMED } from '../../chat/card.ts';
import type { Reply } from '../../chat/reply.ts';
import { quoted } from '../../chat/words.ts';

const MEMBERS = [{ title: 'Members', command: 'members' }];

export function memberList(data: AccessMembers): Reply {
  const lines = data.members.map(
    ({ person, email, role, organization }) => `${person} (${email}): ${role}, ${organization}`,
  );
  return tell(
    [`${data.organization}: ${count(data.total, 'member')}`, ...lines].join('\n'),
    accessMembersCard(data),
  );
}

export function granted(email: string, role: Role, organization: string): Reply {
  const answer = `${email} has the role ${role} in ${organization} now.`;
  return tell(answer, chatDoneCard({ organization, answer, buttons: MEMBERS }));
}

export function revoked(email: string, role: string, organization: string): Reply {
  const answer = `${email} has no role in ${organization} any more.`;
  const back = { title: 'Give it back', command: `grant ${email} ${role} ${quoted(organization)}` };
  return tell(answer, chatDoneCard({ organization, answer, buttons: [...MEMBERS, back] }));
}

export const changedSince = (email: string): string => `The role of ${email} has changed since.`;

export function grantForm(data: AccessGrant): Reply {
  const wrong = Object.values(data.errors ?? {});
  return tell(['Who gets which role?', ...wrong].join('\n'), accessGrantCard(data));
}

export function revokeForm(data: AccessRevoke): Reply {
  return tell(['Whose role?', ...(data.error ? [data.error] : [])].join('\n'), accessRevokeCard(data));
}

export const lastAdmin = (email: string): Reply =>
  refusal(
    `${email} is the last provider admin.`,
    'Make somebody else a provider admin first, or nobody could let anybody in.',
  );

export const notAPerson = (word: string): Reply => {
  if (word === UNNAMED) return refusal('I am not told the e-mail address of whom you chose.', 'Write it.');
  return word.trim() === ''
    ? refusal('Mention the person, or write the e-mail address.')
    : refusal(`“${word}” is not an e-mail address.`, 'Mention the person, or write the e-mail address.');
};

export const noSuchRole = (text: string): Reply =>
  text === ''
    ? refusal('Choose a role.')
    : refusal(`“${text}” is not a role.`, `The roles are: ${ROLES.join(', ')}.`);

export const noSuchOrganization = (name: string): Reply =>
  name === ''
    ? refusal('There is no organization that you can see with that role.')
    : refusal(`There is no organization “${name}” that you can see.`, 'Write part of its name.');

export const notThatRole = (role: Role): Reply =>
  refusal(`Your role does not let you give or take the role ${role}.`, 'A provider admin can.');

export const roleDoesNotFit = (role: Role, organization: Organization): Reply =>
  refusal(
    `${organization.name} is a ${organization.kind}; the role ${role} is of another kind of organization.`,
  );

export const notAMember = (email: string): Reply => refusal(`${email} has no role that you can take.`);

export const takenElsewhere = (email: string): Reply =>
  refusal(`${email} can’t be given a role by you.`, 'Ask an admin of the provider.');

export const notYourself = (): Reply =>
  refusal('You can’t change your own role.', 'Another admin can do it for you.');

export function whichOrganization(command: string, found: readonly Organization[]): Reply {
  const question = 'Of which organization?';
  const choices = found.map(({ name }) => ({ title: name, value: `${command} ${quoted(name)}` }));
  return tell(question, chatChoiceCard({ question, choices }));
}

function refusal(problem: string, remedy?: string): Reply {
  return tell(
    remedy ? `${problem} ${remedy}` : problem,
    chatRefusalCard({ problem, remedy, buttons: MEMBERS }),
  );
}
