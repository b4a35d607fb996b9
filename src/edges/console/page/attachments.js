/** The files that go with the next message: chosen, dropped or pasted, uploaded at once. */
import { upload } from './api.js';
import { h, icon } from './dom.js';

const FILE_LIMIT = 30 * 1024 * 1024;
const FILES_LIMIT = 10;

/**
 * @typedef {{file: File, chip: HTMLElement, abort: AbortController, done: Promise<string>}} Item
 * @param {{list: HTMLElement, picker: HTMLInputElement, button: HTMLElement, area: HTMLElement,
 *   drop: HTMLElement, onProblem(sentence: string): void, onChange(): void}} parts
 */
export function openAttachments({ list, picker, button, area, drop, onProblem, onChange }) {
  /** @type {Set<Item>} */
  const items = new Set();

  /** @param {Iterable<File>} files */
  function add(files) {
    for (const file of files) {
      if (file.size > FILE_LIMIT) {
        onProblem(
          `${file.name} has ${Math.ceil(file.size / 1024 / 1024)} MB; a file may have at most 30 MB.`,
        );
      } else if (items.size >= FILES_LIMIT) {
        onProblem(`A message takes at most ${FILES_LIMIT} files.`);
      } else {
        start(file);
      }
    }
  }

  /** @param {File} file */
  function start(file) {
    const abort = new AbortController();
    const chip = h('li', { class: 'chip', 'data-testid': 'upload', 'aria-busy': 'true' });
    const done = upload(file, abort.signal).then(({ id }) => {
      chip.removeAttribute('aria-busy');
      return id;
    });
    const item = { file, chip, abort, done };
    chip.append(icon('file'), h('span', {}, file.name), h('small', {}, sizeOf(file)), removeButton(item));
    items.add(item);
    list.append(chip);
    list.hidden = false;
    done.catch((error) => {
      remove(item);
      if (!abort.signal.aborted) {
        onProblem(error.message);
      }
    });
    onChange();
  }

  /** @param {Item} item */
  function removeButton(item) {
    const onclick = () => {
      item.abort.abort();
      remove(item);
      button.focus();
    };
    return h('button', { type: 'button', 'aria-label': `Remove ${item.file.name}`, onclick }, icon('close'));
  }

  /** @param {Item} item */
  function remove(item) {
    items.delete(item);
    item.chip.remove();
    list.hidden = items.size === 0;
    onChange();
  }

  button.addEventListener('click', () => picker.click());
  picker.addEventListener('change', () => {
    add([...(picker.files ?? [])]);
    picker.value = '';
  });
  takeDropped(area, drop, add);

  return {
    count: () => items.size,
    add,
    /** Waits for the uploads and gives their ids; rejects where one failed. */
    async ids() {
      return await Promise.all([...items].map((item) => item.done));
    },
    clear() {
      for (const item of [...items]) {
        remove(item);
      }
    },
  };
}

/** @param {File} file */
function sizeOf({ size }) {
  return size < 1024 * 1024
    ? `${Math.max(1, Math.round(size / 1024))} KB`
    : `${(size / 1024 / 1024).toFixed(1)} MB`;
}

/** @param {HTMLElement} area @param {HTMLElement} drop @param {(files: Iterable<File>) => void} add */
function takeDropped(area, drop, add) {
  const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');
  area.addEventListener('dragover', (event) => {
    if (carriesFiles(event)) {
      event.preventDefault();
      drop.hidden = false;
    }
  });
  area.addEventListener('dragleave', (event) => {
    if (!(event.relatedTarget instanceof Node && area.contains(event.relatedTarget))) {
      drop.hidden = true;
    }
  });
  area.addEventListener('drop', (event) => {
    drop.hidden = true;
    if (carriesFiles(event)) {
      event.preventDefault();
      add([...(event.dataTransfer?.files ?? [])]);
    }
  });
}
