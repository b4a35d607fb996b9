import { chatChoiceCard } from '../../../cards/chat-choice.ts';
import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { number as figure } from '../../../cards/format.ts';
import { type HomePage, homePageCard } from '../../../cards/home-page.ts';
import { type HomePreview, homePreviewCard } from '../../../cards/home-preview.ts';
import { announce, tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';

export function homePage(data: HomePage): Reply {
  const { needs, jobs, free, orders } = data;
  const lines = [
    needs.length === 0 ? `${data.organization}: nothing waits for you.` : `${data.organization}:`,
    ...needs.map(({ says, detail }) => (detail === undefined ? `${says}.` : `${says} (${detail}).`)),
    ...jobs.map(
      ({ job, what, total, done, failed }) =>
        `Job ${job}, ${what}: ${figure(done + failed)} of ${figure(total)} rows.`,
    ),
    ...free.rows.map(({ name, units, free }) => `${name}: ${figure(free)} of ${figure(units)} units free.`),
    ...orders.map(({ number, customer, status, waits, begun }) => {
      const whose = customer === undefined ? '' : ` of ${customer}`;
      const by = begun === undefined ? '' : `, ${begun}`;
      return `${number}${whose}: ${waits ? 'waits for approval' : status}${by}.`;
    }),
  ];
  return tell(lines.join('\n'), homePageCard(data));
}

export function whichOrder(
  orders: readonly { readonly title: string; readonly value: string }[],
  total: number,
): Reply {
  const question = 'Which order?';
  const isCut = total > orders.length;
  const detail = isCut ? `The message names ${total}; these are the first ${orders.length}.` : undefined;
  return tell(
    [question, ...(detail === undefined ? [] : [detail]), ...orders.map(({ title }) => title)].join('\n'),
    chatChoiceCard({ question, detail, choices: orders }),
  );
}

export function noNumber(): Reply {
  const problem = 'That message names no order that you can see.';
  const buttons = [{ title: 'Find an order', command: 'order' }];
  return tell(problem, chatRefusalCard({ problem, buttons }));
}

/** An order that somebody has named: for them alone, or for all in a channel of its customer. */
export function preview(data: HomePreview): Reply {
  const { organization, number, status, waits, units, alone } = data;
  const free = units === undefined ? '' : `, ${figure(units.free)} of ${figure(units.units)} units free`;
  const text = `${number} of ${organization}: ${waits ? 'waits for approval' : status}${free}.`;
  const card = homePreviewCard(data);
  return alone ? tell(text, card) : announce(text, card);
}

export type Silence = { readonly here: boolean; readonly off: boolean };

export function silenced({ here, off }: Silence): Reply {
  const answer = here
    ? off
      ? 'I show nobody here the orders that are named any more.'
      : 'I show the orders that are named here again.'
    : off
      ? 'I do not show you the orders that you name any more.'
      : 'I show you the orders that you name again.';
  const back = here ? 'previews on here' : 'previews on';
  const way = off ? ` To have it back, type: ${back}` : '';
  const buttons = off ? [{ title: 'Turn it on again', command: back }] : [];
  const card = chatDoneCard({ answer, buttons });
  return here ? announce(`${answer}${way}`, card) : tell(`${answer}${way}`, card);
}

export function previewsNow(off: boolean): Reply {
  const answer = off
    ? 'Orders that you name here are not shown.'
    : 'Where people write the number of an order, I show it to who wrote it; in a channel of its customer to all there.';
  const buttons = off
    ? [
        { title: 'For me again', command: 'previews on' },
        { title: 'Here again', command: 'previews on here' },
      ]
    : [
        { title: 'Not for me', command: 'previews off' },
        { title: 'Not here', command: 'previews off here' },
      ];
  return tell(answer, chatDoneCard({ answer, buttons }));
}

export function mayNotSilence(): Reply {
  const problem = 'You may only turn them off for yourself.';
  const buttons = [{ title: 'Not for me', command: 'previews off' }];
  return tell(problem, chatRefusalCard({ problem, buttons }));
}

export function onlyForYou(): Reply {
  const problem = 'Here nobody else writes.';
  const buttons = [{ title: 'Not for me', command: 'previews off' }];
  return tell(problem, chatRefusalCard({ problem, remedy: 'Type it in the channel it is for.', buttons }));
}
