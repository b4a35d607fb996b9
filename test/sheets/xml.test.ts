import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import type { XmlHandlers } from '../../src/sheets/xlsx/lexer.ts';
import { attributeEnding, attributeOf } from '../../src/sheets/xlsx/tag.ts';
import { parseXml } from '../../src/sheets/xlsx/xml.ts';

/** What happens in a document, as one line; `cuts` are the places where one chunk ends and the next begins. */
async function told(document: Uint8Array | string, cuts: readonly number[] = []): Promise<string> {
  const bytes = Buffer.from(document);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  async function* chunks() {
    for (const [at, start] of places.entries()) yield bytes.subarray(start, places[at + 1] ?? bytes.length);
  }
  let line = '';
  const handlers: XmlHandlers = {
    open(element, tag) {
      const values = ['a', 'bc'].map((name) => [name, attributeOf(tag, name)]);
      const linked = [':id', attributeEnding(tag, ':id')];
      const found = [...values, linked].filter(([, value]) => value !== undefined);
      line += `<${[element, ...found.map(([name, value]) => `${name}=${value}`)].join(' ')}>`;
    },
    text(piece) {
      line += piece;
    },
    close(element) {
      line += `</${element}>`;
    },
  };
  await parseXml(chunks(), handlers, { left: 1_000 });
  return line;
}

const documents: readonly (readonly [document: string, told: string])[] = [
  ['<x/>', '<x></x>'],
  ['<?xml version="1.0"?>\n<x >t</x >\n<!-- end -->', '<x>t</x>'],
  ['<x a="1" bc=\'2\'/>', '<x a=1 bc=2></x>'],
  ['<x\n\ta = "1"\r\n bc="2" ></x>', '<x a=1 bc=2></x>'],
  ['<x a="&gt;>/>" bc="&quot;\'"/>', '<x a=>>/> bc="\'></x>'],
  ['<p:x xmlns:p="u" q:a="no" r:id="7"><p:y/></p:x>', '<x :id=7><y></y></x>'],
  ['<x>&lt;a&gt; &amp;amp; &apos;&quot; &#65;&#x1F600;&#x20ac;</x>', '<x><a> &amp; \'" A😀€</x>'],
  ['<x><![CDATA[<a> & ]] ]]>b<!-- <no> -- & -->c<?pi <no> & ?></x>', '<x><a> & ]] bc</x>'],
  ['<x>one\r\ntwo\rthree&#13;</x>', '<x>one\ntwo\nthree\r</x>'],
  ['<åsa bc="Müller">日本 😀</åsa>', '<åsa bc=Müller>日本 😀</åsa>'],
];

test('tags, attributes, entities, comments, line breaks', async () => {
  for (const [document, expected] of documents) assert.equal(await told(document), expected, document);
});

test('a document reads the same, wherever it is cut into chunks', async () => {
  const encodings = [
    (text: string) => Buffer.from(text, 'utf8'),
    (text: string) => Buffer.from(`\uFEFF${text}`, 'utf8'),
    (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
    (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...documents),
      fc.constantFrom(...encodings),
      fc.array(fc.nat(200), { maxLength: 40 }),
      async ([document, expected], encoded, cuts) => {
        const bytes = encoded(document);
        // The mark of an encoding stands in the first chunk as a whole; every unpacker gives more than that.
        const some = cuts.map((cut) => cut % (bytes.length + 1)).filter((cut) => cut > 2);
        assert.equal(await told(bytes, some), expected);
      },
    ),
    { numRuns: 400, seed: 1, endOnFailure: true },
  );
});

test('what is not well-formed is refused', async () => {
  const broken = [
    '',
    'text',
    '<x>',
    '<x',
    '<x/><y/>',
    '<x></y>',
    '<x></xy>',
    '<xy></x>',
    '</x>',
    '<x>text',
    '<x/>text',
    '<x/><!-- ',
    '<a><x></xy></a>',
    '<x><y></x></y>',
    '<x a></x>',
    '<x a=1></x>',
    '<x a="1></x>',
    '<x a="1"bc="2"/>',
    '<x a="<"/>',
    '<x / >',
    '< x/>',
    '<x =""/>',
    '<x>&nbsp;</x>',
    '<x>&toString;</x>',
    '<x>& </x>',
    '<x>&#0;</x>',
    '<x>&#xD800;</x>',
    '<x>&#1114112;</x>',
    '<x a="&b;"/>',
    '<x><!-- </x>',
    '<x><![CDATA[ </x>',
    '<!ELEMENT x><x/>',
    '<x><!ENTITY a "b"></x>',
    '<x>'.repeat(101) + '</x>'.repeat(101),
  ];
  for (const document of broken) {
    await assert.rejects(told(document), document);
  }
  await assert.rejects(told(Buffer.from('<x>\xe5</x>', 'latin1')));
  await assert.rejects(told(Buffer.from('<x>\xc3</x>', 'latin1'), [4]));
  await assert.rejects(told(Buffer.from('<x>\xc3a\xa5</x>', 'latin1'), [4, 5]));
});

test('a document type is refused at its first letters', async () => {
  for (const document of ['<!DOCTYPE x><x/>', '<!DOCTYPE x [', '<x><!DOCTYPE']) {
    await assert.rejects(told(document), { name: 'Refusal', message: /document type definition/ }, document);
  }
});

test('a token without end is not gathered, a long text is handed on in pieces', async () => {
  for (const start of ['<x ', '<x a="', '<x><!--', '<x><![CDATA[', '<?']) {
    await assert.rejects(told(start + ' '.repeat(1_100_000)), /without end|no attribute/, start);
  }
  const long = 'a'.repeat(3_000_000);
  assert.equal((await told(`<x>${long}</x>`, [1_000_000, 2_000_000])).length, long.length + '<x></x>'.length);
});
