import { type AssociationsDone, associationsDoneCard } from '../../../cards/associations-done.ts';
import { type AssociationsForm, associationsFormCard } from '../../../cards/associations-form.ts';
import { associationsRefusedCard } from '../../../cards/associations-refused.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { count, number } from '../../../cards/format.ts';
import { moveDoneCard } from '../../../cards/move-done.ts';
import { type MoveForm, moveFormCard } from '../../../cards/move-form.ts';
import { releaseDoneCard } from '../../../cards/release-done.ts';
import { type ReleaseForm, releaseFormCard } from '../../../cards/release-form.ts';
import { unitsHeld } from '../../../cards/units.ts';
import { type UsersDetails, usersDetailsCard } from '../../../cards/users-details.ts';
import { type UsersFind, usersFindCard } from '../../../cards/users-find.ts';
import { type UsersPreview, usersPreviewCard } from '../../../cards/users-preview.ts';
import { tell, undoUntil } from '../../bot/index.ts';
import type { Found } from '../../chat/edge.ts';
import type { Reply } from '../../chat/reply.ts';
import type { FoundService } from '../orders/find.ts';
import type { View } from '../organizations/view.ts';
import type { Associated } from './associate.ts';
import type { Moved } from './move.ts';
import type { Released } from './release.ts';
import { hasNoUnits, isSuspended, notEnoughFree, tooManyForUser, type Wanted } from './rules.ts';

const unitsOf = ({ ref, product, units, free, reserved }: FoundService) => ({
  service: ref,
  product,
  units,
  free,
  reserved,
});

/** Where the domain of a service is set up: the last step before its users can sign in. */
const domainOf = ({ domain_url }: FoundService) =>
  domain_url === null ? undefined : { title: 'Set up the domain', url: domain_url };

const resumeButton = (ref: string) => ({ title: `Resume ${ref}`, command: `resume ${ref}` });

type Errors = { readonly [field: string]: string | readonly string[] | undefined };

/** What is wrong with a form, one sentence a line. */
function problemsOf({ errors = {} }: { readonly errors?: Errors | undefined }): string | undefined {
  const problems = Object.values(errors).flatMap((error) => error ?? []);
  return problems.length === 0 ? undefined : problems.join('\n');
}

export function associateForm(data: AssociationsForm): Reply {
  return tell(problemsOf(data) ?? 'Associate users with a service', associationsFormCard(data));
}

export function associateOutcome(
  view: View,
  service: FoundService,
  wanted: readonly Wanted[],
  outcome: Associated,
): Reply {
  const organization = view.customer.name;
  switch (outcome.kind) {
    case 'associated': {
      const data: AssociationsDone = {
        organization,
        service: unitsOf(outcome.service),
        users: outcome.users,
        nextStep: domainOf(outcome.service),
        undo: undoUntil(view.now, outcome.historyId),
      };
      const lines = outcome.users.map(
        ({ user, units, created }) => `${user} now has ${number(units)}${created ? ' (new user)' : ''}.`,
      );
      const free = `${number(outcome.service.free)} of ${number(outcome.service.units)} units of ${service.product} (${service.ref}) are free.`;
      return tell([...lines, free].join('\n'), associationsDoneCard(data));
    }
    case 'suspended':
      return refusal(organization, isSuspended(service.product, service.ref), [
        resumeButton(service.ref),
        { title: 'Another service', command: 'associate' },
      ]);
    case 'no free units': {
      const user = wanted.length === 1 ? wanted[0]?.user : undefined;
      const now = { ...unitsOf(service), free: outcome.free };
      const card = associationsRefusedCard({ organization, service: now, asked: outcome.asked, user });
      return tell(notEnoughFree(outcome.free, outcome.asked), card);
    }
    case 'too many for a user':
      return refusal(organization, tooManyForUser(service.product, outcome.max, outcome.users), [
        { title: 'User', command: `user ${outcome.users[0]}` },
      ]);
  }
}

export function releaseForm(data: ReleaseForm): Reply {
  return tell(problemsOf(data) ?? 'Release units', releaseFormCard(data));
}

export function releaseOutcome(view: View, service: FoundService, user: string, outcome: Released): Reply {
  const organization = view.customer.name;
  switch (outcome.kind) {
    case 'released': {
      const { units: released, left, service: now, historyId } = outcome;
      const card = releaseDoneCard({
        organization,
        user,
        released,
        left,
        service: unitsOf(now),
        undo: undoUntil(view.now, historyId),
      });
      const free = `${number(now.free)} of ${number(now.units)} units of ${now.product} (${now.ref}) are free.`;
      return tell(`Released ${number(released)} from ${user}, who has ${number(left)} left.\n${free}`, card);
    }
    case 'not associated':
    case 'more than held':
    case 'moved on':
      return refusal(organization, releaseProblem(service, user, outcome), [
        { title: 'User', command: `user ${user}` },
      ]);
  }
}

export function releaseProblem(
  service: FoundService,
  user: string,
  outcome: Exclude<Released, { kind: 'released' }>,
): string {
  switch (outcome.kind) {
    case 'not associated':
      return `${user} has no units of ${service.product} (${service.ref}).`;
    case 'more than held':
      return `${user} has ${number(outcome.held)} of ${service.product} (${service.ref}), no more.`;
    case 'moved on':
      return `The units of ${user} have just changed. Look at them and try again.`;
  }
}

export function moveForm(data: MoveForm): Reply {
  return tell(problemsOf(data) ?? 'Move a user to another service', moveFormCard(data));
}

type Moving = { readonly user: string; readonly from: FoundService; readonly to: FoundService };

export function moveOutcome(view: View, moving: Moving, outcome: Moved): Reply {
  const organization = view.customer.name;
  if (outcome.kind !== 'moved') {
    const buttons = [
      ...(outcome.kind === 'suspended' ? [resumeButton(moving.to.ref)] : []),
      { title: 'User', command: `user ${moving.user}` },
      { title: 'Free units', command: 'free' },
    ];
    return refusal(organization, moveProblem(moving, outcome), buttons);
  }
  const { units, from, to, historyId } = outcome;
  const card = moveDoneCard({
    organization,
    user: moving.user,
    units,
    from: unitsOf(from),
    to: unitsOf(to),
    undo: undoUntil(view.now, historyId),
  });
  return tell(
    `Moved ${number(units)} of ${moving.user} from ${from.ref} to ${to.product} (${to.ref}).`,
    card,
  );
}

export function moveProblem({ user, from, to }: Moving, outcome: Exclude<Moved, { kind: 'moved' }>): string {
  switch (outcome.kind) {
    case 'same service':
      return `${user} has ${from.product} (${from.ref}) already. Choose another service to move to.`;
    case 'other customer':
      return `${from.ref} and ${to.ref} belong to different customers.`;
    case 'suspended':
      return isSuspended(to.product, to.ref);
    case 'no free units':
      return `${to.product} (${to.ref}): ${notEnoughFree(outcome.free, outcome.asked)}`;
    case 'too many for a user':
      return tooManyForUser(to.product, outcome.max, outcome.users);
    case 'not associated':
    case 'more than held':
    case 'moved on':
      return releaseProblem(from, user, outcome);
  }
}

export function userDetails(data: UsersDetails): Reply {
  const lines = data.associations.map(
    ({ service, product, units }) => `${service} ${product}: ${number(units)}`,
  );
  return tell(
    [`${data.user} (${data.organization}) has ${count(data.units, 'unit')}.`, ...lines].join('\n'),
    usersDetailsCard(data),
  );
}

export const CHOOSE_SERVICE = 'Choose a service.';
export const noServiceFits = (text: string): string =>
  `No service “${text}” that you can see has units for this. Choose another.`;
export const severalServicesFit = (text: string, found: readonly FoundService[]): string =>
  `“${text}” fits ${count(found.length, 'service')}, ${found
    .slice(0, 3)
    .map(({ ref }) => ref)
    .join(', ')}${found.length > 3 ? ' …' : ''}. Choose one of them.`;

export function userForm(data: UsersFind): Reply {
  return tell(data.error ?? 'Whose services? Write the e-mail address.', usersFindCard(data));
}

export const WHICH_USER = 'Choose a user, or write the e-mail address.';
export const unknownUser = (organization: string, user: string): string =>
  `${organization} has no user ${user}.`;

export function noSuchUser(organization: string, user: string): Reply {
  return refusal(organization, unknownUser(organization, user), [
    { title: 'Associate', command: `associate ${user}` },
  ]);
}

/** Of machines: they have no units. */
export function nothingToAssociate(organization: string, { product, ref }: FoundService): Reply {
  return refusal(organization, hasNoUnits(product, ref), [
    { title: 'Another service', command: 'associate' },
    { title: 'Subscription', command: `subscription ${ref}` },
  ]);
}

function refusal(
  organization: string,
  problem: string,
  buttons: { title: string; command: string }[],
): Reply {
  return tell(problem, chatRefusalCard({ organization, problem, buttons }));
}

/** A user whom somebody shows to others. */
export const shownUser = (data: UsersPreview): Found => ({
  title: data.name === undefined ? data.user : `${data.name} · ${data.user}`,
  detail: `${data.organization}: ${unitsHeld(data)}`,
  card: usersPreviewCard(data),
});
