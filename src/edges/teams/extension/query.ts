// Somebody looks something up where they write, to show it in their message.
import type { TurnContext } from 'botbuilder';
import type { Topic } from '../../../chat/edge.ts';
import type { Answer } from '../answers/answer.ts';
import { inTime } from '../in-time.ts';
import { personAnywhere } from '../requests/anywhere.ts';
import type { Desk } from '../requests/desk.ts';
import { dig, digText } from '../requests/request.ts';
import { topicOf, WORDS } from './commands.ts';
import { nothing, resultsOf, sentence } from './results.ts';
import { sharedPlace } from './shared-place.ts';

const MOST = 25;

export async function findFor(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const { value } = context.activity;
  const topic = topicOf(dig(value, 'commandId'));
  if (topic === undefined) return answer.body(sentence(says.unknown));
  const found = await inTime(desk.timing.searchWithinMs, () => find(desk, context, topic)).catch(
    (err: unknown) => {
      desk.options.log.warn({ err }, 'what somebody looks up was not found');
      return 'failed' as const;
    },
  );
  if (typeof found !== 'string' && found.length > 0) return answer.body(resultsOf(found));
  // Who goes further down the list has results before their eyes, and a sentence would take their place.
  if (skipIn(value) > 0) return answer.body(nothing);
  answer.body(sentence(typeof found === 'string' ? says[found] : says.none[topic]));
}

async function find(desk: Desk, context: TurnContext, topic: Topic) {
  const { value } = context.activity;
  const [person, place] = await Promise.all([personAnywhere(desk, context), sharedPlace(desk, context)]);
  const skip = skipIn(value);
  const most = Math.min(wholeOf(dig(value, 'queryOptions', 'count'), MOST) || MOST, MOST);
  const words = wordsIn(value);
  return (await desk.options.lookups?.find({ person, place, topic, words, skip, most })) ?? [];
}

/** Without words Teams sends a parameter of its own, `initialRun`. */
function wordsIn(value: unknown): string {
  const parameters = dig(value, 'parameters');
  const found = (Array.isArray(parameters) ? parameters : []).find((one) => dig(one, 'name') === WORDS);
  return digText(found, 'value') ?? '';
}

const skipIn = (value: unknown): number => wholeOf(dig(value, 'queryOptions', 'skip'), 0);

const wholeOf = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : otherwise;

const says = {
  unknown: 'I do not know this search any more. Ask whoever looks after the app for its new version.',
  stranger: 'I do not know you yet. Ask your provider’s admin to give you access, then search again.',
  late: 'That took too long. Type a word more, and I find it sooner.',
  failed: 'I could not look that up just now. Try again in a moment.',
  none: {
    orders: 'No order that you may show here fits that.',
    services: 'No service that you may show here fits that.',
    users: 'No user whom you may show here fits that.',
  } satisfies Record<Topic, string>,
};
