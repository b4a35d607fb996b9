/** Asks before something is done that one may not have meant. */
import { h } from './dom.js';

let asked = 0;

/**
 * Resolves to whether it is meant. The keyboard begins at "No", and goes back to where it was.
 * @param {{title: string, text: string, yes: string}} question
 * @param {boolean} destroys
 * @returns {Promise<boolean>}
 */
export function confirmed({ title, text, yes }, destroys) {
  asked += 1;
  const [heading, detail] = [`confirm-title-${asked}`, `confirm-text-${asked}`];
  return new Promise((resolve) => {
    const answer = (value) => () => dialog.close(value);
    const dialog = h(
      'dialog',
      {
        class: 'confirm',
        role: 'alertdialog',
        'data-testid': 'confirm',
        'aria-labelledby': heading,
        'aria-describedby': detail,
        onclose: () => {
          dialog.remove();
          resolve(dialog.returnValue === 'yes');
        },
      },
      h('h2', { id: heading }, title),
      h('p', { id: detail }, text),
      h(
        'div',
        { class: 'confirm-buttons' },
        h('button', { type: 'button', class: 'ac-pushButton', onclick: answer('no'), autofocus: true }, 'No'),
        h(
          'button',
          {
            type: 'button',
            class: `ac-pushButton style-${destroys ? 'destructive' : 'positive'}`,
            onclick: answer('yes'),
          },
          yes,
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
