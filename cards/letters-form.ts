/** The form of a letter's text, with the preview of what was typed. */
import type { Card, Element } from '../src/chat/card.ts';
import { commandButton, submitButton } from './buttons.ts';
import { longest, once } from './demo.ts';
import { card, lead, section, subtle, text } from './elements.ts';
import { field, required, textInput } from './fields.ts';
import { list } from './format.ts';

export type LettersForm = {
  readonly organization: string;
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly needed: boolean }[];
  /** As it is, or as it was typed. */
  readonly values: { readonly subject: string; readonly body: string };
  readonly errors?: { readonly subject: readonly string[]; readonly body: readonly string[] } | undefined;
  readonly preview?: { readonly subject: string; readonly body: string } | undefined;
  readonly once: string;
};

const LONGEST_SUBJECT = 150;
const LONGEST_BODY = 3000;

export function lettersFormCard(data: LettersForm): Card {
  const { name, values, errors, fields } = data;
  const needed = fields.filter((one) => one.needed).map(braced);
  const subject = textInput({
    id: 'subject',
    label: 'Subject',
    maxLength: LONGEST_SUBJECT,
    ...(values.subject && { value: values.subject }),
  });
  const body = textInput({
    id: 'body',
    label: 'Text',
    isMultiline: true,
    maxLength: LONGEST_BODY,
    ...(values.body && { value: values.body }),
  });
  return card({
    organization: data.organization,
    title: `Change the letter “${name}”`,
    body: [
      lead('What stands in two braces is filled in. A line of which no field has a value is left out.'),
      fields.some((one) => one.name === 'name')
        ? subtle('{{name|customer}} says “customer” where the name is not known.')
        : undefined,
      field(required(subject), errors?.subject),
      field(required(body), errors?.body),
      subtle(`Fields: ${fields.map(braced).join(' ')}`),
      needed.length > 0 ? subtle(`Needed: ${list(needed)}`) : undefined,
      ...preview(data.preview),
    ],
    actions: [
      submitButton('Save', 'letters.save', { letter: name, once: data.once }),
      {
        type: 'Action.Execute',
        title: 'Preview',
        verb: 'letters.preview',
        data: { letter: name },
        associatedInputs: 'auto',
      },
      commandButton('As it is now', `letter ${name}`),
      commandButton('All letters', 'letters'),
    ],
  });
}

const braced = ({ name }: LettersForm['fields'][number]) => `{{${name}}}`;

function preview(letter: LettersForm['preview']): Element[] {
  if (letter === undefined) return [];
  return [
    section('Preview, with made-up values'),
    {
      type: 'Container',
      style: 'emphasis',
      spacing: 'small',
      items: [text(letter.subject, { weight: 'bolder' }), text(letter.body, { spacing: 'small' })],
    },
    subtle('Nothing is saved yet.'),
  ];
}

const form: LettersForm = {
  organization: 'HamaraCloud',
  name: 'admin credentials',
  fields: [
    { name: 'name', needed: false },
    { name: 'userName', needed: true },
    { name: 'password', needed: true },
    { name: 'domain', needed: false },
  ],
  values: {
    subject: 'Admin credentials of {{domain}}',
    body: 'Dear {{name}},\n\nUser name: {{userName}}\nPassword: {{password}}',
  },
  once,
};
const paragraph = `${longest.organization} writes to you about ${longest.product}.\n`;

export const samples: Record<string, Card> = {
  open: lettersFormCard(form),
  preview: lettersFormCard({
    ...form,
    preview: {
      subject: 'Admin credentials of contoso.onmicrosoft.com',
      body: 'Dear Alice Ahlberg,\n\nUser name: admin@contoso.onmicrosoft.com\nPassword: Kd7-wq2M-xZ9',
    },
  }),
  errors: lettersFormCard({
    ...form,
    values: { subject: 'For {{domains}}', body: 'Dear {{name}},\n\nUser name: {{userName}}' },
    errors: {
      subject: ['There is no field {{domains}} in this letter.'],
      body: ['The letter needs {{password}}; without it, it is of no use.'],
    },
  }),
  long: lettersFormCard({
    ...form,
    organization: longest.organization,
    values: { subject: longest.product, body: paragraph.repeat(14).trim() },
    preview: { subject: longest.product, body: paragraph.repeat(17).trim() },
  }),
};
