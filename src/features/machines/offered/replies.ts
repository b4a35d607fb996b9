import { chatChoiceCard } from '../../../../cards/chat-choice.ts';
import { chatDoneCard } from '../../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../../cards/chat-refusal.ts';
import { count } from '../../../../cards/format.ts';
import { quotas } from '../../../../cards/machines.ts';
import { type MachinesOffer, machinesOfferCard } from '../../../../cards/machines-offer.ts';
import { type MachinesOffered, machinesOfferedCard } from '../../../../cards/machines-offered.ts';
import { tell } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { quoted } from '../../../chat/words.ts';
import type { What } from './rules.ts';

const ALL = { title: 'All regions', command: 'machines' };

export function offered(data: MachinesOffered): Reply {
  const regions = data.region === undefined ? data.regions : [data.region];
  const lines = regions.flatMap(({ name, profiles, templates }) => [
    `${name}: ${templates.map((one) => one.name).join(', ') || 'no templates'}`,
    ...profiles.map((profile) => `${profile.name}: ${quotas(profile)}`),
  ]);
  return tell([data.offering, ...lines].join('\n'), machinesOfferedCard(data));
}

export function offerForm(data: MachinesOffer): Reply {
  const problems = Object.values(data.errors ?? {}).flatMap((error) => error ?? []);
  const title = `${data.id === undefined ? 'Add' : 'Change'} a ${data.what}`;
  return tell(problems.length > 0 ? problems.join('\n') : title, machinesOfferCard(data));
}

export function offerSaved(answer: string, region: string | undefined, drafts = 0): Reply {
  const detail =
    drafts === 0
      ? undefined
      : `${count(drafts, 'order')} in which it was chosen: whoever goes on with it is told.`;
  const open =
    region === undefined ? [] : [{ title: `Open ${region}`, command: `machines ${quoted(region)}` }];
  return tell(
    [answer, ...(detail ? [detail] : [])].join('\n'),
    chatDoneCard({ answer, detail, buttons: [...open, ALL] }),
  );
}

export function noOffering(): Reply {
  const problem = 'The catalog has no service with virtual machines.';
  return tell(problem, chatRefusalCard({ problem, buttons: [{ title: 'Catalog', command: 'catalog' }] }));
}

export function whichOffering(offerings: readonly { readonly name: string }[], text: string): Reply {
  const question = 'Of which service?';
  return tell(
    question,
    chatChoiceCard({
      question,
      choices: offerings.map(({ name }) => ({
        title: name,
        value: `machines ${quoted(name)} ${text}`.trim(),
      })),
    }),
  );
}

export function noSuchRegion(name: string, regions: readonly { readonly name: string }[]): Reply {
  const problem = `There is no region “${name}”.`;
  const buttons = regions
    .slice(0, 4)
    .map((one) => ({ title: one.name, command: `machines ${quoted(one.name)}` }));
  return tell(problem, chatRefusalCard({ problem, buttons: [...buttons, ALL] }));
}

export function noSuchItem(what: What, name: string): Reply {
  const problem = name === '' ? `There is no such ${what} any more.` : `There is no ${what} “${name}” there.`;
  return tell(problem, chatRefusalCard({ problem, buttons: [ALL] }));
}

export function whichWhat(verb: string): Reply {
  const problem = `What do you want to ${verb}? A region, a profile or a template.`;
  const remedy = `For example: machines ${verb} ${verb === 'add' ? 'profile Stockholm Huge 16 128 640' : 'profile Stockholm Large'}`;
  return tell(problem, chatRefusalCard({ problem, remedy, buttons: [ALL] }));
}
