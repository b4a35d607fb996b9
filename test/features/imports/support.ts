import { Buffer } from 'node:buffer';
import ExcelJS from 'exceljs';
import type { KyselyPlugin } from 'kysely';
import type { Attachment } from '../../../src/chat/inbound.ts';
import { file, type Post, type Speaker, type Talk } from '../../support/talk.ts';
import { type Cells, isEndOf, jobOf, runButton } from '../bulk/support.ts';

/** A workbook with these sheets. */
export async function workbook(
  sheets: Record<string, readonly Cells[]>,
  name = 'fill.xlsx',
): Promise<Attachment> {
  const book = new ExcelJS.Workbook();
  for (const [title, rows] of Object.entries(sheets))
    book.addWorksheet(title).addRows(rows.map((row) => [...row]));
  return file(name, new Uint8Array(Buffer.from(await book.xlsx.writeBuffer())));
}

export type Ran = { readonly preview: string; readonly job: number; readonly end: Post };

/** Sends a sheet of the provider, runs it, and waits for its end. */
export async function fill(talk: Talk, who: Speaker, words: string, attachment: Attachment): Promise<Ran> {
  const preview = await who.say(words, [attachment]);
  await who.press(preview, runButton(preview));
  const job = jobOf(preview);
  return { preview: preview.text, job, end: await talk.waitForPost(isEndOf(job)) };
}

/** Takes a job back and waits for the end of that. */
export async function takeBack(talk: Talk, who: Speaker, end: Post): Promise<Post> {
  const undoing = await who.press(end.reply, 'Undo');
  return talk.waitForPost(isEndOf(jobOfUndo(undoing.track)));
}
const jobOfUndo = (track = ''): number => Number(/^job:(\d+)/.exec(track)?.[1]);

/** Counts the statements of a database that it is used with. */
export const counting = (counted: { statements: number }): KyselyPlugin => ({
  transformQuery({ node }) {
    counted.statements += 1;
    return node;
  },
  transformResult: async ({ result }) => result,
});
