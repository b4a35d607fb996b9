/** Moments in the life of a bulk job at which a bot may die, known by what it says to the database then. */
import type { Moment } from './death.ts';
import type { Chance } from './mortal.ts';

type At = (dice: Chance) => Moment;

/** After the next few statements, whatever they are. */
export const soon: At = (dice) => ({ nth: dice.between(1, 25), side: dice.side(), armed: true });

export const whileItStarts: At = (dice) => ({ nth: dice.between(1, 100), side: dice.side() });

export const inABatch: At = (dice) => ({
  at: 'insert into associations',
  nth: dice.between(1, 25),
  later: dice.between(0, 5),
  side: dice.side(),
});

/** The chunks with their results are read for the workbook. */
export const whileTheWorkbookIsWritten: At = (dice) => ({
  at: 'from "job_chunks" where (?!.*"results" is null)',
  nth: dice.between(1, 15),
  side: dice.side(),
});

/** From the first file on to the end of the transaction that keeps it. */
export const whileTheEndIsWrittenDown: At = (dice) => ({
  at: 'insert into "files"',
  nth: 1,
  later: dice.between(0, 8),
  side: dice.side(),
});

const CLAIM = 'update deliveries set attempts';
export const beforeTheCardIsTaken: At = () => ({ at: CLAIM, nth: 1, side: 'before' });
export const beforeTheCardIsPosted: At = () => ({ at: CLAIM, nth: 1, side: 'after' });
/** It stands in the channel, and nothing says so. */
export const afterTheCardIsPosted: At = () => ({
  at: 'update "deliveries" set "state"',
  nth: 1,
  side: 'before',
});
