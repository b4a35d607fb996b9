/** The peer: a bot of botbuilder on restify, as its documentation shows it, that says what it hears. */
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type Request } from 'botbuilder';
import restify, { type Response } from 'restify';
import { answer } from './answer.ts';

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request: unknown, response: Response) => {
  await adapter.process(request as Request, response, async (context) => {
    if (context.activity.type === 'message') await context.sendActivity(`You said: ${context.activity.text}`);
  });
});

const answers = {
  start: () =>
    new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(server.address().port));
    }),
};
export type EchoTalk = typeof answers;
answer(answers);
