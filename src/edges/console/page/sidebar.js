/** The conversations, with a dot where something new waits, and the drawer they are in on a narrow screen. */
import { byId, h, icon, kept } from './dom.js';

/** @typedef {import('./api.js').Conversation} Conversation */

export function openSidebar() {
  const sidebar = byId('sidebar');
  const main = byId('main');
  const menu = byId('menu');
  const scrim = byId('scrim');
  const narrow = matchMedia('(max-width: 760px)');
  /** @type {readonly Conversation[]} */
  let conversations = [];
  let current = '';
  let me = '';

  const readKey = () => `read.${me}`;
  /** @param {string} conversation */
  const lastRead = (conversation) => kept.read(readKey(), {})[conversation] ?? 0;

  /** @param {boolean} open */
  function drawer(open) {
    document.body.classList.toggle('drawer-open', open && narrow.matches);
    menu.setAttribute('aria-expanded', String(open && narrow.matches));
    scrim.hidden = !(open && narrow.matches);
    sidebar.inert = narrow.matches && !open;
    main.inert = narrow.matches && open;
    if (open && narrow.matches) {
      sidebar.querySelector('a')?.focus();
    }
  }

  function render() {
    const groups = { personal: byId('personal-list'), channel: byId('channel-list') };
    for (const [kind, list] of Object.entries(groups)) {
      list.replaceChildren(...conversations.filter((one) => one.kind === kind).map(item));
    }
    const unread = conversations.filter((one) => one.id !== current && one.newest > lastRead(one.id));
    menu.classList.toggle('has-unread', unread.length > 0);
  }

  /** @param {Conversation} conversation */
  function item({ id, kind, name, newest }) {
    const unread = id !== current && newest > lastRead(id);
    const label = kind === 'personal' ? 'Quartermaster' : name.replace(/^#/, '');
    const attributes = {
      class: 'place',
      href: `#${new URLSearchParams({ as: me, in: id })}`,
      'data-testid': `place-${id}`,
      'aria-current': id === current ? 'page' : undefined,
      onclick: () => drawer(false),
    };
    return h(
      'li',
      {},
      h(
        'a',
        attributes,
        icon(kind === 'personal' ? 'chat' : 'hash'),
        h('span', { class: 'place-name' }, label),
        unread &&
          h('span', { class: 'unread', 'data-testid': 'unread' }, h('span', { class: 'sr' }, 'new messages')),
      ),
    );
  }

  menu.addEventListener('click', () => drawer(!document.body.classList.contains('drawer-open')));
  scrim.addEventListener('click', () => drawer(false));
  narrow.addEventListener('change', () => drawer(false));
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && document.body.classList.contains('drawer-open')) {
      drawer(false);
      menu.focus();
    }
  });
  drawer(false);

  return {
    /** @param {string} personId @param {readonly Conversation[]} list */
    show(personId, list) {
      me = personId;
      conversations = list;
      render();
    },
    /** @param {string} conversation */
    select(conversation) {
      current = conversation;
      render();
    },
    /** @param {string} conversation @param {number} newest @param {boolean} read */
    arrived(conversation, newest, read) {
      conversations = conversations.map((one) =>
        one.id === conversation && one.newest < newest ? { ...one, newest } : one,
      );
      if (read) {
        kept.write(readKey(), {
          ...kept.read(readKey(), {}),
          [conversation]: Math.max(newest, lastRead(conversation)),
        });
      }
      render();
    },
  };
}
