const FORBIDDEN = /[\\/?*[\]:\p{Cc}]/gu;
const EDGES = /^['\s]+|['\s]+$/g;
const LONGEST = 31;

/** Gives names that Excel accepts: short enough, without forbidden characters, no two alike. */
export function sheetNames(): (wanted: string) => string {
  // Excel keeps this name for itself.
  const taken = new Set(['history']);
  return (wanted) => {
    const plain = wanted.replace(FORBIDDEN, ' ').replace(EDGES, '') || 'Sheet';
    let name = cut(plain, LONGEST);
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) {
      const ending = ` (${count})`;
      name = cut(plain, LONGEST - ending.length) + ending;
    }
    taken.add(name.toLowerCase());
    return name;
  };
}

function cut(text: string, length: number): string {
  return text
    .slice(0, length)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .replace(EDGES, '');
}
