import ExcelJS from 'exceljs';
import { tellReading } from './reading.ts';

const file = process.argv[2] ?? '';

await tellReading(async () => {
  const rows: string[][] = [];
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(file, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    hyperlinks: 'ignore',
    styles: 'ignore',
    entries: 'ignore',
  });
  for await (const sheet of reader) {
    for await (const { values } of sheet) {
      if (Array.isArray(values)) rows.push(values.slice(1).map(String));
    }
  }
  return rows;
});
