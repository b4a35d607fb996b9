/** What is to be ended when the bench ends, however it ends: the last opened first. */
const closers: (() => Promise<void>)[] = [];

/** Has `close` called once: by who got it back from here, or at the end. */
export function closing(close: () => Promise<void>): () => Promise<void> {
  const once = async () => {
    const at = closers.indexOf(once);
    if (at < 0) return;
    closers.splice(at, 1);
    await close();
  };
  closers.push(once);
  return once;
}

export async function closeAll(): Promise<void> {
  for (let last = closers.at(-1); last !== undefined; last = closers.at(-1)) await last();
}
