/** All cards with their sample data, as the chat shows them. A pressed button shows what it would send. */
import { get } from './api.js';
import { renderCard } from './cards.js';
import { byId, h } from './dom.js';

/** @param {string} name @param {object} card */
function sample(name, card) {
  const output = h('output', { 'aria-label': 'What the button sends' });
  const onPress = async ({ verb, values }) => {
    output.textContent = `${verb} ${JSON.stringify(values)}`;
  };
  return h(
    'article',
    { class: 'sample', 'data-testid': 'sample' },
    h('h3', {}, name),
    renderCard(card, onPress),
    output,
  );
}

/** @param {string} name @param {Record<string, object>} cards */
function module(name, cards) {
  const samples = Object.entries(cards).map(([title, card]) => sample(title, card));
  return h('section', { class: 'module' }, h('h2', {}, name), h('div', { class: 'samples' }, ...samples));
}

function filter() {
  const wanted = /** @type {HTMLInputElement} */ (byId('filter')).value.trim().toLowerCase();
  const has = (element) => element?.textContent.toLowerCase().includes(wanted) ?? false;
  for (const section of document.querySelectorAll('.module')) {
    const samples = [...section.querySelectorAll('.sample')];
    const inName = has(section.querySelector('h2'));
    for (const one of samples) {
      one.toggleAttribute('hidden', !inName && !has(one));
    }
    section.toggleAttribute(
      'hidden',
      samples.every((one) => one.hasAttribute('hidden')),
    );
  }
}

const modules = Object.entries(await get('samples'));
byId('gallery').replaceChildren(
  ...(modules.length > 0
    ? modules.map(([name, cards]) => module(name, cards))
    : [h('p', { class: 'nothing' }, 'There are no samples to show.')]),
);
byId('filter').addEventListener('input', filter);
