/** The demo orders, as the documentation names them. */
type Party = 'provider' | 'northwind' | 'contoso' | 'fabrikam';

export const MESSAGING = 'UniversalMessaging Small Business Edition (1GB)';

/** Minor units a unit and month. */
export const PRICES: Readonly<Record<string, number>> = {
  [MESSAGING]: 199,
  'Office 365 E3': 2200,
  'Webex Suite': 1250,
};

export type DemoOrder = {
  readonly number: number;
  readonly of: Party;
  readonly status: string;
  readonly at: string;
  readonly by: readonly [person: string, organization: Party];
  readonly description: string;
  readonly change: 'new subscription' | 'increase' | 'markup change';
  readonly items: readonly (readonly [product: string, units: number])[];
  readonly delivered?: boolean;
  readonly error?: string;
  readonly vendor?: string;
  readonly note?: string;
  readonly cost?: number;
  readonly markup?: number;
};

export const ORDERS: readonly DemoOrder[] = [
  {
    number: 10023,
    of: 'contoso',
    status: 'Completed',
    at: '2026-09-14',
    by: ['Nora Lindgren', 'northwind'],
    description: 'Messaging and collaboration for Contoso',
    change: 'new subscription',
    items: [
      [MESSAGING, 10],
      ['Office 365 E3', 5],
      ['Webex Suite', 2],
    ],
    delivered: true,
    vendor: 'Fulfilled',
    cost: 15_490,
    markup: 12,
  },
  {
    number: 10024,
    of: 'contoso',
    status: 'Completed',
    at: '2026-10-02',
    by: ['Carla Diaz', 'contoso'],
    description: 'Mailboxes for the new branches',
    change: 'new subscription',
    items: [[MESSAGING, 2000]],
    delivered: true,
    vendor: 'Fulfilled',
    cost: 398_000,
    markup: 8,
  },
  {
    number: 10025,
    of: 'fabrikam',
    status: 'Provisioning failed',
    at: '2026-11-03',
    by: ['Arjun Mehta', 'provider'],
    description: 'Meetings for Fabrikam',
    change: 'new subscription',
    items: [['Webex Suite', 25]],
    error: 'The contact person has no e-mail address.',
    cost: 31_250,
  },
  {
    number: 10026,
    of: 'contoso',
    status: 'Completed',
    at: '2026-10-20',
    by: ['Nora Lindgren', 'northwind'],
    description: 'Markup of Contoso',
    change: 'markup change',
    items: [],
    markup: 15,
  },
  {
    number: 10027,
    of: 'contoso',
    status: 'Draft',
    at: '2026-11-12',
    by: ['Carla Diaz', 'contoso'],
    description: 'More Office licences',
    change: 'increase',
    items: [['Office 365 E3', 3]],
    note: 'Waits for the budget of next year',
  },
  {
    number: 10028,
    of: 'fabrikam',
    status: 'Completed with errors',
    at: '2026-11-05',
    by: ['Arjun Mehta', 'provider'],
    description: 'Office for Fabrikam',
    change: 'new subscription',
    items: [['Office 365 E3', 12]],
    error: 'e-mail address invalid for the customer',
    vendor: 'Error',
    cost: 26_400,
  },
];

export const ASSOCIATIONS: readonly (readonly [position: number, user: string, units: number])[] = [
  [1, 'alice@contoso.example', 2],
  [1, 'bob@contoso.example', 1],
  [2, 'alice@contoso.example', 1],
  [2, 'carol@contoso.example', 1],
  [3, 'alice@contoso.example', 1],
  [3, 'bob@contoso.example', 1],
];
