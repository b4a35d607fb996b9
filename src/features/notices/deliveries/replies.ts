import { actionButton } from '../../../../cards/buttons.ts';
import { chatDoneCard } from '../../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../../cards/chat-refusal.ts';
import { count } from '../../../../cards/format.ts';
import { type NoticesDeliveries, noticesDeliveriesCard } from '../../../../cards/notices-deliveries.ts';
import { tell } from '../../../bot/index.ts';
import type { Reply } from '../../../chat/reply.ts';
import { nearest } from '../../../chat/words.ts';
import { nameOf, platformOf, WORTH_TELLING_HOURS } from './rules.ts';
import type { Dead, Revived } from './store.ts';

const SHOW = { title: 'Deliveries', command: 'deliveries' };

export function deliveryList(data: NoticesDeliveries): Reply {
  const { sent, waiting, dead } = data.counts;
  const places = data.unreachable.map(
    ({ name, why, waiting: kept }) => `Nothing gets through to ${name} (${why}); ${kept} wait.`,
  );
  const lines = data.deliveries.map(({ to, what, state }) => `${to}: ${what} (${state})`);
  const first = `${data.organization}: ${sent} sent, ${waiting} waiting, ${dead} not delivered.`;
  return tell([first, ...places, ...lines].join('\n'), noticesDeliveriesCard(data));
}

export function noSuchShow(word: string, shows: readonly string[]): Reply {
  const near = nearest(word, [...shows, 'revive'], 1);
  const problem = `There are no deliveries “${word}”.`;
  const [meant] = near;
  const remedy =
    meant === undefined
      ? `There are: ${shows.join(', ')}; and revive, with the name of a place.`
      : `Did you mean: deliveries ${meant}?`;
  const buttons = (near.length > 0 ? near : shows).map((one) => ({
    title: `Deliveries: ${one}`,
    command: `deliveries ${one}`,
  }));
  return tell(`${problem} ${remedy}`, chatRefusalCard({ problem, remedy, buttons }));
}

export const reachedSummary = ({ place }: Revived): string => `Had notices posted to ${nameOf(place)} again`;

export function isReached({ place, told, dropped }: Revived): Reply {
  const answer = `Notices are posted to ${nameOf(place)} again.`;
  const next =
    told === 0 ? 'None waits for it.' : `${count(told, 'notice')} that waited for it ${are(told)} sent now.`;
  const old =
    dropped === 0
      ? []
      : [
          `${count(dropped, 'notice')} older than ${WORTH_TELLING_HOURS} hours ${are(dropped)} not sent any more.`,
        ];
  const detail = [next, ...old, 'Should nothing get through still, it is given up again.'].join(' ');
  return tell(`${answer} ${detail}`, chatDoneCard({ answer, detail, buttons: [SHOW] }));
}

const are = (many: number): string => (many === 1 ? 'is' : 'are');

export function noSuchDead(word: string, dead: readonly Dead[]): Reply {
  if (dead.length === 0) {
    const problem = 'Notices get through to every place.';
    return tell(problem, chatRefusalCard({ problem, buttons: [SHOW] }));
  }
  const problem =
    word === '' ? 'Notices get through to that place.' : `Nothing by the name “${word}” is out of reach.`;
  return choice(problem, dead);
}

export const whichDead = (dead: readonly Dead[]): Reply => choice('Which of these places?', dead);

const MOST_CHOICES = 5;
function choice(problem: string, dead: readonly Dead[]): Reply {
  const card = chatRefusalCard({ problem, remedy: 'Choose one of those out of reach.' });
  const buttons = dead.slice(0, MOST_CHOICES).map(({ place }) =>
    actionButton(`${nameOf(place)} (${platformOf(place)})`, 'deliveries.revive', {
      platform: place.platform,
      conversation: place.conversation,
    }),
  );
  return tell(problem, { ...card, actions: buttons });
}
