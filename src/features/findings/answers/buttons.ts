import { z } from 'zod';
import { type Button, button } from '../../../bot/index.ts';
import { answer, show, snooze } from './answer.ts';
import { ANSWERERS } from './rules.ts';
import { HOWS } from './types.ts';

const finding = z.union([z.string().max(20), z.number().transform(String)]);
const typed = z.string().max(100).catch('');

/** What is done about a finding. */
export const answerButtons: readonly Button[] = [
  button({
    verb: 'findings.show',
    roles: ANSWERERS,
    input: z.object({ finding }),
    run: async (asked, chosen) => ({ ...(await show(asked, chosen.finding)), position: 'below' }),
  }),
  button({
    verb: 'findings.answer',
    roles: ANSWERERS,
    input: z.object({ finding, how: z.enum(['accept', 'first', ...HOWS]), basis: typed, service: typed }),
    run: answer,
  }),
  button({
    verb: 'findings.snooze',
    roles: ANSWERERS,
    input: z.object({ finding, until: typed }),
    run: (asked, { finding, until }) => snooze(asked, finding, until),
  }),
];
