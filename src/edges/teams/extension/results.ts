import type { Found } from '../../../chat/edge.ts';
import { type TeamsElement, teamsCard } from '../cards/card.ts';
import { CARD_TYPE } from '../cards/render.ts';
import { SHOWN } from '../requests/anywhere.ts';

const PREVIEW = 'application/vnd.microsoft.card.thumbnail';

/** Each with its line in the list, and the card that goes into the message. */
export const resultsOf = (found: readonly Found[]) => ({
  composeExtension: {
    type: 'result',
    attachmentLayout: 'list',
    attachments: found.map((one) => attachmentOf(one, shown(one))),
  },
});

/** A sentence in the place of results. Source: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search#message-response-type */
export const sentence = (text: string) => ({ composeExtension: { type: 'message', text } });

/** There is nothing to show: a link stays a link, a list as long as it is. */
export const nothing = { composeExtension: { type: 'result', attachmentLayout: 'list', attachments: [] } };

/**
 * The card of a link. It is not kept for the next time the link is written, which may be where others read; and the version is
 * the last that is shown there.
 * Source: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/link-unfurling
 */
export const unfurled = (found: Found) => ({
  composeExtension: {
    type: 'result',
    attachmentLayout: 'list',
    attachments: [attachmentOf(found, { ...shown(found), version: '1.3' })],
    suggestedActions: { actions: [{ type: 'setCachePolicy', value: JSON.stringify({ type: 'no-cache' }) }] },
  },
});

/** It stays as it was put into the message: nobody asks the bot what it shows now. Its buttons say where they stand. */
function shown({ card: { refresh: _, ...card } }: Found): TeamsElement {
  const actions = card.actions?.map((action) =>
    action.type === 'Action.Execute' ? { ...action, data: { ...action.data, [SHOWN]: true } } : action,
  );
  return teamsCard({ ...card, ...(actions && { actions }) }, []);
}

const attachmentOf = ({ title, detail }: Found, content: TeamsElement) => ({
  contentType: CARD_TYPE,
  content,
  preview: { contentType: PREVIEW, content: { title: plain(title), text: plain(detail) } },
});

/** These cards are read as HTML, so what would be markup is written with other signs. */
const plain = (text: string): string =>
  text
    .replace(/</g, '‹')
    .replace(/>/g, '›')
    .replace(/&(?=#?\w+;)/g, '&\u200b');
