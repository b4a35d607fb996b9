import { createHash } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import type { Chart } from '../../../chat/card.ts';
import { type Block, drawChart } from './charts.ts';
import type { Part } from './elements.ts';
import { limits } from './limits.ts';
import { fewerOptions } from './options.ts';
import { drawPlan } from './plans.ts';
import { csvOf, fileStem, type RestFile } from './rest.ts';
import { isNative, type Native, type Room } from './room.ts';
import { drawTable, type Grid } from './tables.ts';
import { bytesOf, plainText } from './text.ts';

type Page = {
  readonly room: Room;
  readonly stem: string;
  readonly blocks: Block[];
  blocksLeft: number;
  textLeft: number;
  readonly nativesLeft: Map<Native, number>;
  /** The heading that stands above. */
  caption: string;
  /** Parts left out so far; once one is, no later content is shown, so that the end is missing and not the middle. */
  omitted: number;
  /** Of those, what no file of a table holds. */
  unfiled: number;
  readonly files: RestFile[];
};

export type Fitted = {
  readonly blocks: Block[];
  /** The tables that are not there whole. */
  readonly files: readonly RestFile[];
  /** Something else is left out too: then all of it is to be in a file of this name. */
  readonly textFile: string | undefined;
};

/**
 * Puts blocks together within the limits of a room. Buttons are always kept, then inputs, then as much of the
 * rest as fits; in the place of what is left out it is said where that is.
 */
export function fit(
  parts: readonly Part[],
  buttons: readonly KnownBlock[],
  room: Room,
  title: string,
): Fitted {
  const inputs = parts.filter(isInput);
  const noticeBlocks = 1;
  const inputsLeft = Math.max(0, room.blocks - buttons.length - noticeBlocks);
  const fixed = [...inputs.slice(0, inputsLeft).map(({ block }) => block), ...buttons];
  const page: Page = {
    room,
    stem: fileStem(title),
    blocks: [],
    blocksLeft: room.blocks - fixed.length - noticeBlocks,
    textLeft: room.text - noticeText - fixed.reduce((sum, block) => sum + weightOf(block), 0),
    nativesLeft: roomForNatives(room),
    caption: title,
    omitted: 0,
    unfiled: 0,
    files: [],
  };
  const noticeAt = placeAll(page, parts, inputsLeft);
  if (noticeAt !== undefined) page.blocks.splice(noticeAt, 0, notice(page));
  return {
    blocks: fewerOptions([...page.blocks, ...buttons], room.json).map(withBlockId),
    files: page.files,
    textFile: page.unfiled > 0 ? `${page.stem}.txt` : undefined,
  };
}

/** What the notice of what is left out takes. */
const noticeText = 200;

const roomForNatives = ({ natives }: Room): Map<Native, number> =>
  new Map(
    [...natives].map((native) => {
      if (native === 'data_visualization') return [native, limits.charts];
      return [native, native === 'plan' ? limits.plans : limits.tables];
    }),
  );

/** Gives where the first thing is missing. */
function placeAll(page: Page, parts: readonly Part[], inputsLeft: number): number | undefined {
  let noticeAt: number | undefined;
  let inputsShown = 0;
  for (const part of parts) {
    if (isInput(part)) {
      if (inputsShown < inputsLeft) page.blocks.push(part.block);
      else omit(page, part);
      inputsShown += 1;
    } else place(page, part);
    if (page.omitted > 0) noticeAt ??= page.blocks.length;
  }
  return noticeAt;
}

function place(page: Page, part: Part): void {
  if (page.omitted > 0) omit(page, part);
  else if ('grid' in part) placeTable(page, part.grid);
  else if ('chart' in part) placeChart(page, part.chart);
  else if ('plan' in part) placePlan(page, part);
  else if (!add(page, part.block)) omit(page, part);
  else if (part.block.type === 'header') page.caption = part.block.text.text;
}

function omit(page: Page, part: Part): void {
  page.omitted += 1;
  // Lists are read, not calculated with.
  if ('grid' in part && part.grid.rows.length > 1 && part.grid.list === undefined) fileTable(page, part.grid);
  else page.unfiled += 1;
}

/** Keeps the table as a file and gives that file's name. */
function fileTable(page: Page, grid: Grid): string {
  const tables = page.files.length;
  const name = `${page.stem}${tables === 0 ? '' : `-${tables + 1}`}.csv`;
  page.files.push({ name, bytes: csvOf(grid) });
  return name;
}

const remark = 200;

function placeTable(page: Page, grid: Grid): void {
  const natives = new Set(page.room.natives);
  for (const [native, left] of page.nativesLeft) if (left < 1) natives.delete(native);
  const { blocks, left, isCut } = drawTable(grid, {
    text: page.textLeft - remark,
    natives,
    caption: page.caption,
  });
  const isWhole = left === 0 && !isCut;
  if (blocks.length === 0 || blocks.length + (isWhole ? 0 : 1) > page.blocksLeft) omit(page, { grid });
  else {
    for (const block of blocks) add(page, block);
    if (!isWhole) addLeftOver(page, grid, left);
  }
}

function addLeftOver(page: Page, grid: Grid, left: number): void {
  const name = page.room.overflow === 'file' ? fileTable(page, grid) : '';
  add(page, context(leftOver(page.room, left, grid.rows.length - 1, name)));
}

function leftOver(room: Room, left: number, all: number, name: string): string {
  const rows = left === 1 ? 'row' : 'rows';
  if (room.overflow !== 'file')
    return left > 0 ? `… and ${left} more ${rows}. ${elsewhere(room)}` : elsewhere(room);
  const more = left > 0 ? `… and ${left} more ${rows}: all ${all} are` : 'The whole table is';
  return `${more} in ${name}, ${room.where}.`;
}

/** All of it, or none: half a picture tells something else. */
function placeChart(page: Page, chart: Chart): void {
  const blocks = drawChart(chart, hasRoom(page, 'data_visualization'));
  const weight = blocks.reduce((sum, block) => sum + weightOf(block), 0);
  if (blocks.length > page.blocksLeft || weight > page.textLeft) omit(page, { chart });
  else for (const block of blocks) add(page, block);
}

function placePlan(page: Page, part: Extract<Part, { plan: unknown }>): void {
  const block = hasRoom(page, 'plan') ? drawPlan(part.plan, part.bar) : undefined;
  if (block !== undefined && add(page, block)) return;
  for (const instead of part.instead) place(page, instead);
}

const hasRoom = ({ nativesLeft }: Page, native: Native): boolean => (nativesLeft.get(native) ?? 0) > 0;

function add(page: Page, block: Block): boolean {
  const weight = weightOf(block);
  if (page.blocksLeft < 1 || weight > page.textLeft) return false;
  page.blocks.push(block);
  page.blocksLeft -= 1;
  page.textLeft -= weight;
  if (isNative(block.type)) spend(page, block.type);
  return true;
}

/** A table of either kind is the only one. */
function spend({ nativesLeft }: Page, used: Native): void {
  const family: readonly Native[] =
    used === 'table' || used === 'data_table' ? ['table', 'data_table'] : [used];
  for (const native of family) nativesLeft.set(native, (nativesLeft.get(native) ?? 0) - 1);
}

const isInput = (part: Part): part is { block: Extract<KnownBlock, { type: 'input' }> } =>
  'block' in part && part.block.type === 'input';

const context = (text: string): KnownBlock => ({ type: 'context', elements: [plainText(text)] });

function notice({ room, omitted, unfiled, files, stem }: Page): KnownBlock {
  const more = `… ${omitted} more ${omitted === 1 ? 'part' : 'parts'}`;
  if (room.overflow !== 'file') return context(`${more}. ${elsewhere(room)}`);
  const names = [...(unfiled > 0 ? [`${stem}.txt`] : []), ...files.map(({ name }) => name)];
  const named =
    names.length > 3
      ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more files`
      : names.join(' and ');
  return context(`${more}: all of it is in ${named}, ${room.where}.`);
}

const elsewhere = ({ overflow }: Room): string =>
  overflow === 'window'
    ? 'There is more than this window holds: type the command in the conversation to see all of it.'
    : 'There is more than this page holds: its buttons lead to all of it.';

/** What of a block counts towards the text of a message, in bytes: every text in it, but not the options of a select. */
export function weightOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  // How Slack counts a chart is not known: with all of it we are on the safe side.
  if ('type' in value && value.type === 'data_visualization') return bytesOf(JSON.stringify(value));
  return Object.entries(value)
    .filter(([key]) => key !== 'options' && key !== 'option_groups')
    .map(([key, inner]) => {
      if (typeof inner === 'string') return textKeys.has(key) ? bytesOf(inner) : 0;
      // The details of a step count twice: openclaw/openclaw#143882.
      return key === 'details' ? 2 * weightOf(inner) : weightOf(inner);
    })
    .reduce((sum, weight) => sum + weight, 0);
}

const textKeys = new Set(['text', 'title', 'caption']);

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
