const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const ENTITY = /&(?:#x([0-9a-f]{1,8})|#(\d{1,9})|([a-z]{2,4}));|&/gi;

/** The text with the entities of XML replaced. Others exist only where a document type defines them. */
export function withoutEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (entity, hexadecimal?: string, decimal?: string, name = '') => {
    if (hexadecimal !== undefined) return character(Number.parseInt(hexadecimal, 16));
    if (decimal !== undefined) return character(Number.parseInt(decimal, 10));
    const plain = named[name];
    if (plain === undefined) throw new Error(`no entity ${entity}`);
    return plain;
  });
}

function character(code: number): string {
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw new Error(`no character ${code}`);
  }
  return String.fromCodePoint(code);
}

const ESCAPED = /_x([0-9a-f]{4})_/gi;

/** Excel writes what XML can't hold as `_x000D_`, and an underscore that looks like that as `_x005F_`. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
