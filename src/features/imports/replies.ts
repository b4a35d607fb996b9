import { importsGuideCard } from '../../../cards/imports-guide.ts';
import { tell } from '../../bot/index.ts';
import type { OutFile, Reply } from '../../chat/reply.ts';
import type { BulkKind } from '../bulk/kind.ts';

const stepsOf = (sheets: readonly BulkKind[]) =>
  sheets.map(({ word, summary, sheet, name }) => ({
    title: summary,
    command: `bulk ${word}`,
    sheet: sheet ?? name,
  }));

/** How the first fill goes, before one has begun. */
export function howToImport(organization: string, sheets: readonly BulkKind[]): Reply {
  const steps = stepsOf(sheets);
  const said = steps.map(({ title, command }, index) => `${index + 1}. ${title}: ${command}`);
  const text = [
    'Get the workbook with “import template”, fill it in, and send it three times, in this order:',
    ...said,
  ];
  return tell(text.join('\n'), importsGuideCard({ organization, steps, file: undefined }));
}

/** The workbook, and what to do with it. */
export function whichImport(organization: string, sheets: readonly BulkKind[], file: OutFile): Reply {
  const steps = stepsOf(sheets);
  const said = steps.map(({ command }) => command).join(', ');
  const text = `${file.name} has a sheet for each part. Fill it in and send it with: ${said}.`;
  return tell(text, importsGuideCard({ organization, steps, file: file.name }), { files: [file] });
}
