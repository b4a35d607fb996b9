import { expectFile } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import type { FoundService } from '../orders/find.ts';
import type { View } from '../organizations/view.ts';
import type { BulkKind } from './kind.ts';
import { LARGEST_SHEET } from './read.ts';
import { attachSheet } from './replies.ts';

/** Asks for a sheet; the next file this person attaches here without a word is taken for it. */
export async function askForSheet(
  view: View,
  kind: BulkKind,
  service: FoundService | undefined,
  problem?: string,
): Promise<Reply> {
  const command = service === undefined ? 'bulk' : `bulk ${service.ref}`;
  await expectFile(view, command);
  return attachSheet({
    organization: view.customer.name,
    service: service && { service: service.ref, product: service.product },
    command,
    columns: kind.columns,
    formats: ['.xls', '.xlsx', '.csv'],
    maxRows: LARGEST_SHEET,
    problem,
  });
}
