import type { Style } from 'exceljs';
import type { Tone } from './sheet-out.ts';

export type Look = Partial<Style>;

/** Keeps a text a text when somebody edits its cell. */
const TEXT = '@';

const fill = (argb: string): Look['fill'] & object => ({
  type: 'pattern',
  pattern: 'solid',
  fgColor: { argb },
});

export const textLook: Look = { numFmt: TEXT };

export const headerLook: Look = {
  numFmt: TEXT,
  font: { bold: true },
  fill: fill('FFEDEFF2'),
  border: { bottom: { style: 'thin', color: { argb: 'FF8A9099' } } },
};

/** Weight and slant tell the tones apart where colours can't be seen. */
export const toneLooks: Readonly<Record<Tone, Look>> = {
  good: { numFmt: TEXT, font: { color: { argb: 'FF1B5E2B' } }, fill: fill('FFE4F4E7') },
  bad: { numFmt: TEXT, font: { bold: true, color: { argb: 'FF8C1D18' } }, fill: fill('FFFBE5E3') },
  neutral: { numFmt: TEXT, font: { italic: true, color: { argb: 'FF4A4F57' } }, fill: fill('FFF1F2F4') },
};
