/** What people do with units, as a property test draws it: more kinds of sheets and commands are more lines here. */
import fc from 'fast-check';
import type { Cells } from '../features/bulk/support.ts';
import { type Moment, SIDES } from './death.ts';

export type Step =
  | {
      readonly do: 'say';
      readonly text: string;
      readonly sheet?: Cells[];
      /** The beginning of the button that answers what is asked about the sheet. */
      readonly answer?: string;
      /** What follows on a preview. */
      readonly next?: 'leave it' | 'discard it' | 'run it' | 'run and cancel it' | 'run it to its end';
    }
  /** Of the changes that can be undone the last but so many. */
  | { readonly do: 'undo'; readonly back: number }
  /** The bot is killed soon, in the middle of what comes next. */
  | { readonly do: 'crash'; readonly moment: Moment };

const service = fc.constantFrom('10023/1', '10023/2', '10024/1');
const user = fc.constantFrom(...['alice', 'bob', 'carol'].map((name) => `${name}@contoso.example`));
const units = fc.constantFrom(1, 1, 1, 2, 3);
const someUnits = fc.option(units, { nil: '' });

const commands = fc.oneof(
  fc.tuple(service, user, units).map((words) => `associate ${words.join(' ')}`),
  fc.tuple(service, user, someUnits).map((words) => `release ${words.join(' ')}`),
  fc.tuple(user, service, service, someUnits).map((words) => `move ${words.join(' ')}`),
);
type Sheet = { readonly text: string; readonly sheet: Cells[]; readonly answer?: string };
const few = { minLength: 1, maxLength: 4 };
const sheets: fc.Arbitrary<Sheet> = fc.oneof(
  fc.record({
    text: service.map((ref) => `bulk ${ref}`),
    sheet: fc.array(fc.tuple(user, units), { minLength: 1, maxLength: 12 }),
  }),
  fc.record({
    text: service.map((ref) => `bulk release ${ref}`),
    sheet: fc.uniqueArray(fc.tuple(user, someUnits), { ...few, selector: ([name]) => name }),
  }),
  fc.record({
    text: fc.constant('bulk packages'),
    sheet: fc
      .uniqueArray(fc.tuple(user, fc.constantFrom('TRUE', 'TRUE', 'FALSE')), {
        ...few,
        selector: ([name]) => name,
      })
      .map((rows): Cells[] => [['User ID/Email (Required)', 'Webex Suite'], ...rows]),
    answer: fc.constantFrom('Add and remove', 'Add services only'),
  }),
);
const next = fc.constantFrom(
  'leave it',
  'discard it',
  'run it',
  'run it',
  'run and cancel it',
  'run it to its end',
);

const side = fc.constantFrom(...SIDES);
const anyMoment = fc.record({ nth: fc.integer({ min: 1, max: 60 }), side });
/** Where units change hands, and in the few statements after that. */
const inAChange = fc.record({
  at: fc.constant('(into|from|update) associations'),
  nth: fc.integer({ min: 1, max: 3 }),
  later: fc.integer({ min: 0, max: 3 }),
  side,
});

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: commands.map((text): Step => ({ do: 'say', text })) },
  {
    weight: 5,
    arbitrary: fc.tuple(sheets, next).map(([of, then]): Step => ({ do: 'say', ...of, next: then })),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo'), back: fc.nat({ max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash'), moment: fc.oneof(anyMoment, inAChange) }) },
);
