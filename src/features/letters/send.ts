import type { Ctx } from '../../bot/index.ts';
import type { OutFile } from '../../chat/reply.ts';
import { byMail, postTo } from '../notices/notify.ts';
import { fill, isSecret, withName } from './rules.ts';
import { loadProvider, loadText } from './store.ts';
import { type LetterName, TEMPLATES } from './templates.ts';

export type Letter = {
  readonly template: LetterName;
  readonly to: string;
  /** By the names of the template's fields; the provider's name is known. */
  readonly values: Readonly<Record<string, string>>;
  /** What the letter is about: an address gets it once. */
  readonly key: string;
  /** Nothing of it is kept once it was sent. So it is, too, where it holds a password. */
  readonly secret?: boolean;
  readonly files?: readonly OutFile[];
};

/** Has a letter sent, in the transaction of the caller: it goes out if and only if that ends well. */
export async function sendLetter(ctx: Ctx, letter: Letter): Promise<'queued' | 'no mail'> {
  if (!ctx.settings.mail) return 'no mail';
  const template = TEMPLATES[letter.template];
  const provider = (await loadProvider(ctx.db))?.name ?? '';
  const values = withName({ provider, ...letter.values });
  const text = (await loadText(ctx.db, letter.template)) ?? template;
  const { subject, body } = fill(text, template, values);
  await postTo(ctx, {
    kind: 'letters',
    key: letter.key,
    place: byMail(letter.to, provider),
    reply: {
      text: `${subject}\n\n${body}`,
      audience: 'asker',
      position: 'below',
      ...(letter.files !== undefined && { files: letter.files }),
    },
    secret: letter.secret === true || isSecret(template, values),
  });
  return 'queued';
}
