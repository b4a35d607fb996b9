/** The letters that the bot sends, and which of them the provider changed. */
import type { Card } from '../src/chat/card.ts';
import { commandButton } from './buttons.ts';
import { longest } from './demo.ts';
import { callout, card, lead, subtle } from './elements.ts';
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
      first && letters.length > MOST_BUTTONS
        ? subtle(`To see one, type its name: letter ${first.name}`)
        : undefined,
    ],
    actions: letters.slice(0, MOST_BUTTONS).map(({ name }) => commandButton(titleOf(name), `letter ${name}`)),
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
