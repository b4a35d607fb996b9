import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { number } from '../../../cards/format.ts';
import { type FreeUnits, freeUnitsCard } from '../../../cards/free-units.ts';
import { tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';

export function freeUnits(data: FreeUnits): Reply {
  const lines = data.services.map(
    ({ service, product, units, free }) => `${service} ${product}: ${number(free)} of ${number(units)} free`,
  );
  return tell(
    [
      `${data.organization}, ${data.of}: ${number(data.free)} of ${number(data.units)} units free.`,
      ...lines,
    ].join('\n'),
    freeUnitsCard(data),
  );
}

export function noServicesYet(organization: string, order: number): Reply {
  const problem = `Order ${order} has no services yet.`;
  const buttons = [
    { title: 'Order', command: `order ${order}` },
    { title: 'All free units', command: 'free' },
  ];
  return tell(problem, chatRefusalCard({ organization, problem, buttons }));
}

/** `of`: `10031`, `10031/1` */
export function onlyMachines(organization: string, of: string): Reply {
  const problem = `${of}: virtual machines have no units, free or not.`;
  const buttons = [
    { title: 'Services', command: `services ${of}` },
    { title: 'All free units', command: 'free' },
  ];
  return tell(problem, chatRefusalCard({ organization, problem, buttons }));
}

export function noSuchProduct(organization: string, query: string): Reply {
  const none = query === '';
  const problem = none
    ? `${organization} has no services with units yet.`
    : `${organization} has no service “${query}” with units.`;
  const orders = { title: 'Orders', command: 'orders' };
  const buttons = none ? [orders] : [{ title: 'All free units', command: 'free' }, orders];
  return tell(problem, chatRefusalCard({ organization, problem, buttons }));
}
