/** What the library that renders Adaptive Cards says about a card. */
import { createRequire } from 'node:module';
import type * as AdaptiveCards from 'adaptivecards';
import type { Card } from '../../src/chat/card.ts';
import { allElements } from './rules.ts';

// The package's main entry does not load in Node; its bundle does, as CommonJS.
const library: typeof AdaptiveCards = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

/** Teams knows these, the library does not: it shows their fallback. */
const OF_TEAMS = ['ProgressBar', 'Badge', 'Chart.VerticalBar.Grouped'];

export function libraryComplaints(card: Card): string[] {
  const context = new library.SerializationContext();
  const parsed = new library.AdaptiveCard();
  parsed.hostConfig = new library.HostConfig({ actions: { maxActions: 6 } });
  parsed.parse(JSON.parse(JSON.stringify(card)), context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  const problems = parsed.validateProperties().validationEvents;
  const searched = allElements(card).every(
    (element) =>
      element.type !== 'Input.ChoiceSet' || element.choices.length > 0 || 'choices.data' in element,
  );
  return [...events, ...problems]
    .map(({ message }) => message)
    .filter((message) => !isOfTeams(message) && !(searched && message === NO_CHOICES));
}

/** Choices that are searched need none at hand: https://adaptivecards.io/explorer/Data.Query.html */
const NO_CHOICES = 'An Input.ChoiceSet must have at least one choice defined.';

function isOfTeams(message: string): boolean {
  return OF_TEAMS.some((type) => message.includes(type));
}
