/** The word that stands in everything that an organization has, and in nothing else. */
export const WORDS = {
  HamaraCloud: 'ockergelb',
  'Northwind Partners': 'indigoblau',
  Contoso: 'smaragd',
  Tailspin: 'karmesin',
  Fabrikam: 'zinnober',
} as const;
