/** The page's side of the wire. */

/**
 * @typedef {{kind: 'bot'} | {kind: 'person', id: string, name: string}} Sender
 * @typedef {{id: string, name: string}} OutFile
 * @typedef {{text: string, card?: object, files?: OutFile[], mention?: {name: string}}} Reply
 * @typedef {{id: number, conversation: string, at: string, from: Sender, text: string,
 *   attachments?: string[], reply?: Reply, visibleTo?: string,
 *   answers?: {id: number, text: string}, changed?: string}} Entry
 * @typedef {{id: string, name: string, email?: string, role: string, organization: string}} Persona
 * @typedef {{id: string, kind: string, name: string, newest: number}} Conversation
 * @typedef {{usage: string, summary: string}} Command
 * @typedef {{me: string, personas: Persona[], conversations: Conversation[], commands: Command[],
 *   cards: boolean}} State
 */

const RETRY_MS = [300, 700, 1500, 3000, 5000, 5000, 5000, 10_000];
const WAIT_FOR_EVENT_MS = 2000;

/** @param {string} path @param {Record<string, string>} [query] @param {AbortSignal} [signal] */
export async function get(path, query = {}, signal) {
  return await answerOf(await fetch(`/console/${path}?${new URLSearchParams(query)}`, { signal }));
}

/**
 * Sends something that must happen once: it carries its own id, so it can be sent again where the
 * network failed and nobody knows whether it arrived.
 * @param {string} path
 * @param {Record<string, unknown>} body
 * @param {() => void} [onRetry]
 */
export async function send(path, body, onRetry) {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: crypto.randomUUID(), ...body }),
  };
  return await answerOf(await persistently(() => fetch(`/console/${path}`, init), onRetry));
}

/** @param {File} file @param {AbortSignal} signal @returns {Promise<{id: string}>} */
export async function upload(file, signal) {
  const headers = {
    'content-type': 'application/octet-stream',
    'x-file-name': encodeURIComponent(file.name.toWellFormed()),
  };
  return await answerOf(
    await fetch('/console/uploads', { method: 'POST', headers, body: file, signal }).catch((error) => {
      throw error instanceof TypeError ? new Error('The file did not arrive. Attach it again.') : error;
    }),
  );
}

/** @param {() => Promise<Response>} attempt @param {() => void} [onRetry] */
async function persistently(attempt, onRetry) {
  for (const pause of RETRY_MS) {
    const response = await attempt().catch(() => undefined);
    // 503: the bot is starting, and has not taken it.
    if (response && response.status !== 503) {
      return response;
    }
    onRetry?.();
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return await attempt().catch(() => {
    throw new Error('No connection to the bot. Is it still running?');
  });
}

/** @param {Response} response */
async function answerOf(response) {
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(answer.error ?? `The console answered ${response.status}.`);
  }
  return answer;
}

/**
 * What is new, as it happens. `onHello` says whether nothing was missed since the connection broke.
 * @param {string} personId
 * @param {{onEntry(entry: Entry): void, onGone(id: number): void, onHello(resumed: boolean): void,
 *   onStatus(open: boolean): void}} on
 */
export function openStream(personId, on) {
  let seen = 0;
  let closed = false;
  /** @type {EventSource} */
  let source;
  /** @type {Set<{number: number, resolve: (value?: unknown) => void}>} */
  const waiting = new Set();

  /** @param {number} number */
  function reach(number) {
    seen = number;
    for (const wait of waiting) {
      if (wait.number <= seen) {
        waiting.delete(wait);
        wait.resolve();
      }
    }
  }

  function connect() {
    source = new EventSource(`/console/events?as=${encodeURIComponent(personId)}`);
    source.addEventListener('hello', ({ data }) => {
      const { number, resumed } = JSON.parse(data);
      on.onStatus(true);
      on.onHello(resumed);
      reach(number);
    });
    source.addEventListener('entry', ({ data }) => {
      const { number, entry } = JSON.parse(data);
      on.onEntry(entry);
      reach(number);
    });
    source.addEventListener('gone', ({ data }) => {
      const { number, id } = JSON.parse(data);
      on.onGone(id);
      reach(number);
    });
    source.addEventListener('seen', ({ data }) => reach(JSON.parse(data).number));
    source.addEventListener('error', () => {
      on.onStatus(false);
      // The browser comes back by itself after a lost connection, but not after an answer such as 503.
      if (source.readyState === EventSource.CLOSED && !closed) {
        setTimeout(() => closed || connect(), 1500);
      }
    });
  }

  connect();
  return {
    close() {
      closed = true;
      source.close();
    },
    /**
     * Ends when everything up to this event is on the page, or after a while without it.
     * @param {number} number
     */
    reached(number) {
      if (seen >= number) {
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        waiting.add({ number, resolve });
        setTimeout(resolve, WAIT_FOR_EVENT_MS);
      });
    },
  };
}
