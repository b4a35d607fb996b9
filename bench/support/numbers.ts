/** As `Date.now()`, to a fraction of a millisecond: all processes of this machine agree on it. */
export const now = (): number => performance.timeOrigin + performance.now();

/** Figures of several rounds. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value that `percent` of all are not above. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.ceil((percent / 100) * sorted.length) - 1;
  return sorted[Math.max(0, at)] ?? Number.NaN;
}

export const ratio = (value: number, of: number): string => `${(value / of).toFixed(2)}x`;

/** Three digits that mean something: `0.42`, `17.3`, `1,234`. */
export function figure(value: number): string {
  if (Number.isNaN(value)) return '-';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

export const megabytes = (bytes: number): string => figure(bytes / 1024 / 1024);
