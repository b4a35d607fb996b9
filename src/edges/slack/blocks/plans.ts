import type { PlanBlock, RichTextBlock, TaskCardBlock } from '@slack/types';
import type { Plan } from '../../../chat/card.ts';
import { limits } from './limits.ts';
import { clean, isBlank, shorten } from './text.ts';

const statuses = {
  waiting: 'pending',
  running: 'in_progress',
  done: 'complete',
  failed: 'error',
} as const;

/**
 * Work under way as Slack draws it; `undefined` where it would not hold all of it.
 * Source: https://docs.slack.dev/reference/block-kit/blocks/plan-block and task-card-block
 */
export function drawPlan({ title, steps }: Plan, bar: string | undefined): PlanBlock | undefined {
  const heading = [bar, title].filter((part) => part !== undefined && !isBlank(part)).join(' · ');
  const fits =
    steps.length >= 1 &&
    steps.length <= limits.planSteps &&
    isShort(heading, limits.stepTitle) &&
    steps.every((step) => isShort(step.title, limits.stepTitle) && isSaid(step.says));
  if (!fits) return undefined;
  return { type: 'plan', title: named(heading), tasks: steps.map(taskCard) };
}

function taskCard({ title, state, says }: Plan['steps'][number], index: number): TaskCardBlock {
  return {
    type: 'task_card',
    task_id: `step-${index + 1}`,
    title: named(title),
    status: statuses[state],
    ...(says === undefined || isBlank(says) ? {} : { details: sentence(clean(says).trim()) }),
  };
}

const sentence = (text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

const isShort = (text: string, most: number): boolean => text.length <= most;
const isSaid = (says: string | undefined): boolean => says === undefined || isShort(says, limits.stepDetails);
const named = (text: string): string =>
  isBlank(text) ? '–' : shorten(clean(text).replace(/\s+/g, ' ').trim(), limits.stepTitle);
