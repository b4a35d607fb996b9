/**
 * A field whose choices are found while one types: a combobox with a list. What is typed counts also where nothing is
 * chosen. Source: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
import { h } from './dom.js';

/**
 * @typedef {{title: string, value: string}} Choice
 * @typedef {{dataset: string, within: Record<string, string>, customer?: number}} Wanted what is searched, the values that narrow it, and whose it is
 * @typedef {(wanted: Wanted, words: string, signal: AbortSignal) => Promise<readonly Choice[]>} Find
 */

const AC = globalThis.AdaptiveCards;
const PAUSE_MS = 120;
const SHOWN = 20;

/** @type {Find | undefined} */
let find;
let lists = 0;

/** Who looks for what is typed; without, there are only the choices at hand. @param {Find} search */
export function findWith(search) {
  find = search;
}

/** The card with every input whose choices are searched under a name of our own. */
export function withSearch(card) {
  const inside = (element) => {
    if (element.type === 'Container') return { ...element, items: element.items.map(inside) };
    const searched = element.type === 'Input.ChoiceSet' ? element['choices.data'] : undefined;
    return searched ? { ...element, type: SearchInput.NAME, searched, 'choices.data': undefined } : element;
  };
  return { ...card, body: (card.body ?? []).map(inside) };
}

export class SearchInput extends AC.Input {
  static NAME = 'Input.Search';

  getJsonTypeName() {
    return SearchInput.NAME;
  }

  internalParse(source, context) {
    super.internalParse(source, context);
    this.source = source;
  }

  internalRender() {
    const { value = '', choices = [], placeholder } = this.source;
    this.chosen = choices.find((choice) => choice.value === value);
    this.field = h('input', {
      type: 'text',
      class: 'ac-input ac-textInput',
      role: 'combobox',
      autocomplete: 'off',
      spellcheck: 'false',
      placeholder,
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
    });
    this.field.value = this.chosen?.title ?? value;
    return this.field;
  }

  overrideInternalRender() {
    const outer = super.overrideInternalRender();
    openList(this, this.inputControlContainerElement);
    return outer;
  }

  isSet() {
    return this.value !== '';
  }

  get value() {
    const typed = this.field?.value.trim() ?? '';
    return this.chosen !== undefined && typed === this.chosen.title ? this.chosen.value : typed;
  }

  /** @param {Choice} choice */
  choose(choice) {
    this.chosen = choice;
    this.field.value = choice.title;
    this.valueChanged();
  }
}

/** What the inputs hold that narrow the search. @param {SearchInput} input @returns {Record<string, string>} */
function boundsOf(input) {
  const all = input.getRootElement().getAllInputs();
  const pairs = Object.entries(input.source.searched.within ?? {}).map(([bound, id]) => [
    bound,
    all.find((one) => one.id === id)?.value ?? '',
  ]);
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''));
}

const holds = ({ title }, words) => title.toLowerCase().includes(words.toLowerCase());

/** @param {SearchInput} input @param {HTMLElement} container */
function openList(input, container) {
  const { field, source } = input;
  const { searched, choices = [] } = source;
  const list = h('div', { class: 'found-list', role: 'listbox', 'aria-label': source.label });
  const none = h('p', { class: 'found-none' });
  // The field keeps the focus, wherever in the list one presses.
  const onmousedown = (event) => event.preventDefault();
  const popup = h(
    'div',
    { class: 'found', popover: 'manual', 'data-testid': 'found', onmousedown },
    list,
    none,
  );
  const status = h('p', { class: 'sr', role: 'status' });
  container.append(popup, status);

  /** @type {readonly Choice[]} */
  let found = [];
  let active = -1;
  let isOpen = false;
  let timer = 0;
  let search = new AbortController();

  /** What is searched for; nothing where the field holds what was chosen before. */
  const words = () => (field.value === input.chosen?.title ? '' : field.value.trim());

  function place() {
    const { left, bottom, top, width } = field.getBoundingClientRect();
    const height = popup.offsetHeight;
    const fits = bottom + height + 8 <= innerHeight || top < height;
    popup.style.left = `${left}px`;
    popup.style.width = `${width}px`;
    popup.style.top = `${fits ? bottom + 4 : top - height - 4}px`;
  }

  function show(choices) {
    found = choices.slice(0, SHOWN);
    active = -1;
    if (list.id === '') {
      lists += 1;
      list.id = `found-${lists}`;
      field.setAttribute('aria-controls', list.id);
    }
    list.replaceChildren(...found.map(option));
    list.hidden = found.length === 0;
    none.hidden = found.length > 0;
    none.textContent =
      words() === '' ? 'Type what you look for.' : 'Nothing found. What you typed is taken as it is.';
    status.textContent =
      found.length === 0 ? none.textContent : found.length === 1 ? '1 choice' : `${found.length} choices`;
    isOpen = true;
    if (!popup.matches(':popover-open')) popup.showPopover();
    field.setAttribute('aria-expanded', String(found.length > 0));
    place();
    mark();
  }

  function close() {
    clearTimeout(timer);
    search.abort();
    isOpen = false;
    if (popup.matches(':popover-open')) popup.hidePopover();
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  }

  function option(choice, index) {
    const attributes = {
      id: `${list.id}-${index}`,
      class: 'found-option',
      role: 'option',
      'aria-selected': 'false',
      onclick: () => take(index),
    };
    return h('div', attributes, choice.title);
  }

  function mark() {
    for (const [index, one] of [...list.children].entries()) {
      one.setAttribute('aria-selected', String(index === active));
    }
    const chosen = list.children[active];
    if (chosen) {
      field.setAttribute('aria-activedescendant', chosen.id);
      chosen.scrollIntoView({ block: 'nearest' });
    } else {
      field.removeAttribute('aria-activedescendant');
    }
  }

  function take(index) {
    const choice = found[index];
    if (choice) {
      input.choose(choice);
      close();
      field.focus();
    }
  }

  /** The last search counts, whichever is answered first. */
  async function look() {
    const typed = words();
    search.abort();
    search = new AbortController();
    const { signal } = search;
    const within = boundsOf(input);
    // The choices at hand are not narrowed.
    const atHand = find === undefined || Object.keys(within).length === 0 ? choices : [];
    const near = atHand.filter((choice) => holds(choice, typed));
    if (find === undefined || (typed === '' && near.length > 0)) {
      show(near);
      return;
    }
    const wanted = { dataset: searched.dataset, within, customer: searched.customer };
    const choosable = await find(wanted, typed, signal).catch(() => near);
    if (!signal.aborted && field.isConnected) show(choosable);
  }

  function lookSoon() {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  }

  function move(step) {
    if (!isOpen) {
      look();
    } else if (found.length > 0) {
      // Before the first and after the last one is in the field itself.
      active = ((active + 1 + step + found.length + 1) % (found.length + 1)) - 1;
      mark();
    }
  }

  function key(event) {
    const keys = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: isOpen && active >= 0 ? () => take(active) : undefined,
      Escape: isOpen ? close : undefined,
    };
    const act =
      event.isComposing || event.altKey || event.ctrlKey || event.metaKey ? undefined : keys[event.key];
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    } else if (event.key === 'Enter') {
      close();
    }
  }

  field.addEventListener('input', () => {
    input.valueChanged();
    lookSoon();
  });
  field.addEventListener('click', () => isOpen || look());
  field.addEventListener('keydown', key);
  field.addEventListener('blur', close);
  document.addEventListener('scroll', () => isOpen && field.isConnected && place(), {
    capture: true,
    passive: true,
  });
}
