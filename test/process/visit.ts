/** A person at the console of a running bot. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Execute } from '../../src/chat/card.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Entry } from '../../src/edges/console/index.ts';
import type { Bot } from './bot.ts';

export type Visit = {
  /** Says something and gives the entry that answers it. */
  say(text: string, file?: { readonly name: string; readonly content: string }): Promise<Entry>;
  press(entry: Entry, title: string): Promise<void>;
  entries(): Promise<readonly Entry[]>;
  /** The first entry that fits, once there is one. */
  waitFor(fits: (entry: Entry) => boolean): Promise<Entry>;
};

type State = {
  readonly personas: readonly { readonly id: string; readonly email?: string }[];
};

/** Visits as the member with this e-mail address, in the chat with the bot alone. */
export async function visit({ url }: Bot, email: string): Promise<Visit> {
  const state = (await (await fetch(`${url}/console/state`)).json()) as State;
  const me = state.personas.find((persona) => persona.email === email)?.id;
  assert.ok(me, `Nobody is ${email}.`);
  const conversation = `personal:${me}`;

  const post = async (path: string, body: object): Promise<void> => {
    const response = await fetch(`${url}/console/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: randomUUID(), personId: me, conversation, ...body }),
    });
    assert.equal(response.status, 200, await response.text());
  };
  const upload = async ({ name, content }: { name: string; content: string }): Promise<string> => {
    const headers = { 'content-type': 'application/octet-stream', 'x-file-name': name };
    const response = await fetch(`${url}/console/uploads`, { method: 'POST', headers, body: content });
    assert.equal(response.status, 201);
    return ((await response.json()) as { id: string }).id;
  };
  const entries: Visit['entries'] = async () => {
    const response = await fetch(`${url}/console/entries?as=${me}&in=${conversation}`);
    return ((await response.json()) as { entries: Entry[] }).entries;
  };

  return {
    entries,
    async say(text, file) {
      const attachments = file === undefined ? [] : [await upload(file)];
      await post('messages', { text, attachments });
      const all = await entries();
      const asked = all.findLastIndex(({ from, text: words }) => from.kind === 'person' && words === text);
      const answer = all.slice(asked + 1).find(({ from }) => from.kind === 'bot');
      assert.ok(answer, `No answer to: ${text}`);
      return answer;
    },
    async press(entry, title) {
      const action = actionOf(entry.reply, title);
      await post('submits', { entry: entry.id, verb: action.verb, values: action.data });
    },
    async waitFor(fits) {
      const { body } = await fetch(`${url}/console/events?as=${me}`);
      const events = body?.getReader();
      for (;;) {
        const found = (await entries()).find(fits);
        if (found !== undefined) {
          await events?.cancel();
          return found;
        }
        await events?.read();
      }
    },
  };
}

function actionOf(reply: Reply | undefined, title: string): Execute {
  const action = reply?.card?.actions?.find((one) => one.title.startsWith(title));
  assert.ok(action?.type === 'Action.Execute', `There is no button "${title}": ${reply?.text}`);
  return action;
}
