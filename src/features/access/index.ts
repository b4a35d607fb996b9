// Access: who has which role in which organization.
import { z } from 'zod';
import { type Asked, button, type Feature, PAGE_SIZE, pageOf, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { grant, revoke, submitGrant, submitRevoke } from './grant.ts';
import { memberList } from './replies.ts';
import { GRANTERS } from './rules.ts';
import { countMembers, loadMembers } from './store.ts';

/** What was typed in a form. */
const typed = z.string().max(1000).default('');

async function listMembers(asked: Asked, page: number): Promise<Reply> {
  const { organization } = asked.member;
  const scope = scopeOf(organization);
  const paging = pageOf(page, await countMembers(asked.db, scope));
  const rows = await loadMembers(asked.db, scope, (paging.page - 1) * PAGE_SIZE, PAGE_SIZE);
  const members = rows.map(({ name: person, ...rest }) => ({ person, ...rest }));
  return memberList({ ...paging, organization: organization.name, members });
}

export const access: Feature = {
  name: 'access',
  summary: 'Access',
  commands: [
    {
      name: 'members',
      usage: 'members',
      summary: 'List who has which role',
      examples: ['members'],
      roles: GRANTERS,
      run: (asked) => listMembers(asked, 1),
    },
    {
      name: 'grant',
      usage: 'grant [<person> <role> [organization]]',
      summary: 'Give a person a role',
      examples: ['grant carla@contoso.example customer admin contoso', 'grant @Carla customer contoso'],
      roles: GRANTERS,
      run: grant,
    },
    {
      name: 'revoke',
      usage: 'revoke [<person>]',
      summary: 'Take a person’s role away',
      examples: ['revoke carla@contoso.example'],
      roles: GRANTERS,
      run: revoke,
    },
  ],
  buttons: [
    button({
      verb: 'access.grant',
      roles: GRANTERS,
      input: z.object({ person: typed, role: typed, in: typed }),
      run: submitGrant,
    }),
    button({ verb: 'access.revoke', roles: GRANTERS, input: z.object({ person: typed }), run: submitRevoke }),
    button({
      verb: 'members.page',
      roles: GRANTERS,
      input: z.object({ page: z.coerce.number().int().min(1).max(1_000_000) }),
      run: async (asked, { page }) => ({ ...(await listMembers(asked, page)), position: 'instead' }),
    }),
  ],
};
