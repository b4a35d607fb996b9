/** Countries by their two letters (ISO 3166-1) and by the names that people type. */
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Withdrawn codes, groups of countries and made-up ones, which the language data names too. */
const NO_COUNTRIES = new Set(
  'AC AN BU CP CQ CS CT DD DG DY EA EU EZ FQ FX HV IC JT MI NH NQ NT PC PU PZ QO RH SU TA TP UK UN VD WK XA XB YD YU ZR ZZ'.split(
    ' ',
  ),
);
const OTHER_NAMES: Readonly<Record<string, string>> = {
  UK: 'GB',
  'great britain': 'GB',
  england: 'GB',
  usa: 'US',
  'united states of america': 'US',
  holland: 'NL',
  'czech republic': 'CZ',
  turkey: 'TR',
  uae: 'AE',
};

const ALPHABET = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const CODES = ALPHABET.flatMap((first) => ALPHABET.map((second) => first + second)).filter(
  (code) => !NO_COUNTRIES.has(code) && names.of(code) !== undefined,
);

/** `Côte d’Ivoire` and `cote d'ivoire` are the same. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’']/g, "'")
    .replace(/&/g, 'and')
    .toLowerCase()
    .trim();

const BY_NAME = new Map([
  ...CODES.map((code) => [plain(names.of(code) ?? code), code] as const),
  ...Object.entries(OTHER_NAMES).map(([name, code]) => [plain(name), code] as const),
]);

/** `se`, `SE` and `Sweden` -> `SE` */
export function parseCountry(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return CODES.includes(code) ? code : BY_NAME.get(plain(text));
}

/** `SE` -> `Sweden` */
export const countryName = (code: string): string => names.of(code) ?? code;
