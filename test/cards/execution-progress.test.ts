import assert from 'node:assert/strict';
import { test } from 'node:test';
import { executionProgressCard } from '../../cards/execution-progress.ts';

test('an order that is completed but for a letter shows no bar of trouble, and says which letter', () => {
  const card = executionProgressCard({
    organization: 'Contoso',
    order: '10029',
    description: 'Office for the new branch',
    status: 'Completed',
    answer: 'Microsoft fulfilled it: everything is as it was ordered. A letter could not be sent.',
    steps: [
      { title: 'Subscription', state: 'done' },
      { title: 'Activation e-mail: not sent', state: 'unsent' },
    ],
  });
  const drawn = JSON.stringify(card);
  assert.match(drawn, /"type":"ProgressBar"[^}]*"color":"good"/);
  assert.doesNotMatch(drawn, /"type":"ProgressBar"[^}]*"color":"warning"/);
  assert.match(drawn, /✕ Not sent/);
  assert.match(drawn, /2 of 2 steps done/);
});
