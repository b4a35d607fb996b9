/** Small tools for building the page. Children that are strings become text, never HTML. */

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [props] attributes; `class`, and `on…` for listeners
 * @param {...(Node | string | undefined | false)} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== undefined && value !== false && value !== null) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/**
 * An icon of the sprite in the page.
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`The page lacks #${id}.`);
  }
  return element;
}

/**
 * Two letters and a colour for somebody.
 * @param {{id: string, name: string}} person
 */
export function avatar({ id, name }) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '');
  const hash =
    [...id].reduce((sum, character) => Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16777619), 7) >>> 8;
  return h(
    'span',
    { class: `avatar hue-${hash % 6}`, 'aria-hidden': 'true' },
    letters.join('').toUpperCase(),
  );
}

export function botAvatar() {
  return h('span', { class: 'avatar avatar-bot', 'aria-hidden': 'true' }, icon('mark'));
}

/** @param {unknown} error */
export const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));

/** Reads JSON that this browser keeps; what can't be read is not there. */
export const kept = {
  /** @template T @param {string} key @param {T} fallback @returns {T} */
  read(key, fallback) {
    try {
      return JSON.parse(localStorage.getItem(`quartermaster.${key}`) ?? 'null') ?? fallback;
    } catch {
      return fallback;
    }
  },
  /** @param {string} key @param {unknown} value */
  write(key, value) {
    localStorage.setItem(`quartermaster.${key}`, JSON.stringify(value));
  },
};
