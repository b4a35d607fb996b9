import { addressOf } from '../mail-links.ts';
import type { MailLink, SheetFacts } from '../source.ts';
import { columnOf, rowOf } from './reference.ts';
import { attributeEnding, attributeOf, type Tag } from './tag.ts';
import type { Relationship } from './workbook.ts';

/** Excel allows 65,530 a sheet. */
const MOST_LINKS = 100_000;

const ONE_CELL = /^[A-Z]+\d+$/;

/** What a worksheet tells behind its rows: areas of merged cells, and links by the id of their target. */
export function behindTheRows() {
  const links: { cell: string; id: string }[] = [];
  let merged = 0;

  return {
    open(element: string, tag: Tag) {
      if (element === 'mergeCell') merged += 1;
      else if (element === 'hyperlink' && links.length < MOST_LINKS) {
        links.push({ cell: attributeOf(tag, 'ref') ?? '', id: attributeEnding(tag, ':id') ?? '' });
      }
    },
    found(relationships: ReadonlyMap<string, Relationship>): Pick<SheetFacts, 'merged' | 'links'> {
      return { merged, links: links.flatMap(({ cell, id }) => mailLink(cell, relationships.get(id))) };
    },
  };
}

function mailLink(cell: string, leadsTo: Relationship | undefined): MailLink[] {
  const address = addressOf(leadsTo?.target ?? '');
  // A link over several cells says nothing of any one of them.
  if (address === undefined || !ONE_CELL.test(cell)) return [];
  return [{ row: rowOf(cell), column: columnOf(cell), address }];
}
