/** What a form asks for where nothing was filled in is marked in it before. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mainButton } from '../../src/edges/slack/forms/view.ts';
import { onPostgres } from '../support/database.ts';
import type { PEOPLE } from '../support/talk.ts';
import { type CalmTalk, openCalmTalk } from './calm.ts';
import { errorAt, fields, inputs } from './reading.ts';

/** Asked for, though another field may be filled in instead. */
const OR_ANOTHER: Readonly<Record<string, string>> = { associate: 'user' };

const FORMS: readonly (readonly [who: keyof typeof PEOPLE, said: string])[] = [
  ['carla', 'associate'],
  ['carla', 'release'],
  ['carla', 'move'],
  ['carla', 'order'],
  ['carla', 'services'],
  ['carla', 'user'],
  ['carla', 'watch'],
  ['nora', 'increase'],
  ['nora', 'decrease'],
  ['nora', 'new order'],
  ['priya', 'grant'],
  ['priya', 'revoke'],
  ['priya', 'markup'],
  ['priya', 'price'],
  ['priya', 'key new'],
  ['priya', 'new organization'],
  ['priya', 'change letter admin credentials'],
];

onPostgres('a form handed in empty', (engine) => {
  let talk: CalmTalk;
  before(async () => {
    talk = await openCalmTalk(engine);
  });
  after(() => talk.close());

  for (const [who, said] of FORMS) {
    test(`${who}: ${said}`, async () => {
      const form = await talk.as(who).say(said);
      const main = form.card && mainButton(form.card);
      assert.ok(main, form.text);
      const empty = Object.fromEntries(fields(form).map((id) => [id, '']));

      const back = await talk.as(who).press(form, main.title, empty);

      const asked = fields(back).filter((id) => errorAt(back, id) !== undefined);
      const marked = inputs(form).flatMap(({ id, required }) => (required === true ? [id] : []));
      assert.ok(asked.length > 0, back.text);
      assert.deepEqual(
        asked.filter((id) => id !== OR_ANOTHER[said] && !marked.includes(id)),
        [],
      );
    });
  }
});
