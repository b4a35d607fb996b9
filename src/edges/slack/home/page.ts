import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Drawn, Home } from '../../../chat/edge.ts';
import type { Person } from '../../../chat/place.ts';
import type { Reply } from '../../../chat/reply.ts';
import { refusesBlocks, slackWord } from '../answers/failures.ts';
import type { Desk } from '../answers/posting.ts';
import { toBlocks } from '../blocks/blocks.ts';
import { Unshowable } from '../blocks/buttons.ts';
import type { Block } from '../blocks/charts.ts';
import { rooms } from '../blocks/room.ts';
import { sections } from '../blocks/text.ts';
import type { Workspace } from '../install/workspaces.ts';

/**
 * Draws somebody's Home tab. With the hash of the last drawing Slack takes no other one that was made before it.
 * Source: https://docs.slack.dev/reference/methods/views.publish
 */
export async function drawPage(
  { client, log }: Pick<Desk, 'client' | 'log'>,
  { person }: Home,
  reply: Reply,
  hash: string | undefined,
): Promise<Drawn> {
  const user_id = userOf(person);
  try {
    return await publish(client, { user_id, hash }, blocksOf(reply));
  } catch (err) {
    if (slackWord(err) === 'hash_conflict') return 'outdated';
    if (!refusesBlocks(err) && !(err instanceof Unshowable) && slackWord(err) !== 'view_too_large') throw err;
    log.error({ err }, 'Slack can not show a Home tab as it is');
    return publish(client, { user_id, hash: undefined }, plainBlocksOf(reply));
  }
}

const userOf = ({ id }: Person): string => id.slice(id.indexOf(':') + 1);

/** Whose Home tab it is, as Slack knows them now. */
export async function whoseTab(
  { reception }: Pick<Workspace, 'reception'>,
  { person }: Home,
): Promise<Person> {
  const user = userOf(person);
  const now = await reception.directory.person(user, person.name);
  // Whom Slack says nothing of has no address either: then its refusal is what there is to be told.
  if (now.email === undefined && person.email !== undefined)
    await reception.reader.client.users.info({ user });
  return now;
}

async function publish(
  client: WebClient,
  { user_id, hash }: { readonly user_id: string; readonly hash: string | undefined },
  blocks: readonly Block[],
): Promise<Drawn> {
  const page: HomeView = { type: 'home', blocks: [...blocks] as HomeView['blocks'] };
  const { view } = await client.views.publish({
    user_id,
    view: page,
    ...(hash === undefined ? {} : { hash }),
  });
  return { mark: view?.hash };
}

const blocksOf = (reply: Reply): readonly Block[] =>
  reply.card === undefined ? plainBlocksOf(reply) : toBlocks(reply.card, rooms.home).blocks;

const plainBlocksOf = ({ text }: Reply): readonly Block[] => sections(text).slice(0, rooms.home.blocks);
