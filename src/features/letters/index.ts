// Letters: the e-mails that the bot sends, made of texts that the provider can change.
import { z } from 'zod';
import { type Asked, button, type Feature, type Role } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { changeLetter, preview, reset, resetLetter, save } from './change.ts';
import { listLetters, showLetter } from './show.ts';
import { LETTERS } from './templates.ts';

const READERS: readonly Role[] = ['provider admin', 'account manager'];
const WRITERS: readonly Role[] = ['provider admin'];

const letter = z.enum(LETTERS);
const text = z.object({
  letter,
  subject: z.string().max(10_000).default(''),
  body: z.string().max(100_000).default(''),
});
const inPlace = async (reply: Promise<Reply>): Promise<Reply> => ({ ...(await reply), position: 'instead' });

export const letters: Feature = {
  name: 'letters',
  summary: 'Texts of e-mails',
  commands: [
    {
      name: 'letters',
      aliases: ['templates'],
      usage: 'letters',
      summary: 'List the e-mails I send, and which of them were changed',
      examples: ['letters'],
      roles: READERS,
      run: (asked) => listLetters(asked),
    },
    {
      name: 'letter',
      aliases: ['template'],
      usage: 'letter <name>',
      summary: 'Show the text of an e-mail, with a preview',
      examples: ['letter', 'letter welcome customer'],
      roles: READERS,
      run: showLetter,
    },
    {
      name: 'change letter',
      usage: 'change letter <name>',
      summary: 'Change the subject and the text of an e-mail',
      examples: ['change letter', 'change letter admin credentials'],
      roles: WRITERS,
      run: changeLetter,
    },
    {
      name: 'reset letter',
      usage: 'reset letter <name>',
      summary: 'Take an e-mail back to its original text',
      examples: ['reset letter', 'reset letter admin credentials'],
      roles: WRITERS,
      run: resetLetter,
    },
  ],
  buttons: [
    button({
      verb: 'letters.save',
      roles: WRITERS,
      input: text,
      run: (asked, { letter: name, ...typed }) => inPlace(save(asked, name, typed)),
    }),
    button({
      verb: 'letters.preview',
      roles: WRITERS,
      input: text,
      run: (asked, { letter: name, ...typed }) => inPlace(preview(asked, name, typed)),
    }),
    button({
      verb: 'letters.reset',
      roles: WRITERS,
      input: z.object({ letter }),
      run: (asked: Asked, { letter: name }) => inPlace(reset(asked, name)),
    }),
  ],
};
