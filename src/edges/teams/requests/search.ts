import type { TurnContext } from 'botbuilder';
import type { Choice } from '../../../chat/card.ts';
import { readSearch } from '../../../chat/search.ts';
import type { Answer } from '../answers/answer.ts';
import { inTime } from '../in-time.ts';
import { personAnywhere, placeAnywhere } from './anywhere.ts';
import type { Desk } from './desk.ts';
import { placeIn } from './receive.ts';
import { dig, digText, isRecord } from './request.ts';

export const SEARCH = 'application/search';

/** Teams lists no more: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search#implement-typeahead-search */
const MOST_SHOWN = 15;
/** Who goes further types a word more. */
const MOST_SKIPPED = 60;

/** Somebody types into an input whose choices are searched. Found in time, or nothing is. */
export async function takeSearch(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const { options, timing } = desk;
  try {
    const found = await inTime(timing.searchWithinMs, () => find(desk, context));
    if (found !== 'late') return answer.body(listed(found));
    options.log.info({}, 'a search for an input took too long to be shown');
  } catch (err) {
    options.log.warn({ err }, 'what somebody types into an input could not be searched');
  }
  answer.body(listed([]));
}

async function find(desk: Desk, context: TurnContext): Promise<readonly Choice[]> {
  const { value } = context.activity;
  const inputs = dig(value, 'data');
  const wanted = readSearch(dig(value, 'dataset'), isRecord(inputs) ? inputs : {});
  if (wanted === undefined) return [];
  const [person, named] = await Promise.all([personAnywhere(desk, context), placeIn(desk, context)]);
  const place = await placeAnywhere(desk, context, named);
  const skip = within(dig(value, 'queryOptions', 'skip'), 0, MOST_SKIPPED);
  const most = skip + within(dig(value, 'queryOptions', 'top'), MOST_SHOWN, MOST_SHOWN);
  const words = digText(value, 'queryText') ?? '';
  return (await desk.options.search({ ...wanted, person, place, words, most })).slice(skip, most);
}

/** A number that a client sent; `usual` where it sent none. */
const within = (value: unknown, usual: number, most: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? Math.min(value, most) : usual;

/** Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search#response */
const listed = (found: readonly Choice[]) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.search.searchResponse',
  value: { results: found.map(({ title, value }) => ({ title, value })) },
});
