/** One letter: its text, and how it looks when it is sent. */
import type { Card, Element } from '../src/chat/card.ts';
import { actionButton, asking, commandButton } from './buttons.ts';
import { longest } from './demo.ts';
import { badge, card, facts, lead, section, subtle, text } from './elements.ts';
import { dateTime } from './format.ts';

export type LetterText = { readonly subject: string; readonly body: string };

export type LettersShow = {
  readonly organization: string;
  readonly name: string;
  readonly when: string;
  readonly text: LetterText;
  /** With values that are made up. */
  readonly preview: LetterText;
  /** Names of what is filled in. */
  readonly fields: readonly string[];
  readonly changed?: { readonly by: string; readonly at: string } | undefined;
  /** What is so now, where it was just changed. */
  readonly answer?: string | undefined;
};

export function lettersShowCard(data: LettersShow): Card {
  const { name, changed, preview } = data;
  return card({
    organization: data.organization,
    title: name.charAt(0).toUpperCase() + name.slice(1),
    badge: changed ? badge('Changed', 'accent') : badge('Original', 'informative'),
    body: [
      lead(data.answer ?? `${data.when}.`),
      facts([
        ['Changed by', changed?.by],
        ['On', changed && dateTime(changed.at)],
      ]),
      section('Text'),
      letter(data.text),
      subtle(`Fields: ${data.fields.map((field) => `{{${field}}}`).join(' ')}`),
      section('Preview, with made-up values'),
      letter(preview),
    ],
    actions: [
      commandButton('Change', `change letter ${name}`),
      commandButton('All letters', 'letters'),
      changed
        ? asking(actionButton('Back to the original', 'letters.reset', { letter: name }, 'destructive'), {
            title: 'Back to the original text?',
            text: 'The text that stands here now is lost.',
            yes: 'Take the original',
          })
        : undefined,
    ],
  });
}

function letter({ subject, body }: LetterText): Element {
  return {
    type: 'Container',
    style: 'emphasis',
    spacing: 'small',
    items: [text(subject, { weight: 'bolder' }), text(body, { spacing: 'small' })],
  };
}

const credentials: LettersShow = {
  organization: 'HamaraCloud',
  name: 'admin credentials',
  when: 'When the admin credentials of a tenant are requested, to the address that is given',
  text: {
    subject: 'Admin credentials of {{domain}}',
    body: 'Dear {{name}},\n\nUser name: {{userName}}\nPassword: {{password}}\n\nKind regards\n{{provider}}',
  },
  preview: {
    subject: 'Admin credentials of contoso.onmicrosoft.com',
    body: 'Dear Alice Ahlberg,\n\nUser name: admin@contoso.onmicrosoft.com\nPassword: Kd7-wq2M-xZ9\n\nKind regards\nHamaraCloud',
  },
  fields: ['name', 'firstName', 'lastName', 'company', 'userName', 'password', 'domain', 'provider'],
};
const paragraph = `${longest.organization} writes to you about ${longest.product}.\n`;

export const samples: Record<string, Card> = {
  original: lettersShowCard(credentials),
  changed: lettersShowCard({
    ...credentials,
    changed: { by: 'Priya Raman', at: '2026-11-21T14:05:00Z' },
    answer: 'The letter is changed. The next one goes out like this.',
  }),
  long: lettersShowCard({
    ...credentials,
    organization: longest.organization,
    text: { subject: longest.product, body: paragraph.repeat(14).trim() },
    preview: { subject: longest.product, body: paragraph.repeat(17).trim() },
    changed: { by: 'Maximiliane Oberhuber-Schwarzenbergerova', at: '2026-11-21T14:05:00Z' },
  }),
};
