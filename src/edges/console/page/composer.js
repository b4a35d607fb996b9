/** The message box: words, former words, suggestions, attachments. */
import { openAttachments } from './attachments.js';
import { openCompletion } from './completion.js';
import { byId, kept, sentenceOf } from './dom.js';

const HISTORY = 50;
const SLOW_MS = 700;

/** @param {(message: {text: string, attachments: string[]}, onRetry: () => void) => Promise<void>} onSend */
export function openComposer(onSend) {
  const form = byId('composer');
  const input = /** @type {HTMLTextAreaElement} */ (byId('composer-input'));
  const button = /** @type {HTMLButtonElement} */ (byId('send'));
  const status = byId('composer-status');
  const problem = byId('composer-problem');
  const recall = openRecall(input, grow);
  const completion = openCompletion({ input, popup: byId('completion'), onTake: grow });
  const attachments = openAttachments({
    list: byId('uploads'),
    picker: /** @type {HTMLInputElement} */ (byId('picker')),
    button: byId('attach'),
    area: byId('main'),
    drop: byId('drop'),
    onProblem: say,
    onChange: grow,
  });

  function grow() {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 200)}px`;
    button.disabled = input.value.trim() === '' && attachments.count() === 0;
  }

  /** @param {string} sentence */
  function say(sentence) {
    problem.textContent = sentence;
    problem.hidden = sentence === '';
  }

  /** @param {string} text */
  async function send(text) {
    say('');
    completion.close();
    const slow = setTimeout(() => {
      status.textContent = 'Sending…';
    }, SLOW_MS);
    const onRetry = () => {
      status.textContent = 'No connection. Trying again…';
    };
    input.value = '';
    grow();
    try {
      const ids = await attachments.ids();
      attachments.clear();
      recall.remember(text);
      const sending = onSend({ text, attachments: ids }, onRetry);
      clearTimeout(slow);
      await sending;
    } catch (error) {
      say(sentenceOf(error));
      input.value ||= text;
      grow();
    }
    clearTimeout(slow);
    status.textContent = '';
  }

  function submit() {
    const text = input.value.trim();
    if (text !== '' || attachments.count() > 0) {
      send(text);
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    input.focus();
  });
  input.addEventListener('input', () => {
    say('');
    grow();
    recall.forget();
    completion.update();
  });
  input.addEventListener('blur', () => completion.close());
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || completion.handle(event) || recall.handle(event)) {
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  });
  input.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) {
      event.preventDefault();
      attachments.add(files);
    }
  });
  grow();

  return {
    send,
    focus: () => input.focus(),
    setCommands: completion.setCommands,
    /** @param {string} placeholder */
    setPlaceholder(placeholder) {
      input.placeholder = placeholder;
      input.setAttribute('aria-label', placeholder);
    },
  };
}

/**
 * Arrow up brings former messages back, as in a shell.
 * @param {HTMLTextAreaElement} input
 * @param {() => void} onChange
 */
function openRecall(input, onChange) {
  /** @type {string[]} */
  let former = kept.read('history', []);
  let at = former.length;
  let recalled = false;

  function show(step) {
    at = Math.min(Math.max(at + step, 0), former.length);
    input.value = former[at] ?? '';
    recalled = input.value !== '';
    input.setSelectionRange(input.value.length, input.value.length);
    onChange();
  }

  return {
    /** @param {string} text */
    remember(text) {
      if (text !== '') {
        former = [...former.filter((one) => one !== text), text].slice(-HISTORY);
        kept.write('history', former);
      }
      at = former.length;
      recalled = false;
    },
    forget() {
      at = former.length;
      recalled = false;
    },
    /** @param {KeyboardEvent} event @returns {boolean} whether the key was for recalling */
    handle(event) {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (step === undefined || (input.value !== '' && !recalled) || former.length === 0) {
        return false;
      }
      event.preventDefault();
      show(step);
      return true;
    },
  };
}
