import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { list } from '../../../cards/format.ts';
import { importsGuideCard } from '../../../cards/imports-guide.ts';
import { tell } from '../../bot/index.ts';
import type { OutFile, Reply } from '../../chat/reply.ts';
import type { BulkKind } from '../bulk/kind.ts';
import { FORMATS } from '../bulk/read.ts';

const stepsOf = (sheets: readonly BulkKind[]) =>
  sheets.map(({ word, summary, sheet, name }) => ({
    title: summary,
    command: `bulk ${word}`,
    sheet: sheet ?? name,
  }));

/** How the first fill goes, before one has begun. */
export function howToImport(organization: string, sheets: readonly BulkKind[], maxFileMb: number): Reply {
  const steps = stepsOf(sheets);
  const said = steps.map(({ title, command }, index) => `${index + 1}. ${title}: ${command}`);
  const text = [
    'Get the workbook with “import template”, fill it in, and send it three times, in this order:',
    ...said,
  ];
  const card = importsGuideCard({ organization, steps, file: undefined });
  const form = { card, words: ['import'], formats: FORMATS, maxFileMb };
  return { ...tell(text.join('\n'), card), wantsFile: { text: 'import', form } };
}

/** The workbook, and what to do with it. */
export function whichImport(organization: string, sheets: readonly BulkKind[], file: OutFile): Reply {
  const steps = stepsOf(sheets);
  const said = steps.map(({ command }) => command).join(', ');
  const text = `${file.name} has a sheet for each part. Fill it in and send it with: ${said}.`;
  return tell(text, importsGuideCard({ organization, steps, file: file.name }), { files: [file] });
}

const GUIDE = { title: 'How to import', command: 'import' };

export function unreadable(sentence: string): Reply {
  const wrong = { file: sentence };
  return tell(sentence, chatRefusalCard({ problem: sentence, buttons: [GUIDE] }), { wrong });
}

export function oneAtATime(count: number): Reply {
  const problem = `That is ${count} files; one at a time.`;
  return tell(problem, chatRefusalCard({ problem, buttons: [GUIDE] }));
}

/** No sheet has a header that is known. */
export function nothingToImport(file: string, sheets: readonly BulkKind[]): Reply {
  const problem = `${file} has no sheet that I know by its first row.`;
  const remedy = 'It has to name the columns. The workbook to fill in has them, or say what it holds:';
  const buttons = [
    { title: 'Get the workbook', command: 'import template' },
    ...stepsOf(sheets).map(({ title, command }) => ({ title, command })),
  ];
  const wrong = { file: `${problem} It has to name the columns.` };
  return tell(`${problem} ${remedy}`, chatRefusalCard({ problem, remedy, buttons }), { wrong });
}

/** Said in the preview of the first sheet of several. */
export function othersOf(kinds: readonly BulkKind[]): string[] {
  const commands = list(kinds.map(({ word }) => `“bulk ${word}”`));
  return [`When this has run, send the file again with ${commands}.`];
}
