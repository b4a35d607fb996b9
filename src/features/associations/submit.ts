import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { askForSheet } from '../bulk/ask.ts';
import { type FoundService, findService, inViewOfService, servicesOf } from '../orders/find.ts';
import type { View } from '../organizations/view.ts';
import { associate } from './associate.ts';
import {
  type AssociateValues,
  type MoveValues,
  type ReleaseValues,
  showAssociateForm,
  showMoveForm,
  showReleaseForm,
} from './forms.ts';
import { move } from './move.ts';
import { release } from './release.ts';
import {
  associateOutcome,
  CHOOSE_SERVICE,
  moveOutcome,
  moveProblem,
  noServiceFits,
  releaseOutcome,
  releaseProblem,
  severalServicesFit,
} from './replies.ts';
import {
  hasNoUnits,
  isSuspended,
  notAnEmail,
  notEnoughFree,
  notUnits,
  parseUnits,
  parseUser,
  parseUsers,
  tooManyForUser,
} from './rules.ts';
import { associateSheet } from './sheet.ts';

/** What stands in a field for a service: one of the choices, or words that name one. */
type Said =
  | { readonly service: FoundService; readonly problem?: undefined }
  | { readonly service?: undefined; readonly problem: string };

async function serviceSaid(view: View, typed: string, units: 'open' | 'associated'): Promise<Said> {
  const text = typed.trim();
  if (text === '') return { problem: CHOOSE_SERVICE };
  const named = await findService(view, text);
  if (named !== undefined) return { service: named };
  const { services } = await servicesOf(view, { text, units });
  const [only, ...others] = services;
  if (only === undefined) return { problem: noServiceFits(text) };
  return others.length === 0 ? { service: only } : { problem: severalServicesFit(text, services) };
}

/** Who is named in either field, and what is wrong in which. */
function usersSaid({ user, users }: AssociateValues, units: number) {
  const [isOne, isMore] = [user.trim() !== '', users.trim() !== ''];
  const one = isOne || !isMore ? parseUsers(user, units).errors : [];
  const { wanted, errors } = parseUsers(one.length > 0 ? users : `${user}\n${users}`, units);
  return {
    wanted,
    atUser: one.length > 0 ? one.join('\n') : undefined,
    atUsers: isMore && errors.length > 0 ? errors : undefined,
  };
}

/** A form that was sent: carried out, or back with what was typed and the errors beside the fields. */
export function submitAssociate(asked: Asked, values: AssociateValues): Promise<Reply> {
  return inPlace(asked, values.service, async (view) => {
    const { service, problem } = await serviceSaid(view, values.service, 'open');
    if (service !== undefined && service.machines !== null)
      return showAssociateForm(view, values, { service: hasNoUnits(service.product, service.ref) });
    if (values.from === 'file') {
      if (service === undefined) return showAssociateForm(view, values, { service: problem });
      return askForSheet(view, associateSheet, [], { customer: view.customer, service });
    }
    const units = values.units.trim() === '' ? 1 : parseUnits(values.units);
    const { wanted, atUser, atUsers } = usersSaid(values, units ?? 1);
    if (service === undefined || units === undefined || atUser !== undefined || atUsers !== undefined) {
      return showAssociateForm(view, values, {
        service: problem,
        units: units === undefined ? notUnits(values.units) : undefined,
        user: atUser,
        users: atUsers,
      });
    }
    const outcome = await associate(view, service, wanted);
    switch (outcome.kind) {
      case 'associated':
        return associateOutcome(view, service, wanted, outcome);
      case 'suspended':
        return showAssociateForm(view, values, { service: isSuspended(service.product, service.ref) });
      case 'no free units':
        return showAssociateForm(view, values, { units: notEnoughFree(outcome.free, outcome.asked) });
      case 'too many for a user':
        return showAssociateForm(view, values, {
          [values.users.trim() === '' ? 'user' : 'users']: [
            tooManyForUser(service.product, outcome.max, outcome.users),
          ],
        });
    }
  });
}

export function submitRelease(asked: Asked, values: ReleaseValues): Promise<Reply> {
  return inPlace(asked, values.service, async (view) => {
    const { service, problem: atService } = await serviceSaid(view, values.service, 'associated');
    const user = parseUser(values.user);
    const units = values.units.trim() === '' ? undefined : parseUnits(values.units);
    const unitsWrong = values.units.trim() !== '' && units === undefined;
    if (service === undefined || user === undefined || unitsWrong) {
      return showReleaseForm(view, values, {
        service: atService,
        user: user === undefined ? notAnEmail(values.user) : undefined,
        units: unitsWrong ? notUnits(values.units) : undefined,
      });
    }
    const outcome = await release(view, service, user, units);
    if (outcome.kind === 'released') return releaseOutcome(view, service, user, outcome);
    const problem = releaseProblem(service, user, outcome);
    return showReleaseForm(
      view,
      values,
      outcome.kind === 'more than held' ? { units: problem } : { user: problem },
    );
  });
}

export function submitMove(asked: Asked, values: MoveValues): Promise<Reply> {
  return inPlace(asked, values.from, async (view) => {
    const { service: from, problem: atFrom } = await serviceSaid(view, values.from, 'associated');
    const { service: to, problem: atTo } = await serviceSaid(view, values.to, 'open');
    const user = parseUser(values.user);
    const units = values.units.trim() === '' ? undefined : parseUnits(values.units);
    const unitsWrong = values.units.trim() !== '' && units === undefined;
    if (from === undefined || to === undefined || user === undefined || unitsWrong) {
      return showMoveForm(view, values, {
        user: user === undefined ? notAnEmail(values.user) : undefined,
        from: atFrom,
        to: atTo,
        units: unitsWrong ? notUnits(values.units) : undefined,
      });
    }
    const outcome = await move(view, { user, from, to, ...(units !== undefined && { units }) });
    if (outcome.kind === 'moved') return moveOutcome(view, { user, from, to }, outcome);
    const problem = moveProblem({ user, from, to }, outcome);
    return showMoveForm(view, values, { [fieldOf(outcome.kind)]: problem });
  });
}

function fieldOf(problem: string): keyof MoveValues {
  if (problem === 'more than held') return 'units';
  return problem === 'not associated' || problem === 'moved on' ? 'user' : 'to';
}

/** The answer takes the place of the form, which belongs to the customer whose service was chosen. */
async function inPlace(asked: Asked, ref: string, run: (view: View) => Promise<Reply>): Promise<Reply> {
  return { ...(await inViewOfService(asked, ref, run)), position: 'instead' };
}
