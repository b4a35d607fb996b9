// The features, one line each. This is the order in which help lists them.
import type { Feature } from './bot/index.ts';
import { undoRoles } from './features/access/grant.ts';
import { access } from './features/access/index.ts';
import { accounts } from './features/accounts/index.ts';
import { approvals } from './features/approvals/index.ts';
import { assignments } from './features/assignments/index.ts';
import { associations } from './features/associations/index.ts';
import { releaseSheet } from './features/associations/release-sheet.ts';
import { associateSheet } from './features/associations/sheet.ts';
import { undoAssociations } from './features/associations/undo.ts';
import { bulk, kindsOf, undoBulk } from './features/bulk/index.ts';
import { catalog } from './features/catalog/index.ts';
import { priceList } from './features/catalog/prices/sheet.ts';
import { doctor } from './features/doctor/index.ts';
import { execution } from './features/execution/index.ts';
import { undoAliases } from './features/findings/aliases/aliases.ts';
import { reopenDiscarded } from './features/findings/answers/discarded.ts';
import { findings } from './features/findings/index.ts';
import { freeUnits } from './features/free-units/index.ts';
import { help } from './features/help/index.ts';
import { history } from './features/history/index.ts';
import { home } from './features/home/index.ts';
import { imports } from './features/imports/index.ts';
import { orderSheet } from './features/imports/orders/sheet.ts';
import { organizationSheet } from './features/imports/organizations/sheet.ts';
import { undoPrices } from './features/imports/prices.ts';
import { invoices } from './features/invoices/index.ts';
import { keys } from './features/keys/index.ts';
import { letters } from './features/letters/index.ts';
import { machines } from './features/machines/index.ts';
import { machinesWizard } from './features/machines/wizard.ts';
import { notices } from './features/notices/index.ts';
import { ordering } from './features/ordering/index.ts';
import { recheck } from './features/ordering/recheck.ts';
import { orders } from './features/orders/index.ts';
import { undoNotes } from './features/orders/note.ts';
import { organizations } from './features/organizations/index.ts';
import { packageSheet } from './features/packages/sheet.ts';
import { reconciliation } from './features/reconciliation/index.ts';
import { subscriptions } from './features/subscriptions/index.ts';
import { watches } from './features/watches/index.ts';

/** What a sheet can be; the first one goes without a word. */
export const kinds = kindsOf(
  associateSheet,
  releaseSheet,
  packageSheet,
  organizationSheet,
  priceList,
  orderSheet,
);

const working: readonly Feature[] = [
  home,
  orders,
  freeUnits,
  associations,
  bulk(kinds),
  catalog,
  ordering({ 'virtual machines': machinesWizard }, reopenDiscarded),
  machines,
  execution,
  approvals(recheck),
  invoices,
  subscriptions,
  reconciliation,
  findings,
  organizations,
  accounts,
  imports(organizationSheet, priceList, orderSheet),
  access,
  keys,
  letters,
  history({
    ...undoAssociations,
    ...undoRoles,
    ...undoPrices,
    ...undoNotes,
    ...undoAliases,
    bulk: undoBulk(kinds),
  }),
  notices,
  doctor,
  watches,
];

export const features: readonly Feature[] = [...working, assignments, help(working)];
