import type { App, BlockSuggestion } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import type { Choice } from '../../../chat/card.ts';
import type { FormStore, Query, Search } from '../../../chat/edge.ts';
import type { Place } from '../../../chat/place.ts';
import { readSearch } from '../../../chat/search.ts';
import { foundOptions, searchedIn } from '../blocks/inputs.ts';
import { limits } from '../blocks/limits.ts';
import { inputValues } from '../blocks/state.ts';
import { whoseOf } from '../bolt.ts';
import { placeOfView } from '../forms/kept.ts';
import { pause, type Timers } from '../forms/timers.ts';
import type { Whose, Workspace } from '../install/workspaces.ts';
import type { Log } from '../options.ts';
import type { Directory } from './directory.ts';

/** Slack waits three seconds and then says that it could not load: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select */
const patience = 2_500;

export type Finding = {
  readonly search: Search;
  readonly forms: FormStore;
  readonly timers: Timers;
  readonly log: Log;
  /** Nothing where the bot is not installed. */
  workspaceOf(whose: Whose): Promise<Workspace | undefined>;
};

/** Answers what people type into selects whose choices are searched, in time or with none. */
export function listenForTyping(app: App, finding: Finding): void {
  const { timers, log } = finding;
  app.options<'block_suggestion'>({ type: 'block_suggestion' }, async ({ ack, body, context }) => {
    const found = find(finding, whoseOf(context), body).catch((err: unknown) => {
      log.warn({ err }, 'What somebody types into a select could not be searched');
      return [];
    });
    await ack({ options: await Promise.race([found, late(timers, log)]) });
  });
}

async function late(timers: Timers, log: Log): Promise<PlainTextOption[]> {
  await pause(timers, patience);
  log.info({}, 'A search for a select took too long to be shown');
  return [];
}

async function find(finding: Finding, whose: Whose, typed: BlockSuggestion): Promise<PlainTextOption[]> {
  // What else is filled in Slack says in windows alone.
  const filledIn = inputValues(typed.view?.state?.values, {});
  const wanted = readSearch(searchedIn(String(typed.action_id)), filledIn);
  const at = wanted && (await finding.workspaceOf(whose));
  if (wanted === undefined || at === undefined) return [];
  return foundOptions(await choicesFor(finding, at.reception.directory, wanted, typed));
}

async function choicesFor(
  { search, forms }: Finding,
  directory: Directory,
  wanted: Pick<Query, 'dataset' | 'within' | 'customer'>,
  typed: BlockSuggestion,
): Promise<readonly Choice[]> {
  const { user } = typed;
  const [person, place] = await Promise.all([
    directory.person(user.id, user.name),
    placeOf(forms, directory, typed),
  ]);
  if (place === undefined) return [];
  return search({ ...wanted, person, place, words: String(typed.value ?? ''), most: limits.options });
}

/** In a window nothing is said of the conversation that it was opened in. */
async function placeOf(
  forms: FormStore,
  directory: Directory,
  { channel, container, view, user }: BlockSuggestion,
): Promise<Place | undefined> {
  const id = channel?.id ?? container?.channel_id;
  if (typeof id === 'string') return directory.place(id, {});
  return placeOfView(forms, view?.private_metadata, user.id);
}
