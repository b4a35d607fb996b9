// Which offering and which organization is meant, whatever their order in the command.
import type { Asked } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { isOrganization, type OrganizationDetails, withOrganization } from '../../organizations/details.ts';
import { currentCustomer } from '../../organizations/view.ts';
import { noSuchOffering } from './replies.ts';
import { type Split, splitNames } from './rules.ts';
import { loadOfferings, type Offering } from './store.ts';

/** Without a name: the customer whose view it is, or else one's own store. */
export async function usualOrganization(asked: Asked): Promise<string> {
  return (await currentCustomer(asked))?.name ?? asked.member.organization.name;
}

/** Runs `run` with the offerings that the words may mean, all where they name none, and with the organization. */
export async function withNamed(
  asked: Asked,
  words: readonly string[],
  run: (among: readonly Offering[], of: OrganizationDetails) => Promise<Reply>,
): Promise<Reply> {
  const all = await loadOfferings(asked.db);
  const { offerings, organization } = await meant(asked, words, all);
  if (words.length > 0 && offerings.length === 0) return noSuchOffering(words.join(' '), all);
  const name = organization === '' ? await usualOrganization(asked) : organization;
  return withOrganization(asked, name, 'offerings', (of) => run(offerings, of));
}

/** The likeliest way in which there is such an organization. */
async function meant(
  asked: Asked,
  words: readonly string[],
  all: readonly Offering[],
): Promise<Split<Offering>> {
  const splits = splitNames(words, all);
  for (const split of splits) {
    if (split.organization === '' || (await isOrganization(asked, split.organization))) return split;
  }
  const organization = words.join(' ');
  const onlyThat = words.length === 0 || (await isOrganization(asked, organization));
  return splits[0] ?? { offerings: onlyThat ? all : [], organization };
}
