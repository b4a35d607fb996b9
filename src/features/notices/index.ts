// Notices: which channel hears of what, and the posts that are stored with the change they tell of.
import { CHANGERS, type Feature } from '../../bot/index.ts';
import { notifyCommand } from './commands.ts';
import { deliver } from './deliver.ts';
import { DELIVER } from './notify.ts';

export const notices: Feature = {
  name: 'notices',
  summary: 'Notices',
  commands: [
    {
      name: 'notify',
      usage: 'notify here <jobs|reconciliation> · notify list · notify off',
      summary: 'Choose what this channel hears of',
      examples: ['notify here jobs', 'notify list', 'notify off jobs'],
      roles: CHANGERS,
      run: notifyCommand,
    },
  ],
  work: [
    {
      name: DELIVER,
      retries: 20,
      concurrency: 4,
      handle: (working, data) => deliver(working, data as { platform: string; conversation: string }),
    },
  ],
};
