// Imports: organizations, the price list and existing orders, for a first fill or to bring them up to date.
import { type Asked, expectFile, type Feature } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import type { BulkKind } from '../bulk/kind.ts';
import { templateBook } from '../bulk/template.ts';
import { importAttached } from './attached.ts';
import { howToImport, whichImport } from './replies.ts';

/** `sheets`: in the order in which they are filled; later ones rest on earlier ones. */
export function imports(...sheets: readonly BulkKind[]): Feature {
  return {
    name: 'imports',
    summary: 'Import',
    commands: [
      {
        name: 'import',
        aliases: ['first fill'],
        usage: 'import [template] + attachment',
        summary: 'Fill the bot with organizations, prices and orders from a workbook',
        examples: ['import', 'import template'],
        roles: ['provider admin'],
        read: async (asked, [word = ''], [file, ...more]) => {
          if (file !== undefined) return importAttached(asked, sheets, [file, ...more]);
          const isTemplate = word.toLowerCase() === 'template';
          return (inside) => (isTemplate ? sendTemplate(inside, sheets) : show(inside, sheets));
        },
      },
    ],
  };
}

/** The next file this person attaches here without a word is taken for an import. */
async function show(asked: Asked, sheets: readonly BulkKind[]): Promise<Reply> {
  await expectFile(asked, 'import');
  return howToImport(asked.member.organization.name, sheets, asked.settings.bulkMaxFileMb);
}

async function sendTemplate(asked: Asked, sheets: readonly BulkKind[]): Promise<Reply> {
  const { id: organizationId, name: customer } = asked.member.organization;
  const target = { organizationId, customer, service: undefined };
  const { file } = await templateBook(asked, sheets, target, 'import');
  return whichImport(customer, sheets, file);
}
