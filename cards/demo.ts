/** What the samples are made of: the demo data, and names as long as they come. */
import type { Difference } from './differences.ts';
import type { Money } from './format.ts';
import type { ServiceUnits } from './units.ts';

const MESSAGING = 'UniversalMessaging Small Business Edition (1GB)';

export const messaging: ServiceUnits = { service: '10023/1', product: MESSAGING, units: 10, free: 7 };
export const office: ServiceUnits = { service: '10023/2', product: 'Office 365 E3', units: 5, free: 3 };
export const webex: ServiceUnits = { service: '10023/3', product: 'Webex Suite', units: 2, free: 0 };
export const large: ServiceUnits = {
  service: '10024/1',
  product: MESSAGING,
  units: 2000,
  free: 1750,
  reserved: 200,
};
export const machines: ServiceUnits = {
  service: '10031/1',
  product: 'Azure Pack virtual machines',
  units: 1,
  free: 0,
  machines: 3,
};

export const eur = (minor: number): Money => ({ minor, currency: 'EUR' });

export const drifts: readonly Difference[] = [
  {
    subscription: 'Office 365 E3 (10023/2)',
    service: '10023/2',
    organization: 'Contoso',
    before: 12,
    counted: 5,
    money: eur(-8820),
  },
  {
    subscription: 'UniversalMessaging Small Business Edition (1GB) (10023/1)',
    service: '10023/1',
    organization: 'Contoso',
    before: 1,
    counted: 3,
    money: eur(200),
  },
  {
    subscription: 'Webex Suite (10028/1)',
    service: '10028/1',
    organization: 'Fabrikam',
    before: 2,
    counted: 3,
  },
];

export const longest = {
  organization: 'Königliche Gesellschaft für Telekommunikation und Fernmeldewesen Süd-Ost mbH & Co. KG',
  product:
    'Microsoft 365 Business Premium with Advanced Threat Protection and Phone System (non-profit, yearly commitment)',
  user: 'maximiliane.oberhuber-schwarzenbergerova@fernmeldewesen-sued-ost.contoso.example',
  number: 'HAMARACLOUD1000000023',
  short: '1000000023',
  service: '1000000023/12',
};

export const once = 'f3b1c9d2';

/** A list of `length` made by `make`, counted from 1. */
export function many<T>(length: number, make: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => make(index + 1));
}

export const longDrifts: readonly Difference[] = many(12, (index) => ({
  subscription: longest.product,
  service: `10000000${index + 10}/12`,
  organization: longest.organization,
  before: 100_000,
  counted: 145_000,
  money: eur(123_456_789),
}));
