/** The chat: who one is, where one is, and what arrives. */
import { get, openStream, send } from './api.js';
import { openComposer } from './composer.js';
import { byId, kept, sentenceOf } from './dom.js';
import { senderOf } from './entry.js';
import { openFeed } from './feed.js';
import { openPersonas } from './personas.js';
import { openSidebar } from './sidebar.js';
import { findWith } from './typeahead.js';
import { welcome } from './welcome.js';

/** @typedef {import('./api.js').Entry} Entry */

const TYPING_AFTER_MS = 250;

/** @type {import('./api.js').State} */
let state = { me: '', personas: [], conversations: [], commands: [], cards: false };
let current = '';
/** @type {ReturnType<typeof openStream> | undefined} */
let stream;
/** What arrives while a conversation is being read: shown after it, so that nothing gets lost between.
 * @type {(() => void)[] | undefined} */
let waiting;
/** The entry whose card was pressed last: what takes its place is said aloud too. */
let pressed = 0;

const parts = { scroller: byId('feed'), list: byId('entries'), jump: byId('jump') };
const feed = openFeed(parts, async (entry, { verb, values }) => {
  pressed = entry.id;
  const { seen } = await send('submits', { ...here(), entry: entry.id, verb, values });
  await stream?.reached(seen);
});
const composer = openComposer(say);
const sidebar = openSidebar();
const personas = openPersonas((personId) => {
  const stays = current.startsWith('channel:');
  const address = new URLSearchParams(stays ? { as: personId, in: current } : { as: personId });
  location.hash = address.toString();
});

findWith(async ({ dataset, within, customer }, words, signal) => {
  const { personId, conversation } = here();
  const bounds = Object.entries(within).map(([bound, value]) => [`within.${bound}`, value]);
  const whose = customer === undefined ? {} : { customer };
  const query = { as: personId, in: conversation, dataset, words, ...Object.fromEntries(bounds), ...whose };
  return (await get('choices', query, signal)).choices;
});

const here = () => ({ personId: state.me, conversation: current });
const wanted = () => new URLSearchParams(location.hash.slice(1));
const place = () => state.conversations.find((one) => one.id === current);

async function say(message, onRetry) {
  const at = here();
  const typing = setTimeout(() => feed.typing(at.conversation === current), TYPING_AFTER_MS);
  const rest = () => {
    clearTimeout(typing);
    feed.typing(false);
  };
  const again = () => {
    rest();
    onRetry();
  };
  try {
    const { seen } = await send('messages', { ...at, ...message }, again);
    await stream?.reached(seen);
  } finally {
    rest();
    showWelcome();
  }
}

/** Becomes whom the address names, else who one was before, else the first. */
async function become(personId) {
  stream?.close();
  state = await get('state', { as: personId });
  kept.write('as', state.me);
  composer.setCommands(state.commands);
  personas.show(state.personas, state.me);
  sidebar.show(state.me, state.conversations);
  byId('cards-link').hidden = !state.cards;
  let first = true;
  stream = openStream(state.me, {
    onEntry: arrive,
    onGone: vanish,
    onStatus: showStatus,
    onHello: (resumed) => {
      if (!resumed && !first) {
        catchUp();
      }
      first = false;
    },
  });
}

/** @param {string | null} conversation */
async function enter(conversation) {
  const chosen = state.conversations.find((one) => one.id === conversation) ?? state.conversations[0];
  if (!chosen) {
    return;
  }
  current = chosen.id;
  const personal = chosen.kind === 'personal';
  const name = personal ? 'Quartermaster' : chosen.name;
  byId('place-name').textContent = name;
  byId('place-note').textContent = personal ? 'Between you and the bot' : 'Everybody reads here';
  document.title = personal ? 'Quartermaster' : `${name} · Quartermaster`;
  composer.setPlaceholder(personal ? 'Message Quartermaster' : `Message ${name} … the bot reads along`);
  sidebar.select(current);
  await load((entries) => feed.show(entries));
}

/** Reads the conversation; whoever went elsewhere meanwhile sees nothing of it. */
async function load(show) {
  const at = here();
  const meanwhile = [];
  waiting = meanwhile;
  parts.scroller.ariaBusy = 'true';
  const { entries } = await get('entries', { as: at.personId, in: at.conversation });
  if (waiting === meanwhile) {
    waiting = undefined;
    show(entries);
    parts.scroller.ariaBusy = 'false';
    showWelcome();
    markRead(entries.at(-1)?.id ?? 0);
    for (const show of meanwhile) {
      show();
    }
  }
}

/** After a break in which something may have been missed. */
async function catchUp() {
  const fresh = await get('state', { as: state.me });
  state = { ...state, conversations: fresh.conversations };
  sidebar.show(state.me, state.conversations);
  await load((entries) => {
    feed.keepOnly(entries);
    for (const entry of entries) {
      feed.put(entry);
    }
  });
}

/** @param {Entry} entry */
function arrive(entry) {
  if (entry.conversation !== current) {
    sidebar.arrived(entry.conversation, entry.id, false);
    return;
  }
  if (waiting) {
    waiting.push(() => arrive(entry));
    return;
  }
  const mine = entry.from.kind === 'person' && entry.from.id === state.me;
  const isNew = feed.put(entry, mine);
  if ((isNew && !mine) || entry.id === pressed) {
    byId('announcer').textContent = `${senderOf(entry)}: ${entry.text}`;
  }
  showWelcome();
  markRead(entry.id);
}

/** @param {number} id */
function vanish(id) {
  if (waiting) {
    waiting.push(() => vanish(id));
  } else if (feed.remove(id)) {
    composer.focus();
  }
}

/** @param {number} newest */
function markRead(newest) {
  sidebar.arrived(current, newest, document.visibilityState === 'visible');
}

function showWelcome() {
  const empty = parts.list.children.length === 0;
  const chosen = place();
  parts.list.hidden = empty;
  byId('welcome').hidden = !empty;
  if (empty && chosen) {
    const me = state.personas.find((one) => one.id === state.me);
    const [firstName = ''] = (me?.name ?? '').split(' ');
    byId('welcome').replaceChildren(welcome(chosen, firstName, composer.send));
  }
}

/** @param {boolean} open */
function showStatus(open) {
  byId('connection').hidden = open;
}

async function follow() {
  const personId = wanted().get('as') ?? kept.read('as', '');
  try {
    if (personId !== state.me || state.me === '') {
      await become(personId);
    }
    await enter(wanted().get('in'));
    // Reloading a tab stays who it is, whoever one is in another tab.
    history.replaceState(undefined, '', `#${new URLSearchParams({ as: state.me, in: current })}`);
    if (matchMedia('(pointer: fine)').matches) {
      composer.focus();
    }
  } catch (error) {
    showStatus(false);
    byId('announcer').textContent = sentenceOf(error);
    setTimeout(follow, 2000);
  }
}

addEventListener('hashchange', follow);
document.addEventListener('visibilitychange', () => {
  const last = [...parts.list.querySelectorAll('.entry')].at(-1);
  if (last instanceof HTMLElement) {
    markRead(Number(last.dataset.entry));
  }
});
byId('skip').addEventListener('click', composer.focus);
await follow();
