import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { type HistoryList, historyListCard } from '../../../cards/history-list.ts';
import { type HistoryUndone, historyUndoneCard } from '../../../cards/history-undone.ts';
import { replaceWith, tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';

export function historyList(data: HistoryList): Reply {
  const lines = data.entries.map(
    ({ at, who, what }) => `${at.slice(0, 16).replace('T', ' ')} ${who}: ${what}`,
  );
  return tell([`History of ${data.of} (${data.organization})`, ...lines].join('\n'), historyListCard(data));
}

/** In a place where others read along: there are list prices in it. */
export function onlyInPrivate(): Reply {
  const problem = 'Ask me this in a personal chat: the answer is not for everybody here.';
  return tell(problem, chatRefusalCard({ problem }));
}

export function undone(data: HistoryUndone): Reply {
  return replaceWith(`Undone: ${data.what}.`, historyUndoneCard(data));
}

type Entry = { readonly summary: string; readonly organization: string };

export function notUndone({ summary, organization }: Entry, reason: string): Reply {
  const problem = `Not undone: ${summary}.`;
  const buttons = [{ title: 'History', command: 'history' }];
  return replaceWith(
    `${problem} ${reason}`,
    chatRefusalCard({ organization, problem, remedy: reason, buttons }),
  );
}

export function nothingToUndo(): Reply {
  const problem = 'There is nothing to undo here.';
  return tell(
    problem,
    chatRefusalCard({
      problem,
      remedy: 'A change can be undone for ten minutes, by who made it or an admin.',
      buttons: [{ title: 'History', command: 'history' }],
    }),
  );
}

type Last = Entry & { readonly id: number };

/** A whole job is named before it is taken back. */
export function undoThat({ id, summary, organization }: Last): Reply {
  const problem = `Undo this? ${summary}`;
  const buttons = [
    { title: 'Undo', command: `undo ${id}` },
    { title: 'History', command: 'history' },
  ];
  return tell(problem, chatDoneCard({ organization, answer: problem, buttons }));
}

/** The last change here stays; an earlier one is offered by its name. */
export function lastCannot({ summary, organization }: Entry, earlier: Last | undefined): Reply {
  const problem = `Your last change here can’t be undone: ${summary}.`;
  const remedy = earlier && `The one before that can: ${earlier.summary}.`;
  const buttons = [
    ...(earlier ? [{ title: 'Undo the one before', command: `undo ${earlier.id}` }] : []),
    { title: 'History', command: 'history' },
  ];
  return tell(
    remedy === undefined ? problem : `${problem} ${remedy}`,
    chatRefusalCard({ organization, problem, remedy, buttons }),
  );
}

export function noSuchEntry(word: string): Reply {
  const problem = `There is no change ${word} in the history that you can see.`;
  return tell(problem, chatRefusalCard({ problem, buttons: [{ title: 'History', command: 'history' }] }));
}
