/** Many users who begin alike, and those that fit best come first. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { onBothEngines } from '../support/database.ts';
import { openTalk, type Talk } from '../support/talk.ts';

onBothEngines('search among many users', (engine) => {
  let talk: Talk;
  before(async () => {
    talk = await openTalk(engine);
    await sql`
      insert into users (organization_id, email, first_name, last_name)
      select o.id, 'user' || n || '@contoso.example', 'Number',
        case when n % 1000 = 0 then 'Anderson' else 'Name' || n end
      from organizations o, generate_series(1, 20000) n where o.name in ('Contoso', 'Fabrikam')`.execute(
      talk.db,
    );
  });
  after(() => talk.close());

  test('the exact address is first among those that begin like it', async () => {
    const [first] = await talk.as('carla').search('users', 'user777@contoso.example');
    assert.equal(first?.value, 'user777@contoso.example');
    assert.equal((await talk.as('carla').search('users', 'anderson')).length, 20);
  });
});
