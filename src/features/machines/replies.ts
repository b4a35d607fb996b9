import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { count, list, money, number } from '../../../cards/format.ts';
import { type MachineRow, type MachinesTotal, quotas } from '../../../cards/machines.ts';
import { type MachinesChange, machinesChangeCard } from '../../../cards/machines-change.ts';
import { type MachinesCustomer, machinesCustomerCard } from '../../../cards/machines-customer.ts';
import { type MachinesExtra, machinesExtraCard } from '../../../cards/machines-extra.ts';
import { type MachinesPurpose, machinesPurposeCard } from '../../../cards/machines-purpose.ts';
import { type MachinesRegion, machinesRegionCard } from '../../../cards/machines-region.ts';
import { type MachinesSizes, machinesSizesCard } from '../../../cards/machines-sizes.ts';
import { tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { quoted } from '../../chat/words.ts';
import type { ChosenMachine } from './rules.ts';

type Errors = { readonly [field: string]: string | undefined };

/** What stands for the card where there are no cards: what is wrong or to be known, and then the answer. */
function worded(
  of: {
    readonly organization: string;
    readonly errors?: Errors | undefined;
    readonly said?: readonly string[] | undefined;
    readonly hint?: string | undefined;
  },
  answer: readonly string[],
): string {
  const problems = Object.values(of.errors ?? {}).flatMap((error) => error ?? []);
  return [
    ...problems,
    ...(of.said ?? []),
    ...(of.hint === undefined ? [] : [of.hint]),
    `${of.organization}: ${answer[0]}`,
    ...answer.slice(1),
  ].join('\n');
}

const totalLine = (total: MachinesTotal): string =>
  `Your total: ${count(total.machines, 'machine')}, ${quotas(total)}, ${number(total.extraStorageGb)} GB extra storage, ${number(total.vpn * 10)} VPN channels, ${number(total.ipv4)} IPv4; ${money(total.price)} per month.`;

const rowLine = ({ quantity, profile, template }: MachineRow): string =>
  `${number(quantity)} × ${profile}, ${template}`;

export function regionStep(data: MachinesRegion): Reply {
  const names = data.regions.map(({ name }) => name);
  const answer =
    names.length === 0 ? ['No region is offered yet.'] : ['Where shall the machines run?', ...names];
  return tell(worded(data, answer), machinesRegionCard(data));
}

export function sizesStep(data: MachinesSizes): Reply {
  const answer = [
    `virtual machine sizes in ${data.region}, order ${data.order}.`,
    ...data.machines.map(rowLine),
    totalLine(data.total),
  ];
  return tell(worded(data, answer), machinesSizesCard(data));
}

export function extraStep(data: MachinesExtra): Reply {
  return tell(
    worded(data, [`${data.name}, order ${data.order}.`, totalLine(data.total)]),
    machinesExtraCard(data),
  );
}

export function changeForm(data: MachinesChange): Reply {
  return tell(worded(data, [`change ${data.profile}, order ${data.order}.`]), machinesChangeCard(data));
}

export function chooseMachine(
  { organization, order }: { readonly organization: string; readonly order: string },
  machines: readonly ChosenMachine[],
): Reply {
  const question = 'Which machines do you want to change?';
  return tell(
    `${organization}: ${question}`,
    chatChoiceCard({
      organization,
      question,
      detail: `Order ${order}`,
      choices: machines.map(({ key, name, template, quantity }) => ({
        title: `${number(quantity)} × ${name} · ${template}`,
        value: `${order} ${key}`,
      })),
      answer: { verb: 'machines.which', field: 'choice' },
    }),
  );
}

const BASKET = { title: 'Basket', command: 'basket' };
const AGAIN = { title: 'New machines', command: 'new machines' };

export function notYoursToChange(): Reply {
  const problem = 'This order can no longer be changed, or is not one of yours.';
  return tell(problem, chatRefusalCard({ problem, buttons: [BASKET, AGAIN] }));
}

export function nothingEnabled(organization: string): Reply {
  const problem = `${organization} has no service with virtual machines.`;
  return tell(
    problem,
    chatRefusalCard({
      organization,
      problem,
      remedy: 'Add such a service to it first; the catalog shows which there are.',
      buttons: [{ title: 'Catalog', command: 'catalog' }],
    }),
  );
}

export function whichOffering(organization: string, offerings: readonly { readonly name: string }[]): Reply {
  const question = 'Which service?';
  return tell(
    `${organization}: ${question}`,
    chatChoiceCard({
      organization,
      question,
      choices: offerings.map(({ name }) => ({ title: name, value: `new machines ${quoted(name)}` })),
    }),
  );
}

/** The configuration can't be bought as it is. */
export function notComplete(organization: string, order: string, problems: readonly string[]): Reply {
  const [problem = '', ...more] = problems;
  const card = chatRefusalCard({
    organization,
    problem,
    ...(more.length > 0 && { remedy: more.join('\n') }),
    buttons: [{ title: 'Change configuration', command: `new machines ${order}` }, BASKET],
  });
  return tell([`${organization}: ${problem}`, ...more].join('\n'), card);
}

export function askPurpose(data: MachinesPurpose): Reply {
  return tell(
    `${data.organization}: is order ${data.order} for resale or for own use?`,
    machinesPurposeCard(data),
  );
}

export function customerForm(data: MachinesCustomer): Reply {
  return tell(
    worded(data, [`whom are the machines of order ${data.order} for?`]),
    machinesCustomerCard(data),
  );
}

export function notResold(organization: string): Reply {
  const problem = `${organization} buys for its own use; only a reseller resells.`;
  return tell(problem, chatRefusalCard({ organization, problem, buttons: [BASKET] }));
}

/** `synchronize` are the names of those whose accounts are missing. */
export function notSynchronized(organization: string, offering: string, missing: readonly string[]): Reply {
  const problem = `${list(missing)} ${missing.length === 1 ? 'is' : 'are'} not synchronized with ${offering} yet.`;
  const remedy = `To order on behalf of ${organization}, synchronize first; then place the order from the basket.`;
  const buttons = missing.map((name) => ({
    title: `Synchronize ${name}`,
    command: `sync ${quoted(name)} ${quoted(offering)}`,
  }));
  return tell(
    `${problem}\n${remedy}`,
    chatRefusalCard({ organization, problem, remedy, buttons: [...buttons, BASKET] }),
  );
}
