import type { Activity, Mention } from 'botbuilder';
import { isTargeted } from '../answers/targeted.ts';
import { dig, digText } from './request.ts';

type Gap = { readonly start: number; readonly end: number; readonly words: string };

/**
 * What somebody typed: without the mention of the bot, with the address of whoever else was mentioned.
 * Mentions are found by the entities of the message, each in its turn, since a name may occur in the text too.
 */
export async function wordsOf(
  activity: Activity,
  emailOf: (id: string) => Promise<string | undefined>,
): Promise<string> {
  const text = activity.text ?? '';
  const gaps: Gap[] = [];
  const searched = new Map<string, number>();
  for (const { text: tag, mentioned } of mentionsOf(activity)) {
    const start = text.indexOf(tag, searched.get(tag) ?? 0);
    if (start < 0) continue;
    const end = start + tag.length;
    searched.set(tag, end);
    const isBot = mentioned.id === activity.recipient.id;
    gaps.push({ start, end, words: isBot ? '' : ((await emailOf(mentioned.id)) ?? mentioned.name) });
  }
  const words = fill(text, gaps).trim();
  return isTargeted(activity) ? afterSlash(words, activity.recipient.name ?? '') : words;
}

/**
 * Behind a slash one chooses a command, which is sent without it, or the bot, to go on in words of one's own. Who types both
 * out means the same. Source: https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/agent-slash-commands
 */
function afterSlash(words: string, bot: string): string {
  const bare = words.replace(/^\/(?=\S)/, '');
  const rest = bare.slice(bot.length);
  const isNamed = bot !== '' && bare.slice(0, bot.length).toLowerCase() === bot.toLowerCase();
  return isNamed && (rest === '' || /^\s/.test(rest)) ? rest.trim() : bare;
}

function mentionsOf({ entities = [] }: Activity): Mention[] {
  return entities.flatMap((entity) => {
    const text = digText(entity, 'text');
    const id = digText(entity, 'mentioned', 'id');
    if (dig(entity, 'type') !== 'mention' || text === undefined || id === undefined) return [];
    return [{ type: 'mention', text, mentioned: { id, name: digText(entity, 'mentioned', 'name') ?? '' } }];
  });
}

function fill(text: string, gaps: readonly Gap[]): string {
  let read = 0;
  let words = '';
  for (const gap of gaps.toSorted((a, b) => a.start - b.start)) {
    words += decode(text.slice(read, gap.start)) + gap.words;
    read = gap.end;
  }
  return words + decode(text.slice(read));
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  nbsp: ' ',
  '#160': ' ',
};

/** Teams writes some signs as HTML does, also in plain text. */
export function decode(text: string): string {
  return text
    .replace(/&(amp|lt|gt|quot|apos|nbsp|#39|#160);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/\u00a0/g, ' ')
    .replace(/\r\n?/g, '\n');
}
