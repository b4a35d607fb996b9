import type { Asked } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { letterList, letterShown, noSuchLetter, whichLetter } from './replies.ts';
import { fill, lettersWith, samplesOf } from './rules.ts';
import { loadChanged, loadProvider, loadText } from './store.ts';
import { LETTERS, type LetterName, parseLetter, TEMPLATES } from './templates.ts';

/** `letters`: all of them, and which were changed. */
export async function listLetters({ db, member, settings }: Asked): Promise<Reply> {
  const changed = await loadChanged(db);
  return letterList({
    organization: member.organization.name,
    mail: settings.mail,
    letters: LETTERS.map((name) => {
      const one = changed.find((other) => other.name === name);
      return {
        name,
        when: TEMPLATES[name].when,
        ...(one && { changed: { by: one.changedBy, at: one.changedAt.toISOString() } }),
      };
    }),
  });
}

/** `letter welcome customer` */
export const showLetter = (asked: Asked, words: readonly string[]): Promise<Reply> =>
  onLetter(asked, words, 'letter', (name) => shown(asked, name));

/** Runs `run` with the letter that the words name, or part of its name; or asks which. */
export async function onLetter(
  asked: Asked,
  words: readonly string[],
  verb: string,
  run: (name: LetterName) => Promise<Reply>,
): Promise<Reply> {
  if (words.length === 0) return verb === 'letter' ? listLetters(asked) : whichLetter(LETTERS, verb);
  const found = lettersWith(words);
  const [only, ...others] = found;
  const name = parseLetter(words) ?? (others.length === 0 ? only : undefined);
  if (name !== undefined) return run(name);
  return found.length === 0 ? noSuchLetter(words.join(' ')) : whichLetter(found, verb);
}

/** The text as it is, and as it looks when it is sent. */
export async function shown({ db, member }: Asked, name: LetterName, answer?: string): Promise<Reply> {
  const template = TEMPLATES[name];
  const changed = await loadText(db, name);
  const { subject, body } = changed ?? template;
  const provider = (await loadProvider(db))?.name ?? '';
  return letterShown({
    organization: member.organization.name,
    name,
    when: template.when,
    text: { subject, body },
    preview: fill({ subject, body }, template, { ...samplesOf(template), provider }),
    fields: template.fields.map((field) => field.name),
    changed: changed && { by: changed.changedBy, at: changed.changedAt.toISOString() },
    answer,
  });
}
