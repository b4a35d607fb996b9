import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { type NoticesDeliveries, noticesDeliveriesCard } from '../../../cards/notices-deliveries.ts';
import { type NoticesList, noticesListCard } from '../../../cards/notices-list.ts';
import { announce, tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { type Topic, WHEN } from './rules.ts';

export function nowHears(here: string, topic: Topic): Reply {
  const answer = `Notices about ${topic} arrive here now.`;
  const detail = `${WHEN[topic]}, ${here} hears of it.`;
  const buttons = [
    { title: 'Stop', command: `notify off ${topic}` },
    { title: 'All notices', command: 'notify list' },
  ];
  return announce(answer, chatDoneCard({ answer, detail, buttons }));
}

export function hearsNoMore(topics: readonly Topic[]): Reply {
  const answer = `Notices about ${topics.join(' and ')} no longer arrive here.`;
  const buttons = topics
    .slice(0, 1)
    .map((topic) => ({ title: 'Post them again', command: `notify here ${topic}` }));
  return announce(answer, chatDoneCard({ answer, buttons }));
}

export function boundByOthers(topic: Topic): Reply {
  const problem = `Somebody above your organization chose what is told here about ${topic}.`;
  return announce(problem, chatRefusalCard({ problem, remedy: 'Use another channel, or ask them.' }));
}

export function heardNothing(): Reply {
  const problem = 'No notices arrive here.';
  return announce(
    problem,
    chatRefusalCard({ problem, buttons: [{ title: 'Choose some', command: 'notify list' }] }),
  );
}

export function noSuchTopic(word: string, topics: readonly Topic[]): Reply {
  const problem = word === '' ? 'Notices about what?' : `There are no notices about “${word}”.`;
  const buttons = topics.map((topic) => ({ title: `About ${topic}`, command: `notify here ${topic}` }));
  return announce(problem, chatRefusalCard({ problem, remedy: `There are: ${topics.join(', ')}.`, buttons }));
}

export function noticeList(data: NoticesList): Reply {
  const heard = data.topics.filter((topic) => topic.heard).map(({ topic }) => topic);
  return announce(`${data.here} hears of: ${heard.join(', ') || 'nothing'}.`, noticesListCard(data));
}

export function deliveryList(data: NoticesDeliveries): Reply {
  const { sent, waiting, dead } = data.counts;
  const lines = data.deliveries.map(({ to, what, state }) => `${to}: ${what} (${state})`);
  return tell(
    [`${data.organization}: ${sent} sent, ${waiting} waiting, ${dead} not delivered.`, ...lines].join('\n'),
    noticesDeliveriesCard(data),
  );
}
