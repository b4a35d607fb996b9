import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { count, date } from '../../../cards/format.ts';
import { type KeyForm, keysFormCard } from '../../../cards/keys-form.ts';
import { type KeyRow, type KeysList, keysListCard } from '../../../cards/keys-list.ts';
import { keysRevokeCard } from '../../../cards/keys-revoke.ts';
import { type KeyShown, keysShownCard } from '../../../cards/keys-shown.ts';
import { replaceWith, tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';

const KEYS = [{ title: 'Keys', command: 'keys' }];

export function keyForm(data: KeyForm): Reply {
  return tell(data.error ?? 'A key for another program: what is it called?', keysFormCard(data));
}

/** The only time that the key is said. */
export function keyShown(data: KeyShown): Reply {
  const text = `The key ${data.name} of ${data.organization}, shown this once: ${data.key}`;
  const keptAs = `The key ${data.name} of ${data.organization} was shown once and is not kept. Where it is lost, revoke it (key revoke ${data.id}) and make another.`;
  return { ...replaceWith(text, keysShownCard(data)), keptAs };
}

export function keyList(data: KeysList): Reply {
  const lines = data.keys.map(({ id, name, hint, revokedAt }) => {
    const state = revokedAt === undefined ? '' : `, revoked on ${date(revokedAt)}`;
    return `${id}: ${name} (${hint}${state})`;
  });
  return tell([`${data.organization}: ${count(data.total, 'key')}`, ...lines].join('\n'), keysListCard(data));
}

export function askRevoke(key: KeyRow, once: string): Reply {
  const text = `Revoke the key ${key.name} (${key.hint})? What uses it stops working at once.`;
  return tell(text, keysRevokeCard({ ...key, once }));
}

export function revoked({ name, hint, organization }: KeyRow): Reply {
  const answer = `The key ${name} (${hint}) works no more`;
  const detail = 'What still uses it is refused from now on.';
  const buttons = [{ title: 'New key', command: 'key new' }, ...KEYS];
  return replaceWith(`${answer}. ${detail}`, chatDoneCard({ organization, answer, detail, buttons }));
}

export function revokedBefore({ name, organization, revokedAt }: KeyRow): Reply {
  const problem = `The key ${name} was revoked${revokedAt === undefined ? '' : ` on ${date(revokedAt)}`}.`;
  return tell(problem, chatRefusalCard({ organization, problem, buttons: KEYS }));
}

export function noSuchKey(word: string): Reply {
  const problem =
    word === '' ? 'Which key? Write its number: key revoke 3.' : `There is no key ${word} that you can see.`;
  return tell(problem, chatRefusalCard({ problem, buttons: KEYS }));
}
