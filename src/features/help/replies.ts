import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatFaultCard } from '../../../cards/chat-fault.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { chatUnclearCard } from '../../../cards/chat-unclear.ts';
import { subtle } from '../../../cards/elements.ts';
import { type HelpCommand, helpCommandCard } from '../../../cards/help-command.ts';
import { type HelpOverview, helpOverviewCard } from '../../../cards/help-overview.ts';
import { type Command, type Member, namesOf, tell, type Voice } from '../../bot/index.ts';
import type { Place } from '../../chat/place.ts';
import type { Reply } from '../../chat/reply.ts';
import { distance, quoted, splitWords } from '../../chat/words.ts';

export function helpOverview(data: HelpOverview): Reply {
  const lines = data.groups.flatMap(({ title, commands }) => [
    `${title}:`,
    ...commands.map(({ usage }) => `  ${usage}`),
  ]);
  return tell([...lines, 'Type help and a command to hear how it works.'].join('\n'), helpOverviewCard(data));
}

export function helpCommand(data: HelpCommand): Reply {
  return tell(`${data.usage}\n${data.summary}.`, helpCommandCard(data));
}

export const noSuchCommand = (word: string, nearest: readonly string[]): Reply =>
  unclear(
    `help ${word}`,
    nearest.map((name) => `help ${name}`),
  );

const MOST_SHOWN = 60;
/** A command longer than this is opened without what followed it. */
const LONGEST_BUTTON = 300;

/** Only for the one who asked: what they typed was perhaps not meant for everybody. */
function unclear(text: string, nearest: readonly string[]): Reply {
  const letters = [...text.toWellFormed().replaceAll('\0', '')];
  const shown = letters.length > MOST_SHOWN ? `${letters.slice(0, MOST_SHOWN).join('')}…` : letters.join('');
  const guess =
    nearest.length > 0 ? ` Did you mean ${nearest.join(' or ')}?` : ' Type help to see what I can do.';
  return tell(`I don’t know “${shown}”.${guess}`, chatUnclearCard({ text: shown, nearest }));
}

/** The command with what followed the words that were mistyped: `asociate 10023/1` -> `associate 10023/1`. */
function asMeant(command: Command, text: string): string {
  const [first = '', second = '', ...rest] = splitWords(text.toWellFormed());
  const far = (typed: string) =>
    Math.min(...namesOf(command).map((name) => distance(typed.toLowerCase(), name)));
  const two = second !== '' && far(`${first} ${second}`) < far(first);
  const followed = (two ? rest : [second, ...rest]).filter((word) => word !== '').map(asTyped);
  const whole = [command.name, ...followed].join(' ');
  return whole.length > LONGEST_BUTTON ? command.name : whole;
}

const asTyped = (word: string) => (/[\s"“”„]/.test(word) ? quoted(word) : word);

const nameOf = ({ name, kind }: Place): string =>
  name || (kind === 'group' ? 'the group chat' : 'the channel');

/** The reply with one more sentence at its end. */
function withLine({ text, card, ...reply }: Reply, line: string): Reply {
  return {
    ...reply,
    text: `${text}\n${line}`,
    ...(card && { card: { ...card, body: [...card.body, subtle(line, 'medium')] } }),
  };
}

/** What the bot says on its own behalf. */
export const voice: Voice = {
  stranger: () =>
    tell('I don’t know you yet: ask an admin of your provider to grant you access by your e-mail address.'),

  unclear: (text: string, near: readonly Command[]) =>
    unclear(
      text,
      near.map((command) => asMeant(command, text)),
    ),

  forbidden(member: Member) {
    const problem = `Your role (${member.role}) may not do that.`;
    const remedy = 'Ask an admin to do it, or to give you a role that may.';
    return tell(problem, chatRefusalCard({ problem, remedy, buttons: [{ title: 'Help', command: 'help' }] }));
  },

  outdated() {
    const problem = 'That button does not fit any more.';
    return tell(problem, chatRefusalCard({ problem, remedy: 'Type the command again.' }));
  },

  shared(place: Place) {
    const answer = `Shared in ${place.name || 'the channel'}.`;
    return tell(answer, chatDoneCard({ answer }));
  },

  forElsewhere: (place: Place, reply: Reply) =>
    withLine(reply, `For ${nameOf(place)}: what comes of it is posted there.`),

  postedThere(place: Place) {
    const answer = `Posted in ${nameOf(place)}.`;
    return tell(answer, chatDoneCard({ answer }));
  },

  fileStayedBehind: (reply: Reply) =>
    withLine(reply, 'A file was attached, but it did not reach me: attach it from your computer.'),

  noFileCame: (reply: Reply) =>
    withLine(
      reply,
      'Did you attach a file? I get none here: say bulk, and I ask you for it where we talk alone.',
    ),

  answeredAlready() {
    const problem = 'Somebody else has answered this already.';
    return tell(problem, chatRefusalCard({ problem }));
  },

  fault: (reference: string) =>
    tell(
      `Something went wrong on our side. Nothing was changed. Reference ${reference}.`,
      chatFaultCard({ reference }),
    ),
};
