/** The letters that the bot sends, as they are where the provider has not changed them. */

export const LETTERS = [
  'welcome customer',
  'welcome reseller',
  'admin credentials',
  'order completed',
  'order failed',
  'approval requested',
  'job done',
] as const;
export type LetterName = (typeof LETTERS)[number];

export type Field = {
  /** As it stands in the text: `{{firstName}}`. */
  readonly name: string;
  /** What the preview shows. */
  readonly sample: string;
  /** A letter without it would be useless: the text must have it. */
  readonly needed?: true;
  /** A value of several lines. */
  readonly lines?: true;
  /** Only in the text, never in the subject; the letter is not kept. */
  readonly secret?: true;
};

export type Text = { readonly subject: string; readonly body: string };
export type Template = Text & {
  /** When it is sent, and to whom. */
  readonly when: string;
  readonly fields: readonly Field[];
};

const provider: Field = { name: 'provider', sample: 'HamaraCloud' };
const company: Field = { name: 'company', sample: 'Contoso' };
const order: Field = { name: 'order', sample: 'HAMARACLOUD10029' };
const offering: Field = { name: 'offering', sample: 'Azure Pack' };
const lines: Field = { name: 'lines', sample: '5 × Office 365 E3\n2 × Webex Suite', lines: true };
const total: Field = { name: 'total', sample: '€142.50' };
const portalUrl: Field = { name: 'portalUrl', sample: 'https://portal.example/' };
const userName: Field = { name: 'userName', sample: 'alice@contoso.example', needed: true };
const password: Field = { name: 'password', sample: 'Kd7-wq2M-xZ9', needed: true, secret: true };
const person: readonly Field[] = [
  { name: 'name', sample: 'Alice Ahlberg' },
  { name: 'firstName', sample: 'Alice' },
  { name: 'lastName', sample: 'Ahlberg' },
];

export const TEMPLATES: Readonly<Record<LetterName, Template>> = {
  'welcome customer': {
    when: 'When the portal account of a customer is made, to the user name',
    fields: [...person, company, userName, password, portalUrl, offering, provider],
    subject: 'Your {{offering}} account is ready',
    body: `Dear {{name|customer}},

your account for {{offering}} is ready. {{provider}} made it for {{company}}.

User name: {{userName}}
Password: {{password}} (choose one of your own at the first sign-in)

Sign in to activate it: {{portalUrl|answer this letter, and we tell you where}}

Kind regards
{{provider}}`,
  },
  'welcome reseller': {
    when: 'When the portal account of a reseller is made, to the user name',
    fields: [...person, company, userName, password, portalUrl, offering, provider],
    subject: 'Your reseller account for {{offering}} is ready',
    body: `Dear {{name|partner}},

the reseller account of {{company}} for {{offering}} is ready.

User name: {{userName}}
Password: {{password}} (choose one of your own at the first sign-in)

Sign in to activate it: {{portalUrl|answer this letter, and we tell you where}}

There you see every subscription of your customers of which you are co-administrator.

Kind regards
{{provider}}`,
  },
  'admin credentials': {
    when: 'When the admin credentials of a tenant are requested, to the address that is given',
    fields: [
      ...person,
      company,
      userName,
      password,
      { name: 'domain', sample: 'contoso.onmicrosoft.com' },
      portalUrl,
      offering,
      provider,
    ],
    subject: 'Admin credentials of {{domain}}',
    body: `Dear {{name|administrator}},

these are the credentials of the first administrator of {{domain}} ({{company}}).

User name: {{userName}}
Password: {{password}} (choose one of your own at the first sign-in)

Where to sign in: {{portalUrl|answer this letter, and we tell you}}

They are sent once: keep them.

Kind regards
{{provider}}`,
  },
  'order completed': {
    when: 'When an order is completed, to the customer’s contact',
    fields: [
      ...person,
      company,
      { ...order, needed: true },
      offering,
      lines,
      total,
      portalUrl,
      { name: 'setupUrl', sample: 'https://hamaracloud.example/setup' },
      provider,
    ],
    subject: 'Order {{order}} is completed',
    body: `Dear {{name|customer}},

order {{order}} of {{company}} is completed.

{{lines}}

Total per month: {{total}}

Set it up: {{setupUrl}}
Sign in: {{portalUrl}}

Kind regards
{{provider}}`,
  },
  'order failed': {
    when: 'When an order can’t be carried out, to who placed it',
    fields: [
      ...person,
      company,
      { ...order, needed: true },
      offering,
      lines,
      { name: 'reason', sample: 'e-mail address invalid for the customer', needed: true },
      { name: 'command', sample: 'retry 10029' },
      provider,
    ],
    subject: 'Order {{order}} could not be completed',
    body: `Dear {{name}},

order {{order}} of {{company}} could not be completed.

Reason: {{reason}}

{{lines}}

To mend what is wrong and try again, write to Quartermaster: {{command}}
Or answer this letter.

Kind regards
{{provider}}`,
  },
  'approval requested': {
    when: 'When an order waits for approval, to who may approve it',
    fields: [
      ...person,
      company,
      { ...order, needed: true },
      { name: 'requestedBy', sample: 'Carla Diaz' },
      lines,
      total,
      { name: 'expires', sample: '24 Nov 2026, 14:05 UTC' },
      { name: 'command', sample: 'approve 10029' },
      provider,
    ],
    subject: 'Order {{order}} of {{company}} waits for your approval',
    body: `Dear {{name}},

{{requestedBy}} asks for order {{order}} of {{company}}:

{{lines}}

Total per month: {{total}}

It waits until {{expires}}. To approve it, write to Quartermaster: {{command}}

Kind regards
{{provider}}`,
  },
  'job done': {
    when: 'When a bulk job ends, to who started it',
    fields: [
      { name: 'job', sample: '7', needed: true },
      company,
      { name: 'what', sample: 'Associate users with 10024/1' },
      { name: 'file', sample: 'november.xlsx' },
      { name: 'done', sample: '976' },
      { name: 'failed', sample: '12' },
      { name: 'skipped', sample: '12' },
      { name: 'rows', sample: '1000' },
      { name: 'outcome', sample: 'done, 976 of 1000 rows' },
      { name: 'files', sample: 'job-7-result.xlsx and job-7-retry.xlsx' },
      provider,
    ],
    subject: 'Job {{job}} ({{company}}): {{outcome}}',
    body: `Job {{job}} of {{company}} has ended: {{outcome}}.

{{what}}
Sheet: {{file}}
Done: {{done}} of {{rows}} rows
Failed: {{failed}}
Skipped: {{skipped}}

Attached: {{files}}

Kind regards
{{provider}}`,
  },
};

/** `Welcome Customer` -> `welcome customer` */
export function parseLetter(words: readonly string[]): LetterName | undefined {
  const name = words.join(' ').toLowerCase().replaceAll('-', ' ').trim();
  return LETTERS.find((one) => one === name);
}
