/** Where a long address may go on in the next line. */
import { h } from './dom.js';

const ADDRESS = /\S+@\S+/;

/**
 * Addresses in tables break after the @ and before a dot, not in the middle of a name. What is copied stays the same.
 * @param {Element} card
 */
export function breakAddresses(card) {
  for (const text of card.querySelectorAll('[role="cell"] .ac-textBlock')) {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      if (ADDRESS.test(walker.currentNode.data)) {
        found.push(walker.currentNode);
      }
    }
    for (const node of found) {
      node.replaceWith(...broken(node.data));
    }
  }
}

/** @param {string} text */
function broken(text) {
  return text
    .split(/(?<=@)|(?=\.)/)
    .flatMap((piece, index) => (index === 0 ? [piece] : [h('wbr', {}), piece]));
}
