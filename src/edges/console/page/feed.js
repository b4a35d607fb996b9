/** The messages of one conversation, oldest first, and where the reader is in them. */
import { h } from './dom.js';
import { changeEntry, entryElement } from './entry.js';

/** @typedef {import('./api.js').Entry} Entry */

const SAME_BREATH_MS = 5 * 60_000;
const AT_END_PX = 64;
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

/**
 * @param {{scroller: HTMLElement, list: HTMLElement, jump: HTMLElement}} parts
 * @param {import('./entry.js').OnPress} onPress
 */
export function openFeed({ scroller, list, jump }, onPress) {
  /** @type {Map<number, {entry: Entry, element: HTMLElement}>} */
  const shown = new Map();
  let atEnd = true;

  // Known at once: the browser tells of a scroll later than an answer may come.
  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
    atEnd = true;
    jump.hidden = true;
  };
  // Only who scrolls up leaves the end: it also moves away by itself while cards grow.
  let top = 0;
  const look = () => {
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < AT_END_PX) {
      atEnd = true;
      jump.hidden = true;
    } else if (scroller.scrollTop < top) {
      atEnd = false;
    }
    top = scroller.scrollTop;
  };
  scroller.addEventListener('scroll', look, { passive: true });
  jump.addEventListener('click', toEnd);
  // Whoever reads the end keeps reading it while cards grow or the window changes.
  const follow = new ResizeObserver(() => atEnd && toEnd());
  follow.observe(scroller);
  follow.observe(list);

  /** @param {Entry} entry */
  function add(entry) {
    const element = entryElement(entry, onPress);
    const next = [...shown.values()].find((other) => other.entry.id > entry.id);
    list.insertBefore(element, next?.element ?? list.querySelector('.typing'));
    shown.set(entry.id, { entry, element });
    return element;
  }

  /** What is read again may be older than what is shown, or the same. @param {Entry} entry */
  function change(entry) {
    const known = shown.get(entry.id);
    const older = (entry.changed ?? '') < (known?.entry.changed ?? '');
    if (known && !older && JSON.stringify(known.entry.reply) !== JSON.stringify(entry.reply)) {
      shown.set(entry.id, { entry, element: known.element });
      changeEntry(known.element, entry, onPress);
    }
  }

  /** A tall answer is shown from its beginning. */
  function reveal(element) {
    if (element.offsetHeight > scroller.clientHeight) {
      scroller.scrollTop += element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      atEnd = false;
    } else {
      toEnd();
    }
  }

  return {
    /** @param {readonly Entry[]} entries */
    show(entries) {
      shown.clear();
      list.replaceChildren();
      for (const entry of entries) {
        add(entry);
      }
      group(list, [...shown.values()]);
      list.hidden = entries.length === 0;
      toEnd();
    },
    /**
     * @param {Entry} entry
     * @param {boolean} mine what I sent myself is always shown
     * @returns {boolean} whether it is new
     */
    put(entry, mine = false) {
      if (shown.has(entry.id)) {
        change(entry);
        return false;
      }
      const follows = atEnd || mine;
      list.hidden = false;
      const element = add(entry);
      element.classList.add('arriving');
      group(list, sorted(shown));
      if (follows) {
        reveal(element);
      } else {
        jump.hidden = false;
      }
      return true;
    },
    /** @param {number} id @returns {boolean} whether the keyboard was in it */
    remove(id) {
      const element = shown.get(id)?.element;
      const focused = element?.contains(document.activeElement) ?? false;
      element?.remove();
      shown.delete(id);
      group(list, sorted(shown));
      return focused;
    },
    /** Drops what is gone since it was read. @param {readonly Entry[]} entries */
    keepOnly(entries) {
      const ids = new Set(entries.map(({ id }) => id));
      const oldest = entries[0]?.id ?? 0;
      for (const id of [...shown.keys()].filter((one) => one >= oldest && !ids.has(one))) {
        this.remove(id);
      }
    },
    /** @param {boolean} on */
    typing(on) {
      list.querySelector('.typing')?.remove();
      if (on) {
        const dots = h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));
        list.append(h('li', { class: 'typing', 'data-testid': 'typing' }, dots, 'Quartermaster is working…'));
        list.hidden = false;
      }
    },
  };
}

/** @param {Map<number, {entry: Entry, element: HTMLElement}>} shown */
function sorted(shown) {
  return [...shown.values()].sort((a, b) => a.entry.id - b.entry.id);
}

/** Names a sender once per breath, and each day. */
function group(list, items) {
  for (const separator of list.querySelectorAll('.day')) {
    separator.remove();
  }
  let before;
  for (const { entry, element } of items) {
    const newDay = !before || dayOf(before) !== dayOf(entry);
    if (newDay) {
      list.insertBefore(h('li', { class: 'day' }, h('span', {}, dayOf(entry))), element);
    }
    element.classList.toggle('continued', !newDay && continues(before, entry));
    before = entry;
  }
}

/** @param {Entry} entry */
const dayOf = (entry) => day.format(new Date(entry.at));

/** @param {Entry} entry */
const senderId = ({ from }) => (from.kind === 'bot' ? undefined : from.id);

/** @param {Entry} before @param {Entry} entry */
function continues(before, entry) {
  const sameSender = senderId(before) === senderId(entry);
  const pause = Date.parse(entry.at) - Date.parse(before.at);
  return sameSender && before.visibleTo === entry.visibleTo && pause < SAME_BREATH_MS;
}
