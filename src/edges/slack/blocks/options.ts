import type { InputBlock, PlainTextOption } from '@slack/types';
import type { Block } from './charts.ts';
import { limits } from './limits.ts';
import { bytesOf, plainText } from './text.ts';

/** A view may not hold more than so many bytes, and choices are all that can be so many: the longest list is halved until it fits. */
export function fewerOptions(blocks: readonly Block[], most: number): Block[] {
  if (!Number.isFinite(most) || bytesOf(JSON.stringify(blocks)) <= most) return [...blocks];
  const longest = blocks.reduce(
    (best, block, index) => (countOf(block) > countOf(blocks[best]) ? index : best),
    0,
  );
  const block = blocks[longest];
  const count = countOf(block);
  if (block?.type !== 'input' || count < 2) return [...blocks];
  return fewerOptions(blocks.with(longest, halved(block, Math.floor(count / 2))), most);
}

const countOf = (block: Block | undefined): number => optionsOf(block).length;

function optionsOf(block: Block | undefined): readonly PlainTextOption[] {
  if (block?.type !== 'input') return [];
  const { element } = block;
  if (element.type !== 'static_select') return [];
  return element.options ?? (element.option_groups ?? []).flatMap(({ options }) => options);
}

/** What is chosen stays among the choices. */
function halved(block: InputBlock, most: number): InputBlock {
  const { element } = block;
  if (element.type !== 'static_select') return block;
  const all = optionsOf(block);
  const chosen = element.initial_option;
  const first = all.slice(0, most);
  const isThere = chosen === undefined || first.some(({ value }) => value === chosen.value);
  const kept = isThere
    ? first
    : [...first.slice(0, -1), ...all.filter(({ value }) => value === chosen.value)];
  const groups = Array.from({ length: Math.ceil(kept.length / limits.options) }, (_, index) => {
    const options = kept.slice(index * limits.options, (index + 1) * limits.options);
    return {
      label: plainText(`${index * limits.options + 1}–${index * limits.options + options.length}`),
      options,
    };
  });
  const { options: _, option_groups: __, ...rest } = element;
  return {
    ...block,
    hint: plainText(
      `The first ${kept.length} are listed here; the command takes any other.`,
      limits.labelText,
    ),
    element: kept.length <= limits.options ? { ...rest, options: kept } : { ...rest, option_groups: groups },
  };
}
