import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { notify } from '../../../src/features/notices/notify.ts';
import { type Home, newHome } from '../../support/database.ts';
import { channel, openTalk, type Post, type Talk } from '../../support/talk.ts';
import { isEndOf, jobOf, runButton, sheet, users } from '../bulk/support.ts';

let home: Home;
let one: Talk;
let other: Talk;
before(async () => {
  home = await newHome('Postgres');
  [one, other] = [await openTalk('Postgres', home), await openTalk('Postgres', home)];
});
after(async () => {
  await one.close();
  await other.close();
  await home.remove();
});

const fromEither = (fits: (post: Post) => boolean) =>
  Promise.any([one.waitForPost(fits), other.waitForPost(fits)]);
const posted = (fits: (post: Post) => boolean) => [...one.posts, ...other.posts].filter(fits);

test('two copies of the bot on one database post each notice once', async () => {
  const texts = Array.from({ length: 40 }, (_, index) => `notice ${10 + index}`);
  const isOurs = ({ place }: Post) => place.conversation === 'channel:both';

  await Promise.all(texts.map((text, index) => store(index % 2 === 0 ? one : other, text)));
  await Promise.all(texts.map((text) => fromEither(({ reply }) => reply.text === text)));
  await store(one, 'the last');
  await fromEither(({ reply }) => reply.text === 'the last');

  assert.deepEqual(
    posted(isOurs)
      .map(({ reply }) => reply.text)
      .toSorted(),
    [...texts, 'the last'],
  );
});

test('two copies of the bot carry a job out once, and tell of its end once', async () => {
  const carla = one.as('carla');
  const preview = await carla.say('bulk 10024/1', [sheet(users(1500))]);
  const job = jobOf(preview);

  await Promise.all([carla.press(preview, runButton(preview)), other.as('carla').say('jobs')]);
  const end = await fromEither(isEndOf(job));

  assert.match(end.reply.text, /1,500 done, 0 failed, 0 skipped/);
  assert.match((await carla.say('free 10024/1')).text, /: 500 of 2,000 units free/);
  assert.equal(posted(isEndOf(job)).length, 1);
});

function store(copy: Talk, text: string): Promise<void> {
  return copy.db.transaction().execute((db) =>
    notify(
      { ...copy.ctx(), db },
      {
        kind: 'jobs',
        key: text,
        also: [channel('both')],
        reply: async () => ({ text, audience: 'everyone', position: 'below' }),
      },
    ),
  );
}
