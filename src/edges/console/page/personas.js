/** Whom to be. */
import { avatar, byId, h, icon } from './dom.js';

/**
 * @typedef {import('./api.js').Persona} Persona
 * @param {(personId: string) => void} onChoose
 */
export function openPersonas(onChoose) {
  const button = byId('persona');
  const menu = byId('personas');

  const items = () => /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('[role="menuitemradio"]')]);

  menu.addEventListener('toggle', (event) => {
    const open = /** @type {ToggleEvent} */ (event).newState === 'open';
    button.setAttribute('aria-expanded', String(open));
    if (open) {
      (items().find((one) => one.getAttribute('aria-checked') === 'true') ?? items()[0])?.focus();
    }
  });
  menu.addEventListener('keydown', (event) => {
    const all = items();
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      all.at(target % all.length)?.focus();
    }
  });

  /** @param {Persona} persona @param {boolean} chosen */
  function item(persona, chosen) {
    const attributes = {
      type: 'button',
      class: 'persona-option',
      role: 'menuitemradio',
      'aria-checked': String(chosen),
      'data-testid': `persona-${persona.id}`,
      onclick: () => {
        menu.hidePopover();
        onChoose(persona.id);
      },
    };
    return h('button', attributes, avatar(persona), description(persona), icon('check'));
  }

  return {
    /** @param {readonly Persona[]} personas @param {string} me */
    show(personas, me) {
      const chosen = personas.find((persona) => persona.id === me);
      if (chosen) {
        button.replaceChildren(avatar(chosen), description(chosen), icon('down'));
        button.setAttribute('aria-label', `You are ${chosen.name}, ${roleOf(chosen)}. Be somebody else`);
      }
      menu.replaceChildren(
        h('p', { class: 'personas-title', role: 'presentation' }, 'Talk to the bot as'),
        ...personas.map((persona) => item(persona, persona.id === me)),
      );
    },
  };
}

/** @param {Persona} persona */
const roleOf = ({ role, organization }) => [role, organization].filter(Boolean).join(' · ');

/** @param {Persona} persona */
function description(persona) {
  return h(
    'span',
    { class: 'persona-text' },
    h('span', { class: 'persona-name' }, persona.name),
    h('span', { class: 'persona-role' }, roleOf(persona)),
  );
}
