/** Shows a card, and tells what was pressed in it. */
import { breakAddresses } from './breaks.js';
import { confirmed } from './confirm.js';
import { h, sentenceOf } from './dom.js';
import { teachElements } from './elements.js';
import { hostConfig } from './hostconfig.js';
import { withSearch } from './typeahead.js';

/**
 * @typedef {{verb: string, title: string, values: Record<string, unknown>}} Press
 * @typedef {(press: Press) => Promise<unknown>} OnPress
 */

const AC = globalThis.AdaptiveCards;
const config = new AC.HostConfig(hostConfig);
/** A double click is one press, also where the first has already brought another card. */
const SETTLE_MS = 350;

teachElements();

/**
 * @param {object} card
 * @param {OnPress} onPress the card's buttons rest until its promise ends
 * @returns {HTMLElement}
 */
export function renderCard(card, onPress) {
  const adaptive = new AC.AdaptiveCard();
  adaptive.hostConfig = config;
  adaptive.parse(withSearch(card));
  // A form of its own keeps the radio buttons of two cards apart.
  const form = h('form', { class: 'card', 'data-testid': 'card', novalidate: true, autocomplete: 'off' });
  adaptive.onExecuteAction = (action) => execute(form, action, onPress);
  const content = adaptive.render();
  if (content) {
    form.append(content);
  }
  form.addEventListener('submit', (event) => event.preventDefault());
  // Who typed in between means it.
  form.addEventListener('input', () => {
    lastPress = Number.NEGATIVE_INFINITY;
  });
  form.addEventListener('keydown', (event) => pressPrimaryOnEnter(event, adaptive));
  tidy(form, adaptive);
  return form;
}

function execute(form, action, onPress) {
  if (action instanceof AC.OpenUrlAction) {
    openLink(action.url);
  } else if (action instanceof AC.ExecuteAction) {
    press(form, action, onPress);
  }
}

/** @param {string | undefined} url */
function openLink(url) {
  const target = URL.parse(url ?? '');
  if (target && ['http:', 'https:'].includes(target.protocol)) {
    open(target.href, '_blank', 'noopener,noreferrer');
  }
}

let lastPress = Number.NEGATIVE_INFINITY;

async function press(form, action, onPress) {
  const soon = performance.now() - lastPress < SETTLE_MS;
  if (soon || 'busy' in form.dataset) {
    return;
  }
  lastPress = performance.now();
  if (action.question && !(await confirmed(action.question, action.style === 'destructive'))) {
    return;
  }
  rest(form, action.renderedElement);
  form.querySelector('.card-problem')?.remove();
  try {
    await onPress({ verb: action.verb, title: action.title, values: action.data ?? {} });
  } catch (error) {
    form.append(h('p', { class: 'card-problem', role: 'alert' }, sentenceOf(error)));
  }
  wake(form);
}

/** The buttons stay focusable, so that the keyboard does not lose its place. */
function rest(form, pressed) {
  form.dataset.busy = '';
  form.setAttribute('aria-busy', 'true');
  for (const button of form.querySelectorAll('.ac-pushButton')) {
    button.setAttribute('aria-disabled', 'true');
    button.toggleAttribute('data-pressed', button === pressed);
  }
}

function wake(form) {
  delete form.dataset.busy;
  form.removeAttribute('aria-busy');
  for (const button of form.querySelectorAll('.ac-pushButton')) {
    button.removeAttribute('aria-disabled');
    button.removeAttribute('data-pressed');
  }
}

/** Enter in a field of one line presses what the form is for. */
function pressPrimaryOnEnter(event, adaptive) {
  const field = event.target;
  const oneLine = field instanceof HTMLInputElement && !['checkbox', 'radio'].includes(field.type);
  if (event.key !== 'Enter' || event.isComposing || !oneLine) {
    return;
  }
  event.preventDefault();
  const actions = adaptive.getAllActions().filter((action) => action instanceof AC.ExecuteAction);
  const takesInputs = actions.filter((action) => action.associatedInputs !== 'none');
  (takesInputs.find((action) => action.isPrimary) ?? takesInputs[0])?.execute();
}

/** What the library leaves to the page: ids that are unique only within a card, hooks, and tables. */
function tidy(form, adaptive) {
  for (const element of form.querySelectorAll('[id]:not([id^="__ac-"])')) {
    element.dataset.cardId = element.id;
    element.removeAttribute('id');
  }
  for (const input of adaptive.getAllInputs()) {
    input.renderedElement?.setAttribute('data-testid', `input-${input.id}`);
    const control = input.renderedInputControlElement;
    if (control && 'name' in control) {
      control.name = input.id;
    }
  }
  for (const error of form.querySelectorAll('[data-card-id$=".error"]')) {
    tieToField(form, error);
  }
  for (const table of form.querySelectorAll('[role="table"]')) {
    table.style.setProperty('--columns', columnsOf(table));
    table.tabIndex = 0;
  }
  breakAddresses(form);
  for (const button of form.querySelectorAll('.ac-pushButton')) {
    button.removeAttribute('title');
  }
}

let errors = 0;

/** What is wrong is heard with its field, and the field shows it. */
function tieToField(form, error) {
  const name = error.dataset.cardId.slice(0, -'.error'.length);
  const field = form.querySelector(`[data-testid="input-${CSS.escape(name)}"] :is(input, select, textarea)`);
  errors += 1;
  error.id = `error-${errors}`;
  field?.setAttribute('aria-invalid', 'true');
  field?.setAttribute('aria-describedby', error.id);
}

/** The widths that the library gave the cells of the first row, as tracks of a grid. */
function columnsOf(table) {
  const cells = [...(table.querySelector('[role="row"]')?.children ?? [])];
  return cells
    .map((cell) => Number.parseFloat(cell.style.flexBasis) || 1)
    .map((share) => `minmax(min-content, ${share}fr)`)
    .join(' ');
}
