import { newOnce } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { type FoundService, servicesOf } from '../orders/find.ts';
import type { View } from '../organizations/view.ts';
import { associateForm, moveForm, releaseForm } from './replies.ts';

type Errors<K extends string> = { readonly [key in K]?: string | undefined };
const named = ({ ref, product, free }: FoundService) => ({ service: ref, product, free });

/** What was typed, which may not be one of the choices, stays among them only where it is one. */
const chosen = (ref: string, among: readonly FoundService[]) =>
  among.some((one) => one.ref === ref) ? ref : '';

export type AssociateValues = {
  readonly from: 'entered' | 'file';
  readonly service: string;
  readonly users: string;
  readonly units: string;
};

/** The form of `associate`: services with free units, and the one that was asked for. */
export async function showAssociateForm(
  view: View,
  values: Partial<AssociateValues>,
  errors?: {
    service?: string | undefined;
    users?: readonly string[] | undefined;
    units?: string | undefined;
  },
): Promise<Reply> {
  const services = (await servicesOf(view)).filter(({ free, ref }) => free > 0 || ref === values.service);
  return associateForm({
    organization: view.customer.name,
    services: services.map(named),
    values: {
      from: values.from ?? 'entered',
      service: chosen(values.service ?? '', services),
      users: values.users ?? '',
      units: values.units ?? '1',
    },
    errors,
    once: newOnce(),
  });
}

export type ReleaseValues = { readonly service: string; readonly user: string; readonly units: string };

export async function showReleaseForm(
  view: View,
  values: Partial<ReleaseValues>,
  errors?: Errors<keyof ReleaseValues>,
): Promise<Reply> {
  const services = (await servicesOf(view)).filter(({ associated }) => associated > 0);
  return releaseForm({
    organization: view.customer.name,
    services: services.map(named),
    values: {
      service: chosen(values.service ?? '', services),
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
  const services = await servicesOf(view);
  const sources = services.filter(({ associated }) => associated > 0);
  const targets = services.filter(({ free, ref }) => free > 0 || ref === values.to);
  return moveForm({
    organization: view.customer.name,
    sources: sources.map(named),
    targets: targets.map(named),
    values: {
      user: values.user ?? '',
      from: chosen(values.from ?? '', sources),
      to: chosen(values.to ?? '', targets),
      units: values.units ?? '',
    },
    errors,
    once: newOnce(),
  });
}
