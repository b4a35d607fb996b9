/** Buttons that type a command say whether what comes of it is filled in; the bot itself shows whether it is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allSamples } from '../../cards/gallery.ts';
import { type Card, type Element, type Execute, isForm } from '../../src/chat/card.ts';
import type { Reply } from '../../src/chat/reply.ts';
import { openTalk, type Somebody, type Speaker } from '../support/talk.ts';

type Said = ReadonlyMap<string, Execute>;

const saidIn = (cards: readonly Card[]): Said =>
  new Map(
    cards
      .flatMap(({ actions = [] }) => actions)
      .flatMap((action) =>
        action.type === 'Action.Execute' && action.verb === 'say' && 'text' in action.data
          ? [[String(action.data.text), action] as const]
          : [],
      ),
  );

const hasFields = (element: Element): boolean =>
  element.type === 'Container' ? element.items.some(hasFields) : element.type.startsWith('Input.');

const isFilledIn = ({ card, audience, wantsFile }: Reply): boolean =>
  card !== undefined &&
  isForm(card) &&
  card.body.some(hasFields) &&
  audience === 'asker' &&
  wantsFile === undefined;

/** What comes of these depends on what is in the order, and on what else was begun of it. */
const ANY = /^(?:checkout|suspend|resume) /;
/** The first words, which name the command. */
const nameOf = (text: string): string => /^(?:new|change|key) \S+|^\S+/.exec(text)?.[0] ?? text;

/** A command, whatever the order or the customer. */
const shapeOf = (text: string): string => text.replace(/"[^"]*"|\d[\d/.-]*|\S+@\S+/g, '#');
const ENOUGH = 2;
const fewOfEach = (said: Said): Said =>
  new Map(
    [...Map.groupBy(said, ([text]) => shapeOf(text)).values()].flatMap((alike) => alike.slice(0, ENOUGH)),
  );

async function answersTo(speaker: Speaker, said: Said) {
  const answers: (readonly [text: string, button: Execute, reply: Reply])[] = [];
  for (const [text, button] of said) {
    answers.push([text, button, await speaker.submit('say', { text })]);
  }
  return answers;
}

test('a button that types a command opens a form if, and only if, what comes of it is filled in', async (t) => {
  const talk = await openTalk('PGlite');
  t.after(() => talk.close());
  const samples = fewOfEach(saidIn(Object.values(await allSamples())));
  const all: (readonly [text: string, button: Execute, reply: Reply])[] = [];
  for (const who of ['carla', 'priya'] satisfies Somebody[]) {
    const first = await answersTo(talk.as(who), samples);
    const next = saidIn(first.flatMap(([, , { card }]) => (card === undefined ? [] : [card])));
    const more = fewOfEach(new Map([...next].filter(([text]) => !samples.has(text))));
    all.push(...first, ...(await answersTo(talk.as(who), more)));
  }

  const filledIn = all.filter(([text, , reply]) => isFilledIn(reply) && !ANY.test(text));
  const silent = filledIn.filter(([, { opens }]) => opens !== 'form').map(([text]) => text);
  const names = new Set(filledIn.map(([text]) => nameOf(text)));
  const vain = all.filter(([text, { opens }]) => opens === 'form' && !names.has(nameOf(text)));

  assert.deepEqual([...new Set(silent)], []);
  assert.deepEqual(
    vain.map(([text]) => text),
    [],
  );
});
