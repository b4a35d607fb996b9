/** What an empty conversation offers to begin with. */
import { h, icon } from './dom.js';

const PERSONAL = ['help', 'orders', 'order 10023', 'free universal', 'associate', 'bulk 10024/1'];
const CHANNEL = ['notify here jobs', 'notify here reconciliation', 'orders', 'free 10023'];

/**
 * @param {import('./api.js').Conversation} conversation
 * @param {string} firstName
 * @param {(text: string) => void} onSend
 */
export function welcome({ kind, name }, firstName, onSend) {
  const personal = kind === 'personal';
  const title = personal ? `Good to see you, ${firstName}.` : `Nothing in ${name} yet.`;
  const words = personal
    ? 'Type a command, or begin with one of these. Drop a spreadsheet here for a bulk job.'
    : 'Notices arrive here once somebody asks for them. The bot reads along, so commands work here too.';
  const chip = (text) =>
    h('li', {}, h('button', { type: 'button', class: 'suggestion', onclick: () => onSend(text) }, text));
  return h(
    'div',
    { class: 'welcome', 'data-testid': 'welcome' },
    h('span', { class: 'welcome-mark' }, icon(personal ? 'mark' : 'hash')),
    h('h2', {}, title),
    h('p', {}, words),
    h(
      'ul',
      { class: 'suggestions', 'aria-label': 'Suggestions' },
      ...(personal ? PERSONAL : CHANNEL).map(chip),
    ),
  );
}
