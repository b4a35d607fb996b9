import type { Dataset } from '../chat/card.ts';
import type { Topic } from '../chat/edge.ts';
import { nearest } from '../chat/words.ts';
import type { Button, Command, Feature, Find, Look, LookUp } from './feature.ts';

/** A command and the words that follow it. */
export type Match = { readonly command: Command; readonly words: readonly string[] };

/** All features as one: what can be said, pressed, done in the background and kept up to date. */
export type Registry = {
  readonly features: readonly Feature[];
  readonly commands: readonly Command[];
  match(words: readonly string[]): Match | undefined;
  nearest(words: readonly string[], most: number): Command[];
  button(verb: string): Button | undefined;
  look(verb: string): Look | undefined;
  search(dataset: Dataset): Find | undefined;
  lookUp(topic: Topic): LookUp | undefined;
};

export function register(features: readonly Feature[]): Registry {
  const commands = features.flatMap((feature) => feature.commands);
  const byName = new Map<string, Command>();
  for (const command of commands) {
    for (const name of namesOf(command)) {
      if (byName.has(name)) throw new Error(`Two commands are called "${name}".`);
      byName.set(name, command);
    }
  }
  const buttons = new Map<string, Button>();
  for (const button of features.flatMap((feature) => feature.buttons ?? [])) {
    if (buttons.has(button.verb)) throw new Error(`Two buttons have the verb "${button.verb}".`);
    buttons.set(button.verb, button);
  }
  const looks = new Map(features.flatMap((feature) => feature.looks ?? []).map((one) => [one.verb, one]));

  return {
    features,
    commands,
    match: (words) => match(byName, words),
    nearest(words, most) {
      const typed = words[0] ?? '';
      const both = words.slice(0, 2).join(' ');
      const names = [...nearest(both, [...byName.keys()], most), ...nearest(typed, [...byName.keys()], most)];
      const found = names.flatMap((name) => byName.get(name) ?? []);
      return [...new Set(found)].slice(0, most);
    },
    button: (verb) => buttons.get(verb),
    look: (verb) => looks.get(verb),
    search: (dataset) => features.find(({ searches }) => searches?.[dataset])?.searches?.[dataset],
    lookUp: (topic) => features.find(({ lookups }) => lookups?.[topic])?.lookups?.[topic],
  };
}

export function namesOf(command: Command): string[] {
  return [command.name, ...(command.aliases ?? [])];
}

/** Two words win over one: `new order` is not `new`. */
function match(byName: ReadonlyMap<string, Command>, words: readonly string[]): Match | undefined {
  for (const length of [2, 1]) {
    if (words.length < length) continue;
    const command = byName.get(words.slice(0, length).join(' ').toLowerCase());
    if (command !== undefined) return { command, words: words.slice(length) };
  }
  return undefined;
}
