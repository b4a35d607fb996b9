/** Writes a workbook and has nothing else to do. */
import { warmWriter, writeWorkbook } from '../../src/sheets/index.ts';

warmWriter();
await writeWorkbook([{ name: 'List', columns: [], rows: [['anna']] }]);
warmWriter();
process.stdout.write('written');
