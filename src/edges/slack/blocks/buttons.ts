import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import type { Action, Execute, OpenUrl } from '../../../chat/card.ts';
import type { LongValues } from './inputs.ts';
import { limits } from './limits.ts';
import { isBlank, plainText, sections } from './text.ts';

/** A card that holds more than Slack can carry, whatever is left out. */
export class Unshowable extends Error {
  override name = 'Unshowable';
}

/** What a button sends back. */
export type Press = {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly withInputs: boolean;
  readonly longValues: LongValues;
};

/** The buttons of a card, and as text the links that Slack takes no button for. */
export function buttonBlocks(actions: readonly Action[], long: LongValues): KnownBlock[] {
  const texts = actions.flatMap((action) =>
    action.type === 'Action.OpenUrl' && !isLink(action.url) ? sections(`${action.title}: ${action.url}`) : [],
  );
  const buttons = actions.flatMap((action, index) => {
    if (action.type === 'Action.Execute') return [executeButton(action, index, long)];
    return isLink(action.url) ? [linkButton(action, index)] : [];
  });
  return [...texts, ...rowsOf(buttons)];
}

/** Reads a button's value; `undefined` where it is none of ours. The client sent it: it proves nothing. */
export function parsePress(value: string | undefined): Press | undefined {
  const parsed = parseObject(value);
  if (typeof parsed?.v !== 'string' || !isRecord(parsed.d)) return undefined;
  return {
    verb: parsed.v,
    data: parsed.d,
    withInputs: parsed.i !== 0,
    longValues: isRecord(parsed.l) ? (parsed.l as LongValues) : {},
  };
}

function executeButton(action: Execute, index: number, long: LongValues): Button {
  const withInputs = action.associatedInputs !== 'none';
  const value = JSON.stringify({
    v: action.verb,
    d: action.data,
    ...(withInputs ? {} : { i: 0 }),
    ...(withInputs && Object.keys(long).length > 0 ? { l: long } : {}),
  });
  if (value.length > limits.buttonValue) {
    throw new Unshowable(
      `The button "${action.title}" (${action.verb}) carries ${value.length} characters; Slack takes ${limits.buttonValue}.`,
    );
  }
  return {
    type: 'button',
    action_id: `execute-${index}`,
    text: titleOf(action.title, action.verb),
    value,
    ...styleOf(action.style),
    ...confirmOf(action),
  };
}

const linkButton = (action: OpenUrl, index: number): Button => ({
  type: 'button',
  action_id: `open-${index}`,
  text: titleOf(action.title, action.url),
  url: action.url,
});

const titleOf = (title: string, otherwise: string) =>
  plainText(isBlank(title) ? otherwise : title, limits.buttonText);

function styleOf(style: Execute['style']): Pick<Button, 'style'> {
  if (style === 'positive') return { style: 'primary' };
  return style === 'destructive' ? { style: 'danger' } : {};
}

/** Source: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
const confirmTexts = { title: 100, text: 300, button: 30 } as const;

function confirmOf({ confirm, style }: Execute): Pick<Button, 'confirm'> {
  if (confirm === undefined) return {};
  return {
    confirm: {
      title: plainText(confirm.title, confirmTexts.title),
      text: plainText(confirm.text, confirmTexts.text),
      confirm: plainText(confirm.yes, confirmTexts.button),
      deny: plainText('No', confirmTexts.button),
      ...(style === 'destructive' ? { style: 'danger' } : {}),
    },
  };
}

const isLink = (url: string): boolean =>
  url.length <= limits.url && /^https?:\/\/[^\s]+$/i.test(url) && URL.canParse(url);

function rowsOf(buttons: readonly Button[]): ActionsBlock[] {
  const count = Math.ceil(buttons.length / limits.actionElements);
  return Array.from({ length: count }, (_, row) => ({
    type: 'actions',
    elements: buttons.slice(row * limits.actionElements, (row + 1) * limits.actionElements),
  }));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseObject(value: string | undefined): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(value ?? '');
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
