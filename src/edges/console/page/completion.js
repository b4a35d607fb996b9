/** The commands that fit what is being typed, as a listbox over the message box. */
import { h } from './dom.js';

/** @typedef {import('./api.js').Command} Command */

const SHOWN = 7;
const LITERAL = /^[a-z][a-z-]*$/;

/** The words of a usage that are typed as they are: `order 10023` gives `order`. */
export function literalWords(usage) {
  const words = usage.split(/\s+/);
  const end = words.findIndex((word) => !LITERAL.test(word));
  return end < 0 ? words : words.slice(0, Math.max(end, 0));
}

/**
 * @param {readonly Command[]} commands
 * @param {string} typed
 */
export function matching(commands, typed) {
  const start = typed.toLowerCase().trimStart();
  if (start === '' || /\n/.test(start)) {
    return [];
  }
  return commands.filter(({ usage }) => {
    const words = literalWords(usage).join(' ');
    return words.startsWith(start) && words !== '';
  });
}

/** @param {{input: HTMLTextAreaElement, popup: HTMLElement, onTake(): void}} parts */
export function openCompletion({ input, popup, onTake }) {
  /** @type {readonly Command[]} */
  let commands = [];
  /** @type {readonly Command[]} */
  let options = [];
  let active = 0;

  function render() {
    const open = options.length > 0;
    popup.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
    popup.replaceChildren(...options.map(option));
    if (open) {
      input.setAttribute('aria-activedescendant', `option-${active}`);
      popup.children[active]?.scrollIntoView({ block: 'nearest' });
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  }

  function option({ usage, summary }, index) {
    const attributes = {
      id: `option-${index}`,
      class: 'option',
      role: 'option',
      'aria-selected': String(index === active),
      'data-testid': 'completion',
      // The message box keeps the focus.
      onmousedown: (event) => event.preventDefault(),
      onclick: () => take(index),
    };
    return h('div', attributes, h('code', {}, usage), h('span', {}, summary));
  }

  function take(index) {
    const chosen = options[index];
    if (chosen) {
      const words = literalWords(chosen.usage).join(' ');
      input.value = words === chosen.usage ? words : `${words} `;
      close();
      input.focus();
      onTake();
    }
  }

  function close() {
    options = [];
    render();
  }

  function move(step) {
    active = (active + step + options.length) % options.length;
    render();
  }

  /** Enter on a whole command sends it; otherwise it takes the suggestion. */
  function isWhole() {
    const typed = input.value.trim().toLowerCase();
    return options.some(({ usage }) => literalWords(usage).join(' ') === typed);
  }

  return {
    close,
    /** @param {readonly Command[]} list */
    setCommands(list) {
      commands = list;
    },
    update() {
      const typed = input.value;
      const found = input.selectionEnd === typed.length ? matching(commands, typed) : [];
      const done =
        found.length === 1 && literalWords(found[0].usage).join(' ') === typed.trim().toLowerCase();
      options = done && typed.endsWith(' ') ? [] : found.slice(0, SHOWN);
      active = 0;
      render();
    },
    /** @param {KeyboardEvent} event @returns {boolean} whether the key was for the list */
    handle(event) {
      if (options.length === 0) {
        return false;
      }
      const keys = {
        ArrowDown: () => move(1),
        ArrowUp: () => move(-1),
        Tab: () => take(active),
        Enter: () => take(active),
        Escape: close,
      };
      const key = keys[event.key];
      if (!key || event.shiftKey || (event.key === 'Enter' && isWhole())) {
        return false;
      }
      event.preventDefault();
      key();
      return true;
    },
  };
}
