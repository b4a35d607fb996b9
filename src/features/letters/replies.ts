import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { type LettersForm, lettersFormCard } from '../../../cards/letters-form.ts';
import { type LettersList, lettersListCard } from '../../../cards/letters-list.ts';
import { type LettersShow, lettersShowCard } from '../../../cards/letters-show.ts';
import { tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { LETTERS, type LetterName } from './templates.ts';

export function letterList(data: LettersList): Reply {
  const lines = data.letters.map(
    ({ name, when, changed }) =>
      `${name}: ${when}${changed === undefined ? '' : ` (changed by ${changed.by})`}`,
  );
  const mail = data.mail ? [] : ['No mail is sent: SMTP_URL is not set.'];
  return tell([`Letters of ${data.organization}:`, ...lines, ...mail].join('\n'), lettersListCard(data));
}

export function letterShown(data: LettersShow): Reply {
  const { subject, body } = data.preview;
  const said = data.answer ?? `The letter “${data.name}” of ${data.organization}:`;
  return tell(`${said}\n${subject}\n\n${body}`, lettersShowCard(data));
}

export function letterForm(data: LettersForm): Reply {
  const problems = [...(data.errors?.subject ?? []), ...(data.errors?.body ?? [])];
  const said = problems.length > 0 ? problems.join('\n') : `Change the letter “${data.name}”`;
  const preview = data.preview === undefined ? [] : [data.preview.subject, '', data.preview.body];
  return tell([said, ...preview].join('\n'), lettersFormCard(data));
}

export const CHANGED = 'The letter is changed. The next one goes out like this.';
export const UNCHANGED = 'That is how the letter is already.';
export const RESET = 'The letter is the original again.';

export function whichLetter(found: readonly LetterName[], verb: string): Reply {
  const question = 'Which letter?';
  const choices = found.map((name) => ({ title: name, value: `${verb} ${name}` }));
  return tell(question, chatChoiceCard({ question, choices }));
}

export function noSuchLetter(typed: string): Reply {
  const problem = `There is no letter “${typed}”.`;
  const remedy = `There are: ${LETTERS.join(', ')}.`;
  return tell(
    problem,
    chatRefusalCard({ problem, remedy, buttons: [{ title: 'Letters', command: 'letters' }] }),
  );
}
