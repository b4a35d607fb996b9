import type { Directory } from './directory.ts';

/**
 * What somebody typed, out of Slack's markup: mentions are e-mail addresses, links are what was typed.
 * Source: https://docs.slack.dev/messaging/formatting-message-text
 */
export async function wordsOf(text: string, bot: string, mention: Directory['mention']): Promise<string> {
  const parts = text.split(/<([^<>\s][^<>]*)>/);
  const words = await Promise.all(
    parts.map((part, index) => (index % 2 === 0 ? unescaped(part) : referenceOf(part, bot, mention))),
  );
  return normalize(words.join(''));
}

async function referenceOf(reference: string, bot: string, mention: Directory['mention']): Promise<string> {
  const bar = reference.indexOf('|');
  const target = bar < 0 ? reference : reference.slice(0, bar);
  const label = bar < 0 ? undefined : unescaped(reference.slice(bar + 1));
  if (/^@[UW]/.test(target)) return target === `@${bot}` ? '' : mention(target.slice(1), label);
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`;
  if (target.startsWith('!subteam')) return label ?? target.replace('!subteam^', '@');
  if (target.startsWith('!date')) return label ?? '';
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  return label ?? unescaped(target).replace(/^(?:mailto|tel):/, '');
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Slack's editor and phones type other quotes, spaces and invisible characters than keyboards do. */
const normalize = (text: string): string =>
  text
    .replace(/[“”„‟]/g, '"')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .trim();
