/** How far the reading of the vendors is, and what came of it. */
import type { Card } from '../src/chat/card.ts';
import { actionButton, commandButton } from './buttons.ts';
import { callout, card, lead } from './elements.ts';

export type FindingsListReading = {
  readonly organization: string;
  readonly state: 'reading' | 'read';
  /** `Reading the vendors…`, then `3 findings, 2 new`. */
  readonly title: string;
  readonly detail: string;
  /** Why vendors could not be read. */
  readonly failed: readonly string[];
};

export function findingsListReadingCard(data: FindingsListReading): Card {
  const { organization, state, title, detail, failed } = data;
  return card({
    organization,
    title,
    body: [lead(detail), failed.length > 0 ? callout(failed.join('\n'), 'warning') : undefined],
    actions:
      state === 'reading'
        ? []
        : [
            commandButton('Show findings', 'findings'),
            failed.length > 0 ? actionButton('Read again', 'findings.read', {}) : undefined,
          ],
  });
}

const demo: FindingsListReading = {
  organization: 'HamaraCloud',
  state: 'reading',
  title: 'Reading the vendors…',
  detail: 'This message changes when they are read.',
  failed: [],
};
const read = { ...demo, state: 'read', title: '3 findings, 2 new', detail: 'The vendors are read.' } as const;
const AWAY = 'The vendor “ledger” can’t be read. It could not be reached.';

export const samples: Record<string, Card> = {
  begun: findingsListReadingCard(demo),
  retrying: findingsListReadingCard({ ...demo, failed: [`${AWAY} It is tried again.`] }),
  read: findingsListReadingCard(read),
  failed: findingsListReadingCard({
    ...read,
    title: '3 findings',
    detail: 'Not all vendors could be read; the findings of the reading before stay.',
    failed: [AWAY],
  }),
};
