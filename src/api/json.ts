/** What the reader of JSON does not tell. */
import { type FieldError, pointer } from './problem.ts';

type Level = { readonly names: Set<string> | undefined; at: string | number };

/** Nothing that is taken here is nested so deep. */
const DEEPEST = 20;
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]/g;

export const TWICE = 'The name is there more than once.';

/**
 * What is odd in text that is JSON: names that an object has twice, since of the two values no reader says which one
 * counts (https://www.rfc-editor.org/rfc/rfc8259#section-4), and what is nested without an end.
 */
export function oddIn(json: string, most: number): FieldError[] {
  const levels: Level[] = [];
  const twice = new Set<string>();
  let name = '';
  for (const [token] of json.matchAll(TOKENS)) {
    const level = levels.at(-1);
    if (token === '{' || token === '[') {
      if (levels.length === DEEPEST) return [tooDeep(levels)];
      levels.push(token === '{' ? { names: new Set(), at: '' } : { names: undefined, at: 0 });
    } else if (token === '}' || token === ']') levels.pop();
    else if (token.startsWith('"')) name = token;
    else if (token === ',' && typeof level?.at === 'number') level.at += 1;
    else if (token === ':' && level?.names !== undefined) {
      const read = String(JSON.parse(name));
      level.at = read;
      if (level.names.has(read) && twice.size < most) twice.add(pointer(levels.map(({ at }) => at)));
      level.names.add(read);
    }
  }
  return [...twice].map((field) => ({ field, reason: TWICE }));
}

const tooDeep = (levels: readonly Level[]): FieldError => ({
  field: pointer(levels.map(({ at }) => at)),
  reason: `Arrays and objects may be ${DEEPEST} deep at most.`,
});
