/** One of several processes that share a Postgres: opens the bot there and says what it is told to, when it is told to. */
import { openTalk } from '../support/talk.ts';

const [databaseUrl = '', dataDir = ''] = process.argv.slice(2);
const talk = await openTalk('Postgres', { databaseUrl, dataDir, remove: async () => undefined });
const tell = (text: string) => process.send?.(text);

process.on('message', async (text: string) => {
  const answer = await talk
    .as('carla')
    .say(text)
    .catch((fault: unknown) => ({ text: `fault: ${fault}` }));
  tell(answer.text);
});
process.once('disconnect', async () => {
  await talk.close();
});
tell('ready');
