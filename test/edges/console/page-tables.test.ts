import assert from 'node:assert/strict';
import { test } from 'node:test';
import { subscriptionsListCard } from '../../../cards/subscriptions-list.ts';
import { describeInBrowser } from './browser.ts';
import { closeAfterEach } from './requests.ts';
import { text } from './support.ts';
import { overflows, say, visit } from './visit.ts';

const address = 'carla.diaz-montenegro@contoso-retail.onmicrosoft.example';
const list = subscriptionsListCard({
  organization: 'Contoso',
  page: 1,
  pages: 1,
  total: 1,
  subscriptions: [
    {
      product: 'Office 365 E3',
      order: '10023/2',
      quantity: 2,
      bought: 5,
      status: 'Active',
      price: { minor: 2200, currency: 'EUR' },
      admin: { name: 'Carla Diaz', email: address },
      tenant: 'contoso.onmicrosoft.com',
      isMachines: false,
    },
  ],
});

/** The letters of each line, by how high they stand. */
const linesOf = `(() => {
  const element = [...document.querySelectorAll('.ac-textBlock')].find((one) => one.textContent === '${address}');
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = new Map();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let at = 0; at < node.length; at += 1) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const top = Math.round(range.getBoundingClientRect().top);
      found.set(top, (found.get(top) ?? '') + node.data[at]);
    }
  }
  return [...found.values()];
})()`;

describeInBrowser('a table on a phone', (openPage) => {
  closeAfterEach();

  test('breaks an address after the @ and before a dot, and copies it whole', async () => {
    const stage = {
      script: async (_: unknown, respond: (reply: ReturnType<typeof text>) => Promise<unknown>) => {
        await respond(text('Subscriptions', { card: list }));
      },
    };
    const context = { viewport: { width: 390, height: 844 } };
    const { page, problems, entries } = await visit(openPage, { stage, context });
    await say(page, 'subscriptions');
    const shown = entries.nth(1).getByText(address);
    await shown.waitFor();

    const lines = await page.evaluate<string[]>(linesOf);

    assert.equal(lines.join(''), address);
    assert.ok(lines.length > 1, 'it is long');
    for (const [index, line] of lines.slice(0, -1).entries())
      assert.match(`${line}|${lines[index + 1]}`, /@\||-\||\|\./, lines.join(' / '));
    assert.equal(await overflows(entries.nth(1)), false);
    assert.deepEqual(problems, []);
  });
});
