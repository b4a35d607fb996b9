import { commands, WORDS } from '../../src/edges/teams/extension/commands.ts';

/**
 * What the app offers where people write, and the links of the bot's own pages, which it shows.
 * Source: https://learn.microsoft.com/microsoft-365/extensibility/schema/root-compose-extensions
 */
export const composeExtensions = (botId: string, domain: string) => [
  {
    botId,
    canUpdateConfiguration: false,
    commands: commands.map(entry),
    messageHandlers: [{ type: 'link', value: { domains: [domain], supportsAnonymizedPayloads: false } }],
  },
];

/**
 * None is behind a slash: a search cannot be, and the action needs a message to stand at.
 * Source: https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/agent-slash-commands
 */
function entry(command: (typeof commands)[number]) {
  const { id, type, title, description } = command;
  const common = { id, type, title, description };
  if (command.type === 'action') return { ...common, context: ['message'], fetchTask: true };
  const parameters = [{ name: WORDS, inputType: 'text', ...command.parameter }];
  return { ...common, context: ['compose', 'commandBox'], initialRun: true, parameters };
}
