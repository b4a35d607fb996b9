import { damaged, type Extension, Refusal } from './sentences.ts';

/** Parsers throw all sorts of things at a broken file, some of which are no `Error`. */
export async function guarded<T>(extension: Extension, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof Refusal) throw thrown;
    throw new Refusal(damaged(extension), { cause: thrown });
  }
}
