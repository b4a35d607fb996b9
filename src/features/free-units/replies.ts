import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { type FreeUnits, freeUnitsCard } from '../../../cards/free-units.ts';
import { tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';

export function freeUnits(data: FreeUnits): Reply {
  const lines = data.services.map(
    ({ service, product, units, free }) => `${service} ${product}: ${free} of ${units} free`,
  );
  return tell(
    [`${data.organization}, ${data.of}: ${data.free} of ${data.units} units free.`, ...lines].join('\n'),
    freeUnitsCard(data),
  );
}

export function noSuchProduct(organization: string, query: string): Reply {
  const problem =
    query === '' ? `${organization} has no services yet.` : `${organization} has no service “${query}”.`;
  const buttons = [
    { title: 'All free units', command: 'free' },
    { title: 'Orders', command: 'orders' },
  ];
  return tell(problem, chatRefusalCard({ organization, problem, buttons }));
}
