/** One message of the feed. */
import { renderCard } from './cards.js';
import { avatar, botAvatar, h, icon } from './dom.js';

/**
 * @typedef {import('./api.js').Entry} Entry
 * @typedef {import('./cards.js').Press} Press
 * @typedef {(entry: Entry, press: Press) => Promise<unknown>} OnPress
 */

const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

/** @param {Entry} entry */
export const senderOf = ({ from }) => (from.kind === 'bot' ? 'Quartermaster' : from.name);

/** @param {Entry} entry @param {OnPress} onPress */
export function entryElement(entry, onPress) {
  const { from } = entry;
  const at = new Date(entry.at);
  const attributes = {
    class: `entry from-${from.kind}`,
    'data-testid': 'entry',
    'data-entry': entry.id,
    'data-from': from.kind === 'bot' ? 'bot' : from.id,
  };
  const when = h('time', { datetime: entry.at, title: moment.format(at) }, time.format(at));
  const label = `${senderOf(entry)}, ${time.format(at)}`;
  return h(
    'li',
    attributes,
    h('div', { class: 'entry-side' }, from.kind === 'bot' ? botAvatar() : avatar(from)),
    h(
      'article',
      { class: 'entry-main', 'aria-label': label, tabindex: '-1' },
      h('p', { class: 'byline' }, h('span', { class: 'sender' }, senderOf(entry)), when),
      entry.answers !== undefined && answered(entry.answers),
      entry.visibleTo !== undefined &&
        h('p', { class: 'only-you', 'data-testid': 'only-you' }, icon('eye'), 'Only you can see this'),
      body(entry, onPress),
    ),
  );
}

/**
 * What came first: a press goes there, where it is still on the page.
 * @param {{id: number, text: string}} first
 */
function answered({ id, text }) {
  const go = () => {
    const above = document.querySelector(`[data-entry="${id}"] article`);
    above?.scrollIntoView({ block: 'center' });
    above?.focus({ preventScroll: true });
  };
  const words = [h('span', { class: 'answers-text' }, text)];
  const label = `In answer to: ${text}`;
  return h(
    'p',
    { class: 'answers', 'data-testid': 'answers' },
    h('button', { type: 'button', 'aria-label': label, title: label, onclick: go }, ...words),
  );
}

/** @param {Entry} entry @param {OnPress} onPress */
function body(entry, onPress) {
  const { reply, attachments = [] } = entry;
  const { card, files = [], mention } = reply ?? {};
  return h(
    'div',
    { class: 'entry-body' },
    mention !== undefined && h('p', { class: 'mention', 'data-testid': 'mention' }, `@${mention.name}`),
    card
      ? renderCard(card, (press) => onPress(entry, press))
      : entry.text !== '' && h('p', { class: 'text', 'data-testid': 'text' }, entry.text),
    attachments.length > 0 &&
      h('ul', { class: 'chips', 'aria-label': 'Attachments' }, ...attachments.map(attached)),
    files.length > 0 && h('ul', { class: 'chips', 'aria-label': 'Files' }, ...files.map(download)),
  );
}

/** @param {string} name */
function attached(name) {
  return h('li', { class: 'chip', 'data-testid': 'attachment' }, icon('file'), h('span', {}, name));
}

/** @param {{id: string, name: string}} file */
function download({ id, name }) {
  const href = `/console/files/${encodeURIComponent(id)}/${encodeURIComponent(name.toWellFormed())}`;
  const link = { class: 'chip chip-link', href, download: name, 'data-testid': 'file' };
  return h('li', {}, h('a', link, icon('download'), h('span', {}, name)));
}

/**
 * Shows a changed entry where it is: only its body is exchanged, a bar moves on from where it was, and
 * the keyboard stays where it was.
 * @param {HTMLElement} element
 * @param {Entry} entry
 * @param {OnPress} onPress
 */
export function changeEntry(element, entry, onPress) {
  const old = element.querySelector('.entry-body');
  const fresh = body(entry, onPress);
  if (!old) {
    return;
  }
  const focus = placeOfFocus(old);
  const bars = [...old.querySelectorAll('.progress')].map((bar) => Number(bar.getAttribute('data-percent')));
  old.replaceWith(fresh);
  moveBars(fresh, bars);
  if (focus) {
    focusAgain(element, fresh, focus);
  }
}

function moveBars(fresh, from) {
  const bars = [...fresh.querySelectorAll('.progress-bar')].filter((_, index) => index < from.length);
  const to = bars.map((bar) => bar.style.width);
  for (const [index, bar] of bars.entries()) {
    bar.style.width = `${from[index]}%`;
  }
  // Reading the layout makes the browser start from the old width.
  fresh.getBoundingClientRect();
  for (const [index, bar] of bars.entries()) {
    bar.style.width = to[index] ?? '';
  }
}

/** @param {Element} old */
function placeOfFocus(old) {
  const { activeElement } = document;
  if (!activeElement || !old.contains(activeElement)) {
    return undefined;
  }
  const field = activeElement.closest('[data-testid^="input-"]');
  return { field: field?.getAttribute('data-testid'), button: activeElement.getAttribute('aria-label') };
}

/**
 * The first field with an error, else the same field or button where it is still there, else the first
 * field, else the message itself.
 */
function focusAgain(element, fresh, { field, button }) {
  const controls = 'input, select, textarea';
  const wrong = fresh.querySelector('[aria-invalid="true"]');
  const sameField =
    field && fresh.querySelector(`[data-testid="${CSS.escape(field)}"]`)?.querySelector(controls);
  const sameButton =
    !field &&
    button &&
    [...fresh.querySelectorAll('button')].find((one) => one.getAttribute('aria-label') === button);
  const target =
    wrong || sameField || (fresh.querySelector(controls) ?? (sameButton || element.querySelector('article')));
  target.focus({ preventScroll: true });
}
