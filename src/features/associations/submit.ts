import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { askForSheet } from '../bulk/ask.ts';
import { findService, inViewOfService } from '../orders/find.ts';
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
import { associateOutcome, moveOutcome, moveProblem, releaseOutcome, releaseProblem } from './replies.ts';
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

const CHOOSE = 'Choose a service.';

/** A form that was sent: carried out, or back with what was typed and the errors beside the fields. */
export function submitAssociate(asked: Asked, values: AssociateValues): Promise<Reply> {
  return inPlace(asked, values.service, async (view) => {
    const service = await findService(view, values.service);
    if (service !== undefined && service.machines !== null)
      return showAssociateForm(view, values, { service: hasNoUnits(service.product, service.ref) });
    if (values.from === 'file') {
      if (service === undefined) return showAssociateForm(view, values, { service: CHOOSE });
      return askForSheet(view, associateSheet, [], { customer: view.customer, service });
    }
    const units = values.units.trim() === '' ? 1 : parseUnits(values.units);
    const { wanted, errors } = parseUsers(values.users, units ?? 1);
    if (service === undefined || units === undefined || errors.length > 0) {
      return showAssociateForm(view, values, {
        service: service === undefined ? CHOOSE : undefined,
        units: units === undefined ? notUnits(values.units) : undefined,
        users: errors.length > 0 ? errors : undefined,
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
          users: [tooManyForUser(service.product, outcome.max, outcome.users)],
        });
    }
  });
}

export function submitRelease(asked: Asked, values: ReleaseValues): Promise<Reply> {
  return inPlace(asked, values.service, async (view) => {
    const service = await findService(view, values.service);
    const user = parseUser(values.user);
    const units = values.units.trim() === '' ? undefined : parseUnits(values.units);
    const unitsWrong = values.units.trim() !== '' && units === undefined;
    if (service === undefined || user === undefined || unitsWrong) {
      return showReleaseForm(view, values, {
        service: service === undefined ? CHOOSE : undefined,
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
    const [from, to] = [await findService(view, values.from), await findService(view, values.to)];
    const user = parseUser(values.user);
    const units = values.units.trim() === '' ? undefined : parseUnits(values.units);
    const unitsWrong = values.units.trim() !== '' && units === undefined;
    if (from === undefined || to === undefined || user === undefined || unitsWrong) {
      return showMoveForm(view, values, {
        user: user === undefined ? notAnEmail(values.user) : undefined,
        from: from === undefined ? CHOOSE : undefined,
        to: to === undefined ? CHOOSE : undefined,
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
