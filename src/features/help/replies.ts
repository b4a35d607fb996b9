import { chatFaultCard } from '../../../cards/chat-fault.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { chatUnclearCard } from '../../../cards/chat-unclear.ts';
import { type HelpCommand, helpCommandCard } from '../../../cards/help-command.ts';
import { type HelpOverview, helpOverviewCard } from '../../../cards/help-overview.ts';
import { announce, type Command, type Member, type Voice } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';

export function helpOverview(data: HelpOverview): Reply {
  const lines = data.groups.flatMap(({ title, commands }) => [
    `${title}:`,
    ...commands.map(({ usage, summary }) => `  ${usage} – ${summary}`),
  ]);
  return announce(lines.join('\n'), helpOverviewCard(data));
}

export function helpCommand(data: HelpCommand): Reply {
  return announce(`${data.usage}\n${data.summary}.`, helpCommandCard(data));
}

/** What the bot says on its own behalf. */
export const voice: Voice = {
  stranger: () =>
    announce(
      'I don’t know you yet: ask an admin of your provider to grant you access by your e-mail address.',
    ),

  unclear(text: string, near: readonly Command[]) {
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    const nearest = near.map(({ name }) => name);
    const guess =
      nearest.length > 0 ? ` Did you mean ${nearest.join(' or ')}?` : ' Type help to see what I can do.';
    return announce(`I don’t know “${shown}”.${guess}`, chatUnclearCard({ text: shown, nearest }));
  },

  forbidden(member: Member) {
    const problem = `Your role (${member.role}) may not do that.`;
    const remedy = 'An admin of your organization can do it, or ask for another role for you.';
    return announce(
      problem,
      chatRefusalCard({ problem, remedy, buttons: [{ title: 'Help', command: 'help' }] }),
    );
  },

  outdated() {
    const problem = 'That button does not fit any more.';
    return announce(problem, chatRefusalCard({ problem, remedy: 'Type the command again.' }));
  },

  answeredAlready() {
    const problem = 'Somebody else has answered this already.';
    return announce(problem, chatRefusalCard({ problem }));
  },

  fault: (reference: string) =>
    announce(
      `Something went wrong on our side. Nothing was changed. Reference ${reference}.`,
      chatFaultCard({ reference }),
    ),
};
