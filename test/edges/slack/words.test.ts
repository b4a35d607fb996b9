import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsOf } from '../../../src/edges/slack/requests/words.ts';

const mention = async (user: string, name?: string) =>
  user === 'U1' ? 'alice@contoso.example' : `@${name ?? user}`;

for (const [typed, expected] of [
  ['<@UBOT> orders', 'orders'],
  ['<@UBOT|qm> orders', 'orders'],
  ['associate 10023/1 <@U1>', 'associate 10023/1 alice@contoso.example'],
  ['associate 10023/1 <@U1|alice> 2', 'associate 10023/1 alice@contoso.example 2'],
  ['grant <@W9|eve> customer', 'grant @eve customer'],
  ['user <mailto:bob@contoso.example|bob@contoso.example>', 'user bob@contoso.example'],
  ['user <mailto:bob@contoso.example>', 'user bob@contoso.example'],
  ['note 10023 <http://contoso.example|contoso.example>', 'note 10023 contoso.example'],
  ['note 10023 <https://contoso.example/?a=1&amp;b=2>', 'note 10023 https://contoso.example/?a=1&b=2'],
  ['call <tel:+4940123|+49 40 123>', 'call +49 40 123'],
  ['notify <#C1|ops> <#C2>', 'notify #ops #C2'],
  ['<!here> <!subteam^S1|@admins> <!date^1^{date}|today>', '@here @admins today'],
  ['note 10023 a &lt;b&gt; &amp;amp; c', 'note 10023 a <b> &amp; c'],
  ['note 10023 “x” ‘y’', 'note 10023 "x" \'y\''],
  ['free\u00a010023\u200b', 'free 10023'],
  ['a < b > c', 'a < b > c'],
  ['', ''],
] as const) {
  test(`words of ${JSON.stringify(typed)}`, async () => {
    assert.equal(await wordsOf(typed, 'UBOT', mention), expected);
  });
}
