import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  fill,
  isRight,
  isSecret,
  problemsOf,
  samplesOf,
  withName,
} from '../../../src/features/letters/rules.ts';
import { LETTERS, TEMPLATES } from '../../../src/features/letters/templates.ts';

const template = {
  fields: [
    { name: 'first', sample: 'Alice' },
    { name: 'last', sample: 'Ahlberg' },
    { name: 'items', sample: 'a\nb', lines: true },
    { name: 'password', sample: 'x', needed: true, secret: true },
  ],
} as const;
const text = {
  subject: 'For {{first}}',
  body: 'Dear {{first}} {{last}},\n\n{{items}}\n\nPassword: {{password}}',
};

describe('a letter', () => {
  test('gets its values', () => {
    assert.deepEqual(fill(text, template, samplesOf(template)), {
      subject: 'For Alice',
      body: 'Dear Alice Ahlberg,\n\na\nb\n\nPassword: x',
    });
  });

  test('loses the lines for which there is no value, and the spaces around one', () => {
    assert.equal(fill(text, template, { first: 'Alice' }).body, 'Dear Alice,');
    assert.equal(
      fill(text, template, { last: 'Ahlberg', password: 'x' }).body,
      'Dear Ahlberg,\n\nPassword: x',
    );
  });

  test('says the words after the bar where there is no value', () => {
    const one = (line: string, values = {}) =>
      fill({ subject: 'S', body: `${line}\n{{password}}` }, template, values).body;
    assert.equal(one('Dear {{first|customer}} {{last}},'), 'Dear customer,');
    assert.equal(one('Dear {{first | customer}} {{last}},', { first: 'Alice' }), 'Dear Alice,');
    assert.equal(one('Dear {{first|}},'), '');
    assert.equal(fill({ subject: '{{first|You}}, look', body: '' }, template, {}).subject, 'You, look');
  });

  test('of an account or of credentials greets also who has no name, and says where to sign in', () => {
    for (const name of ['welcome customer', 'welcome reseller', 'admin credentials'] as const) {
      const one = TEMPLATES[name];
      const values = { userName: 'a@b.example', password: 'x', company: 'Contoso' };
      const { body } = fill(one, one, values);
      assert.match(body, /^Dear (customer|partner|administrator),\n/, name);
      assert.match(body, /sign in.*: answer this letter, and we tell you/i, name);
      const dear = (person: Record<string, string>) =>
        fill(one, one, withName({ ...values, ...person })).body.split('\n')[0];
      assert.equal(dear({ firstName: 'Eve', lastName: 'Ek' }), 'Dear Eve Ek,');
      assert.equal(dear({ firstName: 'Eve' }), 'Dear Eve,');
      assert.equal(dear({ lastName: 'Diaz' }), 'Dear Diaz,');
      const known = fill(one, one, { ...values, portalUrl: 'https://portal.example/' }).body;
      assert.match(known, /sign in.*: https:\/\/portal\.example\/\n/i);
    }
  });

  test('does not read its values as text of its own', () => {
    const { subject, body } = fill(text, template, { first: '{{password}} $& $1', password: 'secret' });
    assert.equal(subject, 'For {{password}} $& $1');
    assert.match(body, /^Dear \{\{password\}\} \$& \$1,\n/);
  });

  test('keeps a value on the line that it belongs to', () => {
    const { subject, body } = fill(text, template, {
      first: 'Eve\r\nBcc: eve@evil.example',
      items: 'one\r\ntwo\u0007\u2028three',
    });
    assert.equal(subject, 'For Eve Bcc: eve@evil.example');
    assert.equal(body, 'Dear Eve Bcc: eve@evil.example,\n\none\ntwo three');
  });

  test('with a password in it is secret', () => {
    assert.ok(isSecret(template, { password: 'x' }));
    assert.ok(!isSecret(template, { first: 'x', password: '' }));
  });
});

describe('a text of the provider', () => {
  test('may greet with the first and the last name', () => {
    const one = TEMPLATES['welcome customer'];
    const body = 'Hello {{firstName|you}} {{lastName}},\n{{userName}} {{password}}';
    assert.ok(isRight(problemsOf(one, { subject: 'S', body })));
    const values = withName({ firstName: 'Eve', lastName: 'Ek', userName: 'a@b.example', password: 'x' });
    assert.match(fill({ subject: 'S', body }, one, values).body, /^Hello Eve Ek,\n/);
  });
});

describe('a text', () => {
  const problems = (change: Partial<typeof text>) => problemsOf(template, { ...text, ...change });

  test('as it comes is right, of every letter', () => {
    for (const name of LETTERS) {
      const one = TEMPLATES[name];
      assert.ok(isRight(problemsOf(one, one)), name);
      const { subject, body } = fill(one, one, samplesOf(one));
      assert.doesNotMatch(subject + body, /\{\{/, name);
    }
  });

  test('names the field that does not exist, and the one that is missing', () => {
    assert.deepEqual(problems({ subject: 'For {{firsts}}' }).subject, [
      'There is no field {{firsts}} in this letter.',
    ]);
    assert.deepEqual(problems({ body: 'Nothing' }).body, [
      'The letter needs {{password}}; without it, it is of no use.',
    ]);
  });

  test('has no secret in its subject, no half field, no second line of a subject, and an end', () => {
    const subject = (subject: string) => problems({ subject }).subject.join();
    assert.match(subject('{{password}}'), /may not stand in the subject/);
    assert.match(subject('{{first}'), /two braces on both sides/);
    assert.match(subject('{{first|{{last}}}}'), /two braces on both sides/);
    assert.match(subject('{{password|x}}'), /may not stand in the subject/);
    assert.equal(subject('{{first|You}}'), '');
    assert.match(subject('a\nBcc: b'), /one line/);
    assert.match(subject(' '), /The subject is empty/);
    assert.match(subject('a'.repeat(151)), /151 characters; 150 fit/);
    assert.match(problems({ body: `{{password}}${'a'.repeat(3000)}` }).body.join(), /3000 fit/);
  });
});
