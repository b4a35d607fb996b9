import type { Person } from '../../../chat/place.ts';
import type { TeamsElement } from './card.ts';

const MOST_LETTERS = 80;
/** What Teams would read as the end of the name, or as Markdown. */
const MARKS = /[<>&"'`*_~[\]()#|\\{}]|\p{Cc}/gu;

/**
 * A card that begins with a mention, which notifies the person. The text of the entity has to be that of the card, letter
 * by letter.
 * Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format#user-mention-in-bot-with-adaptive-cards
 */
export function mentioning(card: TeamsElement, { id, name }: Person): TeamsElement {
  const plain = [...name.toWellFormed().replace(MARKS, ' ').replace(/\s+/g, ' ').trim()];
  const shown = plain.slice(0, MOST_LETTERS).join('').trim();
  if (shown === '' || id === '') return card;
  const text = `<at>${shown}</at>`;
  const body = Array.isArray(card.body) ? card.body : [];
  return {
    ...card,
    body: [{ type: 'TextBlock', text, wrap: true }, ...body],
    msteams: {
      ...(card.msteams as object | undefined),
      entities: [{ type: 'mention', text, mentioned: { id, name: shown } }],
    },
  };
}
