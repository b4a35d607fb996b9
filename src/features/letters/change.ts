import { type Asked, newOnce, record } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { CHANGED, letterForm, RESET, UNCHANGED } from './replies.ts';
import { fill, isRight, type Problems, problemsOf, samplesOf } from './rules.ts';
import { onLetter, shown } from './show.ts';
import { forgetText, loadProvider, loadText, saveText } from './store.ts';
import { type LetterName, TEMPLATES, type Text } from './templates.ts';

/**
 * `change letter job done`: the form. A subject in the next line and a text below it are saved as they are.
 */
export function changeLetter(asked: Asked, words: readonly string[]): Promise<Reply> {
  const [first = '', subject = '', ...body] = asked.text.trim().split(/\r?\n/);
  const isWhole = body.length > 0;
  const name = isWhole ? first.trim().split(/\s+/).slice(2) : words;
  return onLetter(asked, name, 'change letter', async (letter) => {
    if (isWhole) return save(asked, letter, { subject, body: body.join('\n') });
    return form(asked, letter, (await loadText(asked.db, letter)) ?? TEMPLATES[letter]);
  });
}

/** What was typed, with how it looks; nothing is saved. */
export async function preview(asked: Asked, name: LetterName, typed: Text): Promise<Reply> {
  const text = tidy(typed);
  const template = TEMPLATES[name];
  const problems = problemsOf(template, text);
  const provider = (await loadProvider(asked.db))?.name ?? '';
  return form(asked, name, text, {
    ...(!isRight(problems) && { errors: problems }),
    ...(isRight(problems) && { preview: fill(text, template, { ...samplesOf(template), provider }) }),
  });
}

export async function save(asked: Asked, name: LetterName, typed: Text): Promise<Reply> {
  const text = tidy(typed);
  const problems = problemsOf(TEMPLATES[name], text);
  if (!isRight(problems)) return form(asked, name, text, { errors: problems });
  const before = (await loadText(asked.db, name)) ?? TEMPLATES[name];
  if (before.subject === text.subject && before.body === text.body) return shown(asked, name, UNCHANGED);
  await saveText(asked.db, name, text, { by: asked.member.name, at: asked.now });
  await remember(asked, name, `Changed the letter “${name}”`, before, text);
  return shown(asked, name, CHANGED);
}

/** `reset letter job done` */
export const resetLetter = (asked: Asked, words: readonly string[]): Promise<Reply> =>
  onLetter(asked, words, 'reset letter', (name) => reset(asked, name));

export async function reset(asked: Asked, name: LetterName): Promise<Reply> {
  const before = await loadText(asked.db, name);
  if (before === undefined) return shown(asked, name, RESET);
  await forgetText(asked.db, name);
  await remember(asked, name, `Took the letter “${name}” back to the original`, before, TEMPLATES[name]);
  return shown(asked, name, RESET);
}

async function remember(
  asked: Asked,
  name: LetterName,
  summary: string,
  before: Text,
  after: Text,
): Promise<void> {
  const provider = await loadProvider(asked.db);
  const textOf = ({ subject, body }: Text) => ({ letter: name, subject, body });
  await record(asked, {
    organizationId: provider?.id ?? asked.member.organization.id,
    orderId: null,
    kind: 'letter',
    summary,
    before: textOf(before),
    after: textOf(after),
  });
}

/** Line breaks as they are stored, and nothing around the text. */
const tidy = ({ subject, body }: Text): Text => ({
  subject: subject.trim(),
  body: body
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim(),
});

async function form(
  { member }: Asked,
  name: LetterName,
  { subject, body }: Text,
  rest: { readonly errors?: Problems; readonly preview?: Text } = {},
): Promise<Reply> {
  return letterForm({
    organization: member.organization.name,
    name,
    fields: TEMPLATES[name].fields.map((field) => ({ name: field.name, needed: field.needed === true })),
    values: { subject, body },
    ...rest,
    once: newOnce(),
  });
}
