/** What is too much at once, in parts of at most `size`. */
export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks = Math.ceil(items.length / size);
  return Array.from({ length: chunks }, (_, index) => items.slice(index * size, (index + 1) * size));
}
