/** The letters that the bot sends, and which of them the provider changed. */
import type { Card, Element } from '../src/chat/card.ts';
import { commandButton, OPEN } from './buttons.ts';
import { longest, many } from './demo.ts';
import { callout, card, lead } from './elements.ts';
import { choiceInput } from './fields.ts';
import { count, date } from './format.ts';
import { type Cell, small, type TableColumn, table } from './table.ts';

export type LettersList = {
  /** The provider. */
  readonly organization: string;
  readonly letters: readonly {
    /** As `letter` takes it. */
    readonly name: string;
    readonly when: string;
    readonly changed?: { readonly by: string; readonly at: string } | undefined;
  }[];
  /** Letters can be sent. */
  readonly mail: boolean;
};

const COLUMNS: readonly TableColumn[] = [
  { title: 'Letter', width: 2.5 },
  { title: 'Sent', width: 4.5 },
  { title: 'Text', width: 2.5 },
];
const MOST_BUTTONS = 6;

export function lettersListCard({ organization, letters, mail }: LettersList): Card {
  const changed = letters.filter((letter) => letter.changed !== undefined).length;
  const answer = `${count(letters.length, 'letter')}, ${changed === 0 ? 'none' : changed} changed.`;
  const [first] = letters;
  return card({
    organization,
    title: 'Letters',
    body: [
      lead(answer),
      mail ? undefined : callout('No mail is sent: SMTP_URL is not set.', 'warning'),
      first && table(COLUMNS, letters.map(row)),
      letters.length > MOST_BUTTONS ? chooser(letters) : undefined,
    ],
    actions:
      letters.length > MOST_BUTTONS
        ? [OPEN]
        : letters.map(({ name }) => commandButton(titleOf(name), `letter ${name}`)),
  });
}

/** Where there are too many for a button each. */
function chooser(letters: LettersList['letters']): Element {
  return choiceInput({
    id: 'text',
    label: 'Open a letter',
    choices: letters.map(({ name }) => ({ title: titleOf(name), value: `letter ${name}` })),
    style: 'compact',
    placeholder: 'Choose a letter',
    ...(letters[0] && { value: `letter ${letters[0].name}` }),
  });
}

const titleOf = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

function row({ name, when, changed }: LettersList['letters'][number]): Cell[] {
  const text = changed === undefined ? 'Original' : ['Changed', small(`${changed.by}, ${date(changed.at)}`)];
  return [[{ text: name, weight: 'bolder' }], when, text];
}

const letters = [
  { name: 'welcome customer', when: 'When the portal account of a customer is made, to the user name' },
  {
    name: 'admin credentials',
    when: 'When the admin credentials of a tenant are requested, to the address that is given',
    changed: { by: 'Priya Raman', at: '2026-11-21T14:05:00Z' },
  },
  { name: 'job done', when: 'When a bulk job ends, to who started it' },
];

export const samples: Record<string, Card> = {
  some: lettersListCard({ organization: 'HamaraCloud', letters, mail: true }),
  many: lettersListCard({
    organization: 'HamaraCloud',
    letters: many(7, (index) => ({
      name: `letter ${index}`,
      when: 'When a bulk job ends, to who started it',
    })),
    mail: true,
  }),
  noMail: lettersListCard({ organization: 'HamaraCloud', letters, mail: false }),
  long: lettersListCard({
    organization: longest.organization,
    letters: letters.map((letter) => ({
      ...letter,
      changed: { by: 'Maximiliane Oberhuber-Schwarzenbergerova', at: '2026-11-21T14:05:00Z' },
    })),
    mail: true,
  }),
};
