/** Inputs as Teams shows them: choices that are searched, people who are chosen, and what depends on what. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  type Card,
  type Element,
  type InputChoiceSet,
  type InputText,
  UNNAMED,
} from '../../../src/chat/card.ts';
import { cardIn } from './connector.ts';
import { ALICE, inChannel, openTalk, pressed, reply } from './talk.ts';

const searched: InputChoiceSet = {
  type: 'Input.ChoiceSet',
  id: 'user',
  label: 'User name',
  choices: [],
  'choices.data': { type: 'Data.Query', dataset: 'users' },
  style: 'compact',
  placeholder: 'alice@contoso.example',
  value: 'dave@contoso.example',
};
const atHand = [
  { title: '10023/1 · Webex Suite', value: '10023/1' },
  { title: '10024/1 · Office 365 E3', value: '10024/1', key: 'k' },
];
const services: InputChoiceSet = {
  type: 'Input.ChoiceSet',
  id: 'service',
  label: 'Service',
  choices: atHand,
  'choices.data': { type: 'Data.Query', dataset: 'used-services' },
};
const person: InputText = {
  type: 'Input.Text',
  id: 'person',
  label: 'Person’s e-mail address',
  placeholder: 'carla@contoso.example',
  style: 'email',
  spacing: 'medium',
  person: true,
};

const cardWith = (...body: readonly Element[]): Card => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body,
});

/** What Teams is sent, where somebody wrote to the bot in this conversation. */
async function shownIn(
  t: TestContext,
  { playground, ...where }: { readonly playground: boolean },
  ...body: readonly Element[]
) {
  const talk = await openTalk(t, { playground });
  talk.bot((_, respond) => respond(reply({ card: cardWith(...body) })));
  await talk.send({ ...where, text: 'form' });
  const [message] = talk.connector.messages();
  return (message && (cardIn(message)?.body as Record<string, unknown>[])) ?? [];
}

test('in the Playground, which searches nothing, one chooses from what is at hand, or types', async (t) => {
  const others: InputChoiceSet = { ...services, id: 'other', value: 'webex' };
  const [user, service, other, who] = await shownIn(
    t,
    { ...inChannel, playground: true },
    searched,
    services,
    others,
    person,
  );

  assert.deepEqual(user, {
    type: 'Input.Text',
    id: 'user',
    label: 'User name',
    style: 'email',
    placeholder: 'alice@contoso.example',
    value: 'dave@contoso.example',
  });
  assert.deepEqual(service?.choices, atHand);
  assert.deepEqual(other?.choices, [...atHand, { title: 'webex', value: 'webex' }]);
  const { person: _, ...plain } = person;
  assert.deepEqual(who, plain);
});

const group = { id: '19:group@thread.v2', conversationType: 'groupChat', isGroup: true };
const [channel, groupChat, personal] = [
  { ...inChannel, playground: false },
  { conversation: group, playground: false },
  { playground: false },
];

test('Teams asks the bot for choices while one types, and shows what was chosen or typed before', async (t) => {
  const [user, service] = await shownIn(t, personal, searched, { ...services, value: '10024/1' });

  assert.deepEqual(user, {
    type: 'Input.ChoiceSet',
    id: 'user',
    label: 'User name',
    placeholder: 'alice@contoso.example',
    style: 'filtered',
    choices: [{ title: 'dave@contoso.example', value: 'dave@contoso.example' }],
    'choices.data': { type: 'Data.Query', dataset: 'users' },
    value: 'dave@contoso.example',
  });
  assert.deepEqual(service?.['choices.data'], { type: 'Data.Query', dataset: 'used-services' });
  assert.deepEqual(service?.choices, [
    { title: '10023/1 · Webex Suite', value: '10023/1' },
    { title: '10024/1 · Office 365 E3', value: '10024/1' },
  ]);
  assert.equal(service?.value, '10024/1');
});

test('a long list is filtered by what one types, a short one is not', async (t) => {
  const { 'choices.data': _, ...plain } = services;
  const many = Array.from({ length: 11 }, (_, index) => ({ title: `Region ${index}`, value: `${index}` }));
  const [long, short, buttons] = await shownIn(
    t,
    personal,
    { ...plain, choices: many },
    { ...plain, id: 'other', choices: many.slice(1) },
    { ...plain, id: 'third', choices: many, style: 'expanded' },
  );
  assert.deepEqual([long?.style, short?.style, buttons?.style], ['filtered', undefined, 'expanded']);
});

test('an input that is narrowed sends the others along, lists nothing that may not fit, and is emptied with them', async (t) => {
  const narrowed: InputChoiceSet = {
    ...services,
    'choices.data': { type: 'Data.Query', dataset: 'used-services', within: { user: 'user' } },
  };
  const inside: Element = { type: 'Container', items: [{ ...narrowed, id: 'other', value: '10024/1' }] };
  const [user, service, container] = await shownIn(t, personal, searched, narrowed, inside);

  assert.deepEqual(user?.valueChangedAction, {
    type: 'Action.ResetInputs',
    targetInputIds: ['service', 'other'],
    fallback: 'drop',
  });
  assert.deepEqual(service?.['choices.data'], {
    type: 'Data.Query',
    dataset: 'used-services?user=user',
    associatedInputs: 'auto',
  });
  assert.deepEqual(service?.choices, []);
  const [other] = (container?.items ?? []) as Record<string, unknown>[];
  assert.deepEqual(other?.choices, [{ title: '10024/1 · Office 365 E3', value: '10024/1' }]);
  const typed: InputText = { type: 'Input.Text', id: 'user', label: 'User name' };
  const [text] = await shownIn(t, personal, typed, narrowed);
  assert.ok(text?.valueChangedAction, 'also what is typed');
});

for (const [name, where] of Object.entries({ channel, groupChat })) {
  test(`in a ${name} a person is chosen among those there, or named by the address`, async (t) => {
    const [picker, typed, ...more] = await shownIn(t, where, { ...person, value: 'dave@contoso.example' });

    assert.deepEqual(picker, {
      type: 'Input.ChoiceSet',
      id: 'person@people',
      label: 'Choose somebody here',
      spacing: 'medium',
      style: 'filtered',
      choices: [],
      'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users?scope=currentContext' },
    });
    assert.deepEqual(typed, {
      type: 'Input.Text',
      id: 'person',
      label: 'Or: Person’s e-mail address',
      placeholder: 'carla@contoso.example',
      style: 'email',
      value: 'dave@contoso.example',
      valueChangedAction: {
        type: 'Action.ResetInputs',
        targetInputIds: ['person@people'],
        fallback: 'drop',
      },
    });
    assert.equal(more.length, 0);
  });
}

test('in a personal chat nobody else is there: the address is typed', async (t) => {
  const { person: _, ...plain } = person;
  assert.deepEqual(await shownIn(t, personal, person), [plain]);
});

const CAROL = '8c0f1a52-4a8e-4f7b-9d29-2f4a5d3b7c11';
const STRANGER = '00000000-4a8e-4f7b-9d29-2f4a5d3b7c11';

for (const [what, chosen, typed, handedIn] of [
  ['one of those there', CAROL, '', 'carol@contoso.example'],
  [
    'one person, and part of another one’s address was typed',
    CAROL,
    'dave@contoso',
    'carol@contoso.example, dave@contoso',
  ],
  [
    'somebody whom Teams does not name, and typed what is no address',
    STRANGER,
    'dave@contoso',
    'dave@contoso',
  ],
  [
    'one of those there, whose address was typed as well',
    CAROL,
    'Carol@Contoso.example',
    'Carol@Contoso.example',
  ],
  ['nobody: the address was typed', '', 'dave@contoso.example', 'dave@contoso.example'],
  ['nobody at all', '', '', ''],
  [
    'one person, and another one was typed',
    CAROL,
    'dave@contoso.example',
    'carol@contoso.example, dave@contoso.example',
  ],
  ['somebody whom Teams does not name', STRANGER, '', UNNAMED],
  [
    'somebody whom Teams does not name, with the address',
    STRANGER,
    'dave@contoso.example',
    'dave@contoso.example',
  ],
  ['what no list of people hands in', '../../admin', '', UNNAMED],
  ['what is not even text', { id: CAROL }, '', ''],
] as const) {
  test(`who chose ${what}`, async (t) => {
    const talk = await openTalk(t);
    const values = { 'person@people': chosen, person: typed, role: 'customer' };
    await talk.send({ ...inChannel, ...pressed('access.grant', values) });

    const [inbound] = talk.heard;
    assert.ok(inbound?.kind === 'submit');
    assert.deepEqual(inbound.values, { role: 'customer', person: handedIn });
    const asked = talk.connector.calls.filter(({ path }) => path.includes('/members/'));
    assert.ok(asked.every(({ path }) => [ALICE.id, CAROL, STRANGER].some((id) => path.endsWith(id))));
  });
}

test('what is required is asked for by the bot: Teams would keep every button that takes inputs along', async (t) => {
  const fields = [person, searched, { type: 'Input.Text', id: 'note', label: 'Note' } as const];
  const required = fields.map((field): Element => ({ ...field, required: true }));

  const shown = await shownIn(t, { ...inChannel, playground: false }, ...required);

  assert.equal(shown.length, 4);
  assert.doesNotMatch(JSON.stringify(shown), /required/i);
});
