/** A question with its possible answers: buttons, or a list where they are many. */
import type { Card } from '../src/chat/card.ts';
import { actionButton } from './buttons.ts';
import { card, lead } from './elements.ts';
import { choiceInput } from './fields.ts';

export type ChatChoice = {
  readonly organization?: string | undefined;
  readonly question: string;
  readonly detail?: string | undefined;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  /** What a choice does: sends `verb` with the choice's value under the name `field`. Else the value is said as a command. */
  readonly answer?: { readonly verb: string; readonly field: string } | undefined;
};

const MOST_BUTTONS = 6;
const SAY = { verb: 'say', field: 'text' };

export function chatChoiceCard({ organization, question, detail, choices, answer = SAY }: ChatChoice): Card {
  const { verb, field } = answer;
  const explained = detail === undefined ? undefined : lead(detail);
  if (choices.length <= MOST_BUTTONS) {
    const actions = choices.map(({ title, value }) => actionButton(title, verb, { [field]: value }));
    return card({ organization, title: question, body: [explained], actions });
  }
  return card({
    organization,
    title: question,
    body: [
      explained,
      choiceInput({ id: field, label: 'Choose one', choices, style: 'compact', placeholder: 'Choose one' }),
    ],
    actions: [{ type: 'Action.Execute', title: 'Continue', verb, data: {}, associatedInputs: 'auto' }],
  });
}

export const samples: Record<string, Card> = {
  buttons: chatChoiceCard({
    question: 'Which customer?',
    choices: [
      { title: 'Contoso', value: 'use Contoso' },
      { title: 'Fabrikam', value: 'use Fabrikam' },
    ],
  }),
  services: chatChoiceCard({
    organization: 'Contoso',
    question: 'Which service?',
    detail: '“universal” fits two services.',
    choices: [
      { title: '10023/1 · UniversalMessaging Small Business Edition (1GB)', value: 'free 10023/1' },
      { title: '10024/1 · UniversalMessaging Small Business Edition (1GB)', value: 'free 10024/1' },
    ],
  }),
  list: chatChoiceCard({
    question: 'Which customer?',
    choices: Array.from({ length: 12 }, (_, index) => ({
      title: `Customer ${index + 1}`,
      value: `use Customer ${index + 1}`,
    })),
  }),
  verb: chatChoiceCard({
    question: 'How do you want to import?',
    choices: [
      { title: 'Add and remove services', value: 'replace' },
      { title: 'Add only', value: 'add' },
    ],
    answer: { verb: 'bulk.service', field: 'choice' },
  }),
};
