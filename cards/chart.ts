/** Pictures of numbers. Each says in words all that it shows, and has its numbers in a table beside it. */
import type { Chart } from '../src/chat/card.ts';
import { subtle } from './elements.ts';
import { number } from './format.ts';

/** More bars than these are too thin on a phone. */
export const MOST_PAIRS = 6;

export type Pair = {
  /** Short: it stands under two bars. */
  readonly label: string;
  readonly before: number;
  readonly after: number;
};
type Words = {
  readonly title: string;
  /** What the pairs are: `Subscription`. */
  readonly of: string;
  /** What the numbers count: `Units`. */
  readonly unit: string;
  readonly before: string;
  readonly after: string;
};

/** For each label a bar of what was and one of what is, as many as can be told apart. */
export function pairsChart(words: Words, all: readonly Pair[]): Chart | undefined {
  const pairs = distinct(all.slice(0, MOST_PAIRS));
  if (pairs.length === 0) return undefined;
  const { title, of, unit, before, after } = words;
  const told = pairs.map((pair) => `${pair.label} ${number(pair.before)} → ${number(pair.after)}`);
  return {
    type: 'Chart.VerticalBar.Grouped',
    spacing: 'medium',
    title,
    xAxisTitle: of,
    yAxisTitle: unit,
    data: [
      { legend: before, color: 'neutral', values: pairs.map((pair) => ({ x: pair.label, y: pair.before })) },
      {
        legend: after,
        color: 'categoricalBlue',
        values: pairs.map((pair) => ({ x: pair.label, y: pair.after })),
      },
    ],
    fallback: subtle(`${unit}, ${before.toLowerCase()} → ${after.toLowerCase()}: ${told.join('; ')}.`),
  };
}

/** A bar is too short to be read beside one that is so many times its length. */
const TOO_SHORT = 10;

type Picture<P> = {
  readonly shown: readonly P[];
  /** Beside the others their bars hide those, or can't be seen themselves. */
  readonly left: readonly P[];
};

/** Those whose bars can be read side by side: where there is a gap between long and short ones, the side with more. */
export function inPicture<P extends Omit<Pair, 'label'>>(all: readonly P[]): Picture<P> {
  const topOf = ({ before, after }: P) => Math.max(before, after, 1);
  let kept = [...all].sort((a, b) => topOf(b) - topOf(a));
  for (;;) {
    const gap = kept.findIndex((pair, index) => {
      const next = kept[index + 1];
      return next !== undefined && topOf(pair) > TOO_SHORT * topOf(next);
    });
    const [long, short] = [kept.slice(0, gap + 1), kept.slice(gap + 1)];
    const side = long.length > short.length ? long : short;
    if (gap < 0 || side.length < 2) break;
    kept = side;
  }
  return {
    shown: all.filter((pair) => kept.includes(pair)),
    left: all.filter((pair) => !kept.includes(pair)),
  };
}

/** Bars with one label would be drawn over each other: each further one gets its number. */
function distinct(pairs: readonly Pair[]): Pair[] {
  const seen = new Map<string, number>();
  return pairs.map((pair) => {
    const times = (seen.get(pair.label) ?? 0) + 1;
    seen.set(pair.label, times);
    return times === 1 ? pair : { ...pair, label: `${pair.label} (${times})` };
  });
}
