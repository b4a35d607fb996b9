/** The last look at an answer to a finding that moves units or money. */
import type { Card } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest } from './demo.ts';
import { callout, card, lead, text } from './elements.ts';

export type FindingsOneConfirm = {
  readonly organization?: string | undefined;
  readonly finding: number;
  /** What disagrees, in a sentence. */
  readonly what: string;
  readonly question: string;
  /** What it comes to, a sentence each. */
  readonly effects: readonly string[];
  /** Said where it is not what was shown before. */
  readonly changed?: string | undefined;
  /** `Set to 12` */
  readonly yes: string;
  /** What is pressed, and what it rests on. */
  readonly data: Readonly<Record<string, string>>;
  readonly once: string;
};

export function findingsOneConfirmCard(data: FindingsOneConfirm): Card {
  const { finding, what, question, effects, changed, yes } = data;
  return card({
    organization: data.organization ?? 'Nobody’s',
    title: question,
    body: [
      changed === undefined ? undefined : callout(changed, 'warning'),
      lead(`${what}.`),
      ...effects.map((one) => text(one, { spacing: 'small' })),
    ],
    actions: [
      submitButton(yes, 'findings.answer', { ...data.data, finding, once: data.once }),
      commandButton('Back', `finding ${finding}`),
    ],
  });
}

const adopt: FindingsOneConfirm = {
  organization: 'Contoso',
  finding: 11,
  what: 'We have 10 units of Webex Suite, the vendor has 12',
  question: 'Set 10023/3 to 12 units here?',
  effects: ['It has 10 now. Nothing changes at the vendor.'],
  yes: 'Set to 12',
  data: { how: 'adopt', basis: 'Zm9v' },
  once: '0d1f',
};

export const samples: Record<string, Card> = {
  adopt: findingsOneConfirmCard(adopt),
  changed: findingsOneConfirmCard({
    ...adopt,
    changed: 'It is not what you saw before. Nothing was changed yet.',
  }),
  long: findingsOneConfirmCard({
    ...adopt,
    organization: longest.organization,
    question: `Take over who has ${longest.product} (${longest.service})?`,
    effects: [`${longest.user} and 999 more users get units here.`, `${longest.user} loses them.`],
  }),
};
