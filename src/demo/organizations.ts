/** Where the organizations of the demo data are, and whom one reaches there. */
type Details = {
  readonly address_1: string;
  readonly city: string;
  readonly postal_code: string;
  readonly country: string;
  readonly phone: string;
  readonly contact_first_name: string;
  readonly contact_last_name: string;
  readonly contact_email: string;
  readonly mpn_id?: string;
  readonly markup_bp?: number;
};

/** Fabrikam has no contact person yet: nothing can be ordered for it before it has one. */
export const ADDRESSES: Readonly<Record<string, Partial<Details>>> = {
  HamaraCloud: {
    address_1: '4 Residency Road',
    city: 'Bengaluru',
    postal_code: '560025',
    country: 'IN',
    phone: '+918041234567',
    contact_first_name: 'Priya',
    contact_last_name: 'Raman',
    contact_email: 'priya@hamaracloud.example',
    mpn_id: '5120001',
  },
  'Northwind Partners': {
    address_1: 'Sveavägen 21',
    city: 'Stockholm',
    postal_code: '111 34',
    country: 'SE',
    phone: '+4684401200',
    contact_first_name: 'Nora',
    contact_last_name: 'Lindgren',
    contact_email: 'nora@northwind.example',
    mpn_id: '4783211',
    markup_bp: 500,
  },
  Contoso: {
    address_1: 'Calle de Alcalá 45',
    city: 'Madrid',
    postal_code: '28014',
    country: 'ES',
    phone: '+34915550120',
    contact_first_name: 'Carla',
    contact_last_name: 'Diaz',
    contact_email: 'carla@contoso.example',
    markup_bp: 1500,
  },
  Fabrikam: {
    address_1: 'Torstraße 100',
    city: 'Berlin',
    postal_code: '10119',
    country: 'DE',
    phone: '+493055501000',
    markup_bp: 1000,
  },
};

export const DOMAINS: readonly (readonly [domain: string, of: 'contoso' | 'fabrikam'])[] = [
  ['contoso.example', 'contoso'],
  ['contoso.onmicrosoft.com', 'contoso'],
  ['fabrikam.example', 'fabrikam'],
];
