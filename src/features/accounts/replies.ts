import { type AccountsConfirm, accountsConfirmCard } from '../../../cards/accounts-confirm.ts';
import { type AccountsCredentials, accountsCredentialsCard } from '../../../cards/accounts-credentials.ts';
import { type AccountsList, accountsListCard } from '../../../cards/accounts-list.ts';
import { accountsStateCard } from '../../../cards/accounts-state.ts';
import { type AccountsSync, accountsSyncCard } from '../../../cards/accounts-sync.ts';
import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { dateTime } from '../../../cards/format.ts';
import { tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { quoted } from '../../chat/words.ts';
import { accountTrack, roleOf } from './rules.ts';
import type { Accountable, Tenant } from './store.ts';

const problemsOf = (errors: { readonly [field: string]: string | undefined } = {}): string[] =>
  Object.values(errors).flatMap((error) => error ?? []);

export function accountList(data: AccountsList): Reply {
  const lines = data.accounts.map(
    ({ organization, offering, state, userName }) =>
      `${organization}, ${offering}: ${state}${userName ? ` (${userName})` : ''}`,
  );
  return tell(['Provisioning sync status', ...lines].join('\n'), accountsListCard(data));
}

export function accountForm(data: AccountsSync): Reply {
  const problems = problemsOf(data.errors);
  const text = problems.length > 0 ? problems : [`${data.organization}: sync options for ${data.offering}`];
  return tell(text.join('\n'), accountsSyncCard(data));
}

export function confirmAccount(data: AccountsConfirm): Reply {
  return tell(
    `${data.organization}: synchronize ${data.userName} with ${data.offering} as ${data.role}?`,
    accountsConfirmCard(data),
  );
}

const DETAIL = {
  synchronizing: () => 'The provider is making the account. This card changes when it is done.',
  synchronized: () => 'The account is there.',
  failed: () => 'The provider did not make the account. Mend what it says, then try again.',
} as const;

/** How the account stands. `attempt` is where it is being shown to the one who began it. */
export function accountState(of: Accountable, attempt?: number, detail?: string): Reply {
  const state = of.state ?? 'synchronizing';
  const card = accountsStateCard({
    organization: of.name,
    offering: of.offering,
    state,
    userName: of.userName ?? '',
    role: roleOf(of.kind),
    portalAccount: of.account ?? undefined,
    synchronizedAt: of.synchronizedAt?.toISOString(),
    error: of.error ?? undefined,
    detail: detail ?? DETAIL[state](),
  });
  const reason = of.error === null ? '' : ` The provider said: ${of.error}`;
  const text = `${of.name}, ${of.offering}: ${detail ?? DETAIL[state]()}${reason}`;
  const track = attempt === undefined ? {} : { track: `${accountTrack(of.id, of.offeringId)}:${attempt}` };
  return tell(text, card, track);
}

export function parentFirst(of: Accountable, parent: string): Reply {
  const problem = `${parent} is not synchronized with ${of.offering} yet.`;
  const remedy = `Its account is the parent of that of ${of.name}: synchronize it first.`;
  const buttons = [
    { title: `Synchronize ${parent}`, command: `sync ${quoted(parent)} ${quoted(of.offering)}` },
    { title: 'All accounts', command: 'sync' },
  ];
  return tell(`${problem}\n${remedy}`, chatRefusalCard({ organization: of.name, problem, remedy, buttons }));
}

export const otherAccount = (name: string, userName: string): string =>
  `${name} is synchronized as ${userName}; another username would be another account.`;

export function noSuchAccount(name: string, near: readonly { readonly name: string }[]): Reply {
  const problem =
    name === ''
      ? 'There is no such account that you can synchronize.'
      : `There is no “${name}” with a service that has portal accounts, among those you can see.`;
  const buttons = near.slice(0, 5).map((one) => ({ title: one.name, command: `sync ${quoted(one.name)}` }));
  return tell(
    problem,
    chatRefusalCard({ problem, buttons: [...buttons, { title: 'All accounts', command: 'sync' }] }),
  );
}

/** Options without a choice: the list stays where it is, to choose from. */
export function chooseOrganization(): Reply {
  const problem = 'Choose an organization.';
  return { ...tell(problem, chatRefusalCard({ problem })), position: 'below' };
}

export function whichAccount(accounts: readonly Accountable[]): Reply {
  const question = 'Which account?';
  return tell(
    question,
    chatChoiceCard({
      question,
      choices: accounts.slice(0, 50).map(({ name, offering }) => ({
        title: `${name} · ${offering}`,
        value: `sync ${quoted(name)} ${quoted(offering)}`,
      })),
    }),
  );
}

export function credentialsForm(data: AccountsCredentials): Reply {
  const [problem] = problemsOf(data.errors);
  const text = problem ?? `${data.organization}: where shall the password of ${data.domain} go to?`;
  return tell(text, accountsCredentialsCard(data));
}

export function whichTenant(organization: string, tenants: readonly Tenant[]): Reply {
  const question = 'Of which tenant?';
  return tell(
    `${organization}: ${question}`,
    chatChoiceCard({
      organization,
      question,
      choices: tenants.map(({ offering, domain }) => ({
        title: `${domain} · ${offering}`,
        value: `credentials ${quoted(organization)} ${quoted(offering)}`,
      })),
    }),
  );
}

export function noTenant(organization: string): Reply {
  const problem = `${organization} has no tenant yet.`;
  const remedy = 'It gets one with a service that has a domain of its own, such as Microsoft O365.';
  const buttons = [{ title: 'Catalog', command: 'catalog' }];
  return tell(`${problem} ${remedy}`, chatRefusalCard({ organization, problem, remedy, buttons }));
}

export function noMail(organization: string): Reply {
  const problem = 'The password would be lost: no mail server is set.';
  const remedy = 'It is given out one time only, by e-mail. Set SMTP_URL, restart, and ask again.';
  return tell(`${organization}: ${problem}\n${remedy}`, chatRefusalCard({ organization, problem, remedy }));
}

export function notRequested(organization: string): Reply {
  const problem = `Nobody has asked for the admin credentials of ${organization} yet.`;
  return tell(
    problem,
    chatRefusalCard({ organization, problem, remedy: 'A customer admin can, with: credentials' }),
  );
}

/** What is known of the administrator; the address only for who may know it. */
export function administrator(tenant: Tenant, seesAddress: boolean, track?: string): Reply {
  const { name: organization, domain, userName, sentTo, requestedAt } = tenant;
  const when = requestedAt === null ? '' : ` on ${dateTime(requestedAt.toISOString())}`;
  const to = seesAddress && sentTo ? ` to ${sentTo}` : '';
  const options = track === undefined ? {} : { track };
  if (userName === null) {
    const answer = `The admin credentials of ${domain} are being asked for`;
    const detail = `Asked for${when}; the password goes by e-mail${to}.`;
    return tell(
      `${organization}: ${answer}. ${detail}`,
      chatDoneCard({ organization, answer, detail }),
      options,
    );
  }
  const answer = `The admin of ${domain} is ${userName}`;
  const detail =
    sentTo === ''
      ? 'The password was given out before, and is given out one time only.'
      : `The password was sent by e-mail${to}${when}, one time only.`;
  return tell(
    `${organization}: ${answer}. ${detail}`,
    chatDoneCard({ organization, answer, detail }),
    options,
  );
}

export function credentialsFailed(tenant: Tenant, reason: string): Reply {
  const problem = `The admin credentials of ${tenant.domain} could not be had.`;
  const remedy = `The provider said: ${reason}`;
  const buttons = [
    { title: 'Try again', command: `credentials ${quoted(tenant.name)} ${quoted(tenant.offering)}` },
  ];
  return tell(
    `${tenant.name}: ${problem} ${remedy}`,
    chatRefusalCard({ organization: tenant.name, problem, remedy, buttons }),
  );
}

/** In the place of a message that said the provider is being asked. */
export function credentialsOpen(tenant: Tenant): Reply {
  const problem = `The admin credentials of ${tenant.domain} were not given out.`;
  const remedy = 'The message below says why. They can be asked for again.';
  const buttons = [
    { title: 'Try again', command: `credentials ${quoted(tenant.name)} ${quoted(tenant.offering)}` },
  ];
  return tell(
    `${tenant.name}: ${problem} ${remedy}`,
    chatRefusalCard({ organization: tenant.name, problem, remedy, buttons }),
  );
}

export function askedLater(tenant: Tenant): Reply {
  const answer = `The admin credentials of ${tenant.domain} take longer`;
  const detail = 'The provider or the mail server can’t be reached. It is tried again every ten minutes.';
  return tell(
    `${tenant.name}: ${answer}. ${detail}`,
    chatDoneCard({ organization: tenant.name, answer, detail }),
  );
}
