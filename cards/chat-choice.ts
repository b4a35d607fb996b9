/** A question with its possible answers: buttons, or a list where they are many. */
import type { Card, Dataset, Execute, InputChoiceSet } from '../src/chat/card.ts';
import { actionButton } from './buttons.ts';
import { callout, card, lead } from './elements.ts';
import { choiceInput, searchInput, field as withError } from './fields.ts';

export type ChatChoice = {
  readonly organization?: string | undefined;
  readonly question: string;
  readonly detail?: string | undefined;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  /** The one that is likely: it is filled in, or its button is marked. */
  readonly likely?: string | undefined;
  /** What a choice does: sends `verb` with the choice's value under the name `field`. Else the value is said as a command. */
  readonly answer?: Answer | undefined;
  /** What was typed, and why that is none of them. */
  readonly typed?: string | undefined;
  readonly error?: string | undefined;
};

type Answer = {
  readonly verb: string;
  readonly field: string;
  /** Sent along. */
  readonly with?: Execute['data'];
  /** Where others than those at hand can be chosen: where they are found. */
  readonly search?: Dataset;
};

const MOST_BUTTONS = 6;
const SAY: Answer = { verb: 'say', field: 'text' };

export function chatChoiceCard(data: ChatChoice): Card {
  const { organization, question, detail, choices, likely, answer = SAY, typed, error } = data;
  const value = typed ?? likely;
  const { verb, field, with: sent = {} } = answer;
  const explained = detail === undefined ? undefined : lead(detail);
  if (choices.length <= MOST_BUTTONS) {
    const actions = choices.map(({ title, value }) =>
      actionButton(title, verb, { ...sent, [field]: value }, value === likely ? 'positive' : undefined),
    );
    const problem = error === undefined ? undefined : callout(error, 'attention');
    return card({ organization, title: question, body: [problem, explained], actions });
  }
  return card({
    organization,
    title: question,
    body: [
      explained,
      withError(
        chooser(
          {
            id: field,
            label: 'Choose one',
            choices,
            placeholder: 'Choose one',
            required: true,
            ...(value && { value }),
          },
          answer,
        ),
        error,
      ),
    ],
    actions: [{ type: 'Action.Execute', title: 'Continue', verb, data: sent, associatedInputs: 'auto' }],
  });
}

type Chooser = Pick<InputChoiceSet, 'id' | 'label' | 'choices' | 'placeholder' | 'value' | 'required'>;
const chooser = (input: Chooser, { search }: Answer): InputChoiceSet =>
  search === undefined ? choiceInput({ ...input, style: 'compact' }) : searchInput(search, input);

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
  likely: chatChoiceCard({
    question: 'Which customer?',
    detail: 'You used Fabrikam last.',
    likely: '5',
    choices: [
      { title: 'Fabrikam', value: '5' },
      { title: 'Contoso', value: '4' },
    ],
    answer: { verb: 'organizations.use', field: 'choice', with: { next: 'associate' }, search: 'customers' },
  }),
  filled: chatChoiceCard({
    question: 'Which customer?',
    detail: 'You used Customer 1 last.',
    likely: '1',
    choices: Array.from({ length: 12 }, (_, index) => ({
      title: `Customer ${index + 1}`,
      value: `${index + 1}`,
    })),
    answer: { verb: 'organizations.use', field: 'choice', with: { next: 'associate' }, search: 'customers' },
  }),
  mistyped: chatChoiceCard({
    question: 'Which customer?',
    typed: 'Tailspun',
    error: 'There is no customer “Tailspun” that you can see.',
    choices: Array.from({ length: 12 }, (_, index) => ({
      title: `Customer ${index + 1}`,
      value: `${index + 1}`,
    })),
    answer: { verb: 'organizations.use', field: 'choice', with: { next: 'associate' }, search: 'customers' },
  }),
  verb: chatChoiceCard({
    question: 'How do you want to import?',
    choices: [
      { title: 'Add and remove services', value: 'replace' },
      { title: 'Add only', value: 'add' },
    ],
    answer: { verb: 'bulk.service', field: 'choice' },
  }),
  found: chatChoiceCard({
    question: 'Which service is this sheet for?',
    choices: Array.from({ length: 12 }, (_, index) => ({
      title: `10023/${index + 1} · ${index + 1} free · Office 365 E3`,
      value: `10023/${index + 1}`,
    })),
    answer: { verb: 'bulk.service', field: 'choice', with: { job: 7 }, search: 'free-services' },
  }),
};
