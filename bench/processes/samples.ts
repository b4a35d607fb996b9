/** The last figures of something with the time of each, in memory that threads share. */
export type Samples = Float64Array<SharedArrayBuffer>;

/** Ten minutes of a sample every 10 ms. */
const MOST = 60_000;

/** The number of samples, then a time and a figure of each. */
export const openSamples = (): Samples =>
  new Float64Array(new SharedArrayBuffer((1 + 2 * MOST) * Float64Array.BYTES_PER_ELEMENT));

export function sample(samples: Samples, figure: number): void {
  const count = samples[0] ?? 0;
  const at = 1 + 2 * (count % MOST);
  samples[at] = Date.now();
  samples[at + 1] = figure;
  samples[0] = count + 1;
}

/** The largest figure between two times. */
export function most(samples: Samples, from: number, until: number): number {
  let largest = 0;
  const count = Math.min(samples[0] ?? 0, MOST);
  for (let at = 1; at <= 2 * count; at += 2) {
    const time = samples[at] ?? 0;
    if (time >= from && time <= until) largest = Math.max(largest, samples[at + 1] ?? 0);
  }
  return largest;
}
