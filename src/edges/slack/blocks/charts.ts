import type { KnownBlock } from '@slack/types';
import type { Chart } from '../../../chat/card.ts';
import { limits } from './limits.ts';
import { preformatted } from './tables.ts';
import { clean, clip, isBlank, sections } from './text.ts';

/** Source: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block; @slack/types has no name for it yet. */
export type ChartBlock = {
  readonly type: 'data_visualization';
  readonly block_id?: string;
  readonly title: string;
  readonly chart: {
    readonly type: 'bar';
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: {
      readonly categories: readonly string[];
      readonly x_label: string;
      readonly y_label: string;
    };
  };
};
export type Block = KnownBlock | ChartBlock;

/** Slack's own chart where it may be used and takes all of it; otherwise bars in a typewriter face. */
export function drawChart(chart: Chart, isNative: boolean): readonly Block[] {
  const native = isNative ? nativeChart(chart) : undefined;
  return native === undefined ? drawnBars(chart) : [native];
}

function nativeChart({ title, xAxisTitle, yAxisTitle, data }: Chart): ChartBlock | undefined {
  const categories = (data[0]?.values ?? []).map(({ x }) => named(x, limits.chartLabel));
  const series = data.map(({ legend, values }) => ({
    name: named(legend, limits.chartLabel),
    data: values.map(({ y }, index) => ({ label: categories[index] ?? '', value: y })),
  }));
  const fits =
    isFew(series, limits.chartSeries) &&
    isFew(categories, limits.chartPoints) &&
    isDistinct(series.map(({ name }) => name)) &&
    isDistinct(categories) &&
    series.every((one) => one.data.length === categories.length) &&
    series.every((one) => one.data.every(({ value }) => Number.isFinite(value)));
  if (!fits) return undefined;
  return {
    type: 'data_visualization',
    title: named(title, limits.chartTitle),
    chart: {
      type: 'bar',
      series,
      axis_config: {
        categories,
        x_label: named(xAxisTitle, limits.chartTitle),
        y_label: named(yAxisTitle, limits.chartTitle),
      },
    },
  };
}

const named = (text: string, most: number): string =>
  isBlank(text) ? '–' : clip(clean(text).replace(/\s+/g, ' ').trim(), most);
const isFew = (items: readonly unknown[], most: number): boolean => items.length >= 1 && items.length <= most;
const isDistinct = (names: readonly string[]): boolean => new Set(names).size === names.length;

const barLength = 20;
const labelWidth = 24;

/** A line a bar, its number after it. What can't be drawn is said in words. */
function drawnBars({ data, fallback }: Chart): KnownBlock[] {
  const bars = data.flatMap(({ legend, values }) => values.map(({ x, y }, at) => ({ legend, x, y, at })));
  const most = Math.max(...bars.map(({ y }) => y));
  const isDrawable = bars.length > 0 && bars.every(({ y }) => Number.isFinite(y) && y >= 0);
  const drawn = bars
    .toSorted((a, b) => a.at - b.at)
    .map(({ legend, x, y }) => {
      const filled = most === 0 ? 0 : Math.round((y / most) * barLength);
      const bar = '█'.repeat(y > 0 ? Math.max(1, filled) : 0);
      return [named(x, labelWidth), named(legend, labelWidth), [bar, String(y)].filter(Boolean).join(' ')];
    });
  if (!isDrawable || drawn.length > limits.drawnBars)
    return isBlank(fallback.text) ? [] : sections(fallback.text);
  const width = (column: number) => Math.max(...drawn.map((cells) => cells[column]?.length ?? 0));
  const [labels, legends] = [width(0), width(1)];
  const lines = drawn.map(
    ([label = '', legend = '', bar = '']) => `${label.padEnd(labels)}  ${legend.padEnd(legends)}  ${bar}`,
  );
  return [preformatted(lines.join('\n'))];
}
