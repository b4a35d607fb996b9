import type { BlockAction } from '@slack/bolt';
import { parsePress } from '../blocks/buttons.ts';
import { inputValues, type State } from '../blocks/state.ts';
import type { Reception, Request } from '../requests/inbound.ts';
import { aloneWith } from './alone.ts';

/** A button of somebody's Home tab; `undefined` for whatever else can be done there. */
export async function requestOnPage(
  reception: Reception,
  { actions: [pressed], user, trigger_id, view }: BlockAction,
): Promise<Request | undefined> {
  const press = pressed?.type === 'button' ? parsePress(pressed.value) : undefined;
  if (press === undefined) return undefined;
  const [person, place] = await Promise.all([
    reception.directory.person(user.id, user.name),
    aloneWith(reception, user.id),
  ]);
  const inputs = press.withInputs ? inputValues(view?.state?.values as State, press.longValues) : {};
  return {
    inbound: {
      kind: 'submit',
      id: trigger_id,
      person,
      place,
      verb: press.verb,
      values: { ...inputs, ...press.data },
    },
    asked: { place, user: user.id },
  };
}
