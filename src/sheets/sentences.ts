import { type Limits, MB } from './limits.ts';

/** Says why a file can't be read; the message is a sentence for the person who sent it. */
export class Refusal extends Error {
  override name = 'Refusal';
}

export type Extension = '.xlsx' | '.xls' | '.csv';

const many = (count: number) => count.toLocaleString('en-US');
const megabytes = (bytes: number) =>
  `${(bytes / MB).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`;

const wanted = 'Send the list as .xlsx, .xls or .csv.';
const saveAsXlsx = 'Open it in Excel, save it as .xlsx and send that file.';

export const emptyFile = 'This file is empty. Check it and send it again.';

export const tooLarge = (size: number, limit: number) =>
  `This file is ${sizeAbove(size, limit)}; I can read up to ${megabytes(limit)}. Split it and send the parts.`;

/** 25.01 MB must not be told as "25 MB; I can read up to 25 MB". */
function sizeAbove(size: number, limit: number): string {
  return megabytes(size) === megabytes(limit) ? `a little over ${megabytes(limit)}` : megabytes(size);
}

export const xlsTooLarge = (size: number, limit: number) =>
  `This .xls file is ${sizeAbove(size, limit)}; I can read .xls up to ${megabytes(limit)}. ${saveAsXlsx}`;

export const noData = (extension: Extension) =>
  `I found no filled cells in this ${extension} file. If it is not empty, open it in Excel, save it as .xlsx and send that file.`;

export const damaged = (extension: Extension) =>
  `This ${extension} file is damaged or incomplete. Open it in Excel, save it again and send the new file.`;

export const passwordProtected = (extension: Extension) =>
  `This ${extension} file is password-protected. Save it without a password and send it again.`;

export const tooManyRows = ({ rows }: Limits) =>
  `This sheet has more than ${many(rows)} filled rows, the most I can read. Split it and send the parts.`;

export const tooManyLines = (lines: number) =>
  `This .csv file has more than ${many(lines)} lines, more than a sheet has. Remove the empty ones and send it again.`;

export const cellTooLong = ({ cellText }: Limits, cell?: string) =>
  `${cell === undefined ? 'One cell' : `Cell ${cell}`} holds more than ${many(cellText)} characters. Shorten it and send the file again.`;

export const tooMuchText = ({ text }: Limits) =>
  `The cells of this sheet hold more than ${many(text)} characters together. Split it and send the parts.`;

export const unpacksTooLarge = ({ unpackedBytes }: Limits) =>
  `This .xlsx file unpacks to more than ${megabytes(unpackedBytes)}. Copy the rows I need into a new workbook and send that.`;

export const tooMuchMarkup =
  'This .xlsx file holds more cells and formats than I can read. Copy the rows I need into a new workbook and send that.';

export const tooManyParts = ({ entries }: Limits) =>
  `This .xlsx file is made of more than ${many(entries)} parts. Copy the rows I need into a new workbook and send that.`;

export const hasDoctype =
  'This .xlsx file holds a document type definition, which no spreadsheet program writes, so I stopped reading. ' +
  'Copy the rows into a new workbook and send that.';

export const tooSlow = ({ seconds }: Limits) =>
  `I stopped reading this file after ${many(seconds)} ${seconds === 1 ? 'second' : 'seconds'}. Copy the rows I need into a new workbook and send that.`;

export const tooMuchMemory =
  'This file needs more memory than I may use. Copy the rows I need into a new workbook and send that.';

export const openQuote = (row: number) =>
  `The quotation mark that begins a cell in row ${many(row)} is never closed. Close or remove it and send the file again.`;

export const otherFile = (what: string) => `This is ${what}, not a spreadsheet. ${wanted}`;

export const unknownFile = `I can't tell what kind of file this is. ${wanted}`;

export const archive = 'This is an archive. Unpack it and send the spreadsheet that is inside.';

export const saveAsXlsxInstead = (what: string) => `This is ${what}, which I can't read. ${saveAsXlsx}`;

export const unreadable = `Something in this file can't be read. ${saveAsXlsx}`;
