import { createHash } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import type { Chart } from '../../../chat/card.ts';
import { type Block, drawChart } from './charts.ts';
import type { Part } from './elements.ts';
import { limits } from './limits.ts';
import { drawTable, type Grid } from './tables.ts';
import { plainText } from './text.ts';

export type Room = {
  readonly blocks: number;
  readonly text: number;
  readonly nativeTables: number;
  readonly nativeCharts: number;
};
export const fullRoom: Room = {
  blocks: limits.blocks,
  text: limits.messageText,
  nativeTables: limits.tables,
  nativeCharts: limits.charts,
};

type Page = {
  readonly blocks: Block[];
  blocksLeft: number;
  textLeft: number;
  nativeTablesLeft: number;
  nativeChartsLeft: number;
  /** Parts left out so far; once one is, no later content is shown, so that the end is missing and not the middle. */
  omitted: number;
};

/**
 * Puts a message together within its limits. Buttons are always kept, then inputs, then as much of the
 * rest as fits; what is left out is said in its place.
 */
export function fit(parts: readonly Part[], buttons: readonly KnownBlock[], room: Room): Block[] {
  const inputs = parts.filter(isInput);
  const noticeBlocks = 1;
  const inputsLeft = room.blocks - buttons.length - noticeBlocks;
  const fixed = [...inputs.slice(0, inputsLeft).map(({ block }) => block), ...buttons];
  const page: Page = {
    blocks: [],
    blocksLeft: room.blocks - fixed.length - noticeBlocks,
    textLeft: room.text - fixed.map(textLength).reduce((sum, length) => sum + length, 0),
    nativeTablesLeft: room.nativeTables,
    nativeChartsLeft: room.nativeCharts,
    omitted: 0,
  };
  let noticeAt: number | undefined;
  let inputsShown = 0;
  for (const part of parts) {
    if (isInput(part)) {
      if (inputsShown < inputsLeft) page.blocks.push(part.block);
      else page.omitted += 1;
      inputsShown += 1;
    } else place(page, part);
    if (page.omitted > 0) noticeAt ??= page.blocks.length;
  }
  if (noticeAt !== undefined) page.blocks.splice(noticeAt, 0, notice(page.omitted));
  return [...page.blocks, ...buttons].map(withBlockId);
}

function place(page: Page, part: Part): void {
  if (page.omitted > 0) page.omitted += 1;
  else if ('grid' in part) placeTable(page, part.grid);
  else if ('chart' in part) placeChart(page, part.chart);
  else if (!add(page, part.block)) page.omitted += 1;
}

function placeTable(page: Page, grid: Grid): void {
  const remark = 60;
  const isNative = page.nativeTablesLeft > 0;
  const { blocks, left } = drawTable(grid, { text: page.textLeft - remark, isNative });
  const needed = blocks.length + (left > 0 ? 1 : 0);
  if (blocks.length === 0 || needed > page.blocksLeft) {
    page.omitted += 1;
    return;
  }
  for (const block of blocks) add(page, block);
  if (blocks.some((block) => block.type === 'table')) page.nativeTablesLeft -= 1;
  if (left > 0) add(page, context(`… and ${left} more ${left === 1 ? 'row' : 'rows'}`));
}

/** All of it, or none: half a picture tells something else. */
function placeChart(page: Page, chart: Chart): void {
  const blocks = drawChart(chart, page.nativeChartsLeft > 0);
  const length = blocks.map(textLength).reduce((sum, each) => sum + each, 0);
  if (blocks.length > page.blocksLeft || length > page.textLeft) {
    page.omitted += 1;
    return;
  }
  for (const block of blocks) add(page, block);
  if (blocks.some((block) => block.type === 'data_visualization')) page.nativeChartsLeft -= 1;
}

function add(page: Page, block: Block): boolean {
  const length = textLength(block);
  if (page.blocksLeft < 1 || length > page.textLeft) return false;
  page.blocks.push(block);
  page.blocksLeft -= 1;
  page.textLeft -= length;
  return true;
}

const isInput = (part: Part): part is { block: Extract<KnownBlock, { type: 'input' }> } =>
  'block' in part && part.block.type === 'input';

const context = (text: string): KnownBlock => ({ type: 'context', elements: [plainText(text)] });
const notice = (omitted: number): KnownBlock =>
  context(
    `… ${omitted} more ${omitted === 1 ? 'part is' : 'parts are'} left out: Slack shows no more in one message.`,
  );

/** The characters of a block that Slack counts: every text in it, but not the options of a select. */
export function textLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  // How Slack counts a chart is not known: with all of it we are on the safe side.
  if ('type' in value && value.type === 'data_visualization') return JSON.stringify(value).length;
  return Object.entries(value)
    .filter(([key]) => key !== 'options' && key !== 'option_groups')
    .map(([key, inner]) => (key === 'text' && typeof inner === 'string' ? inner.length : textLength(inner)))
    .reduce((sum, length) => sum + length, 0);
}

/**
 * "If a message is updated, use a new block_id" (@slack/types): an input whose content changed gets
 * another one, so that no client keeps showing what was typed into the former.
 */
const withBlockId = (block: Block, index: number): Block =>
  block.type === 'input'
    ? {
        ...block,
        block_id: `${index}-${createHash('sha256').update(JSON.stringify(block)).digest('hex').slice(0, 12)}`,
      }
    : block;
