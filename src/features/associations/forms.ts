import { newOnce } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { type FoundService, findService, servicesOf } from '../orders/find.ts';
import { parseServiceRef } from '../orders/rules.ts';
import type { View } from '../organizations/view.ts';
import { associateForm, moveForm, releaseForm } from './replies.ts';

type Errors<K extends string> = { readonly [key in K]?: string | undefined };
const named = ({ ref, product, free }: FoundService) => ({ service: ref, product, free });

/** One of the choices is named by its number, whatever was typed for it; anything else stays as it was typed. */
const chosen = (typed: string, among: readonly FoundService[], prefix: string): string => {
  const ref = parseServiceRef(prefix, typed);
  const at = ref && `${ref.number}/${ref.position}`;
  return among.some((one) => one.ref === at) && at ? at : typed;
};

/** Services to choose from, and among them the one that was asked for. */
async function choicesOf(view: View, units: 'open' | 'associated', asked = '') {
  const { services, more } = await servicesOf(view, { units });
  const isThere = asked === '' || services.some(({ ref }) => ref === asked);
  const one = isThere ? undefined : await findService(view, asked);
  return { services: one === undefined ? services : [...services, one], more };
}

/** Its units can be given away; or it was asked for, and then it is said why they can't. */
const isOpen = ({ free, suspended, ref }: FoundService, asked: string | undefined): boolean =>
  (free > 0 && !suspended) || ref === asked;

/** The service that was asked for, where it is suspended. */
const suspendedOf = (among: readonly FoundService[], asked: string | undefined): string | undefined =>
  among.find(({ ref, suspended }) => suspended && ref === asked)?.ref;

export type AssociateValues = {
  readonly from: 'entered' | 'file';
  readonly service: string;
  readonly user: string;
  readonly users: string;
  readonly units: string;
};

/** The form of `associate`: services with free units, and the one that was asked for. */
export async function showAssociateForm(
  view: View,
  values: Partial<AssociateValues>,
  errors?: {
    service?: string | undefined;
    user?: string | undefined;
    users?: readonly string[] | undefined;
    units?: string | undefined;
  },
): Promise<Reply> {
  const { services: found, more } = await choicesOf(view, 'open', values.service);
  const services = found.filter((one) => isOpen(one, values.service));
  return associateForm({
    organization: view.customer.name,
    services: services.map(named),
    more,
    values: {
      from: values.from ?? 'entered',
      service: chosen(values.service ?? '', services, view.settings.orderPrefix),
      user: values.user ?? '',
      users: values.users ?? '',
      units: values.units ?? '1',
    },
    errors,
    resume: suspendedOf(services, values.service),
    once: newOnce(),
  });
}

export type ReleaseValues = { readonly service: string; readonly user: string; readonly units: string };

export async function showReleaseForm(
  view: View,
  values: Partial<ReleaseValues>,
  errors?: Errors<keyof ReleaseValues>,
): Promise<Reply> {
  const { services: found, more } = await choicesOf(view, 'associated', values.service);
  const services = found.filter(({ associated }) => associated > 0);
  return releaseForm({
    organization: view.customer.name,
    services: services.map(named),
    more,
    values: {
      service: chosen(values.service ?? '', services, view.settings.orderPrefix),
      user: values.user ?? '',
      units: values.units ?? '',
    },
    errors,
    once: newOnce(),
  });
}

export type MoveValues = {
  readonly user: string;
  readonly from: string;
  readonly to: string;
  readonly units: string;
};

export async function showMoveForm(
  view: View,
  values: Partial<MoveValues>,
  errors?: Errors<keyof MoveValues>,
): Promise<Reply> {
  const from = await choicesOf(view, 'associated', values.from);
  const to = await choicesOf(view, 'open', values.to);
  const sources = from.services.filter(({ associated }) => associated > 0);
  const targets = to.services.filter((one) => isOpen(one, values.to));
  return moveForm({
    organization: view.customer.name,
    sources: sources.map(named),
    targets: targets.map(named),
    more: from.more || to.more,
    values: {
      user: values.user ?? '',
      from: chosen(values.from ?? '', sources, view.settings.orderPrefix),
      to: chosen(values.to ?? '', targets, view.settings.orderPrefix),
      units: values.units ?? '',
    },
    errors,
    resume: suspendedOf(targets, values.to),
    once: newOnce(),
  });
}
