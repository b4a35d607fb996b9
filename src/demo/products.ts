/** What the demo provider sells, and at which price. */
import { MESSAGING } from './orders.ts';

export type DemoProduct = {
  readonly name: string;
  readonly sku: string;
  readonly unit: string;
  readonly description: string;
  /** Minor units of a euro, for one unit and month. */
  readonly price: number;
  readonly yearly?: true;
  readonly onePerUser?: true;
  readonly addOnOf?: string;
  readonly resource?: 'core' | 'memory' | 'disk' | 'extra storage' | 'vpn' | 'ipv4';
};

export const OFFERINGS = [
  {
    name: 'UniversalMessaging',
    kind: 'licences',
    vendor: 'HamaraCloud',
    provider: 'ledger',
    domain_url: 'https://hamaracloud.example/domains',
    portal_url: 'https://hamaracloud.example/portal',
  },
  {
    name: 'Microsoft O365',
    kind: 'licences',
    vendor: 'Microsoft',
    provider: 'ledger',
    needs_mpn_id: true,
    needs_domain: true,
    domain_suffix: 'onmicrosoft.com',
    enrolment_url: 'https://partner.microsoft.com/en-US/membership/cloud-solution-provider',
    setup_url: 'https://learn.microsoft.com/microsoft-365/admin/setup/plan-your-setup',
    portal_url: 'https://portal.office.com/',
    domain_url: 'https://admin.microsoft.com/Adminportal/Home#/Domains',
  },
  {
    name: 'Webex',
    kind: 'licences',
    vendor: 'Cisco',
    provider: 'ledger',
    setup_url: 'https://help.webex.com/',
    portal_url: 'https://admin.webex.com/',
    domain_url: 'https://admin.webex.com/settings/domains',
  },
  { name: 'Azure Pack', kind: 'virtual machines', vendor: 'Microsoft', provider: 'ledger' },
] as const;

type Group = readonly [offering: string, category: string, group: string, products: readonly DemoProduct[]];

const user = { unit: 'user' } as const;
export const GROUPS: readonly Group[] = [
  [
    'UniversalMessaging',
    'E-mail',
    'Small Business',
    [
      {
        name: MESSAGING,
        sku: 'UM-SB-1',
        unit: 'GB',
        description: 'A mailbox; each unit adds 1 GB of storage.',
        price: 165,
      },
      {
        name: 'UniversalMessaging Archive',
        sku: 'UM-ARC',
        unit: 'mailbox',
        description: 'Keeps every letter for ten years.',
        price: 90,
        addOnOf: MESSAGING,
      },
    ],
  ],
  [
    'Microsoft O365',
    'Corporate',
    'Office 365',
    [
      {
        ...user,
        name: 'Office 365 E1',
        sku: 'O365-E1',
        description: 'Office in the browser, mail and Teams.',
        price: 830,
        onePerUser: true,
      },
      {
        ...user,
        name: 'Office 365 E3',
        sku: 'O365-E3',
        description: 'Office on every device, mail and Teams.',
        price: 1822,
        onePerUser: true,
        yearly: true,
      },
      {
        ...user,
        name: 'Office 365 E5',
        sku: 'O365-E5',
        description: 'E3 with telephony, security and analytics.',
        price: 3150,
        onePerUser: true,
        yearly: true,
      },
      {
        ...user,
        name: 'Audio Conferencing',
        sku: 'O365-MCO',
        description: 'Dial in to meetings by phone.',
        price: 330,
        onePerUser: true,
        addOnOf: 'Office 365 E3',
      },
    ],
  ],
  [
    'Microsoft O365',
    'Corporate',
    'Microsoft 365 Business',
    [
      {
        ...user,
        name: 'Microsoft 365 Business Premium',
        sku: 'M365-BP',
        description: 'For up to 300 users, with device management.',
        price: 1720,
        onePerUser: true,
        yearly: true,
      },
    ],
  ],
  [
    'Microsoft O365',
    'Academic',
    'Office 365 Education',
    [
      {
        ...user,
        name: 'Office 365 A3 for faculty',
        sku: 'O365-A3F',
        description: 'For the staff of schools and universities.',
        price: 270,
        onePerUser: true,
      },
    ],
  ],
  [
    'Webex',
    'Collaboration',
    'Webex Wholesale',
    [
      {
        ...user,
        name: 'Webex Suite',
        sku: 'WBX-SUITE',
        description: 'Calling, meetings and messaging.',
        price: 1035,
        onePerUser: true,
      },
    ],
  ],
  [
    'Azure Pack',
    'Infrastructure',
    'Virtual machines',
    [
      {
        name: 'Azure Pack virtual machines',
        sku: 'AP-IAAS',
        unit: 'configuration',
        description: 'Virtual machines with the resources that you configure.',
        price: 0,
      },
      {
        name: 'Core',
        sku: 'AP-CORE',
        unit: 'core',
        description: 'A virtual core.',
        price: 900,
        resource: 'core',
      },
      { name: 'Memory', sku: 'AP-RAM', unit: 'GB', description: 'Memory.', price: 400, resource: 'memory' },
      {
        name: 'Disk',
        sku: 'AP-DISK',
        unit: 'GB',
        description: 'The disk of a machine.',
        price: 8,
        resource: 'disk',
      },
      {
        name: 'Extra storage',
        sku: 'AP-XSTO',
        unit: 'GB',
        description: 'Storage to be divided among the machines later.',
        price: 6,
        resource: 'extra storage',
      },
      {
        name: '10 S2S Channels',
        sku: 'AP-S2S-10',
        unit: 'pack',
        description: 'Ten site-to-site VPN channels.',
        price: 2500,
        resource: 'vpn',
      },
      {
        name: '1 Static IPv4 Address',
        sku: 'AP-IPV4',
        unit: 'address',
        description: 'An IPv4 address that stays.',
        price: 350,
        resource: 'ipv4',
      },
    ],
  ],
];

const PROFILES = [
  ['Small', 1, 2, 40],
  ['Medium', 2, 8, 80],
  ['Large', 4, 16, 160],
] as const;
export const REGIONS = [
  ['Stockholm', PROFILES],
  ['Frankfurt', [...PROFILES, ['Extra large', 8, 64, 320]]],
] as const;
export const TEMPLATES = ['Windows Server 2025', 'Ubuntu Server 24.04', 'Debian 13'];
