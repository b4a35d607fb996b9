import { UNNAMED } from '../../../chat/card.ts';
import { parseEmail } from '../../../chat/email.ts';
import { namedBy } from '../cards/inputs.ts';

type Values = Readonly<Record<string, unknown>>;
type EmailOf = (id: string) => Promise<string | undefined>;

/** What the list of people hands in. Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/people-picker#data-submission */
const OBJECT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The values of a form, with the addresses of those who were chosen among the people there. A client sent them: they may be anything. */
export async function withPeople(values: Values, emailOf: EmailOf): Promise<Values> {
  const all = Object.entries(values);
  const chosen = all.flatMap(([id, value]) => {
    const input = namedBy(id);
    return input === undefined ? [] : [{ input, value }];
  });
  if (chosen.length === 0) return values;
  const named = await Promise.all(
    chosen.map(async ({ input, value }) => {
      const typed = Object.hasOwn(values, input) ? textOf(values[input]) : '';
      return [input, await oneOf(typed, textOf(value), emailOf)] as const;
    }),
  );
  return Object.fromEntries([...all.filter(([id]) => namedBy(id) === undefined), ...named]);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Who chose one person and typed another is asked which: both together are no address. */
async function oneOf(typed: string, chosen: string, emailOf: EmailOf): Promise<string> {
  if (chosen === '') return typed;
  const address = OBJECT_ID.test(chosen) ? await emailOf(chosen) : undefined;
  if (typed === '') return address ?? UNNAMED;
  return address === undefined || address === parseEmail(typed) ? typed : `${address}, ${typed}`;
}
