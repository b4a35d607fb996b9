import { type Asked, chunksOf, expectFile } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { quoted } from '../../chat/words.ts';
import type { FoundService } from '../orders/find.ts';
import { servicesAnywhere, withService } from '../orders/find.ts';
import { parseOrderNumber } from '../orders/rules.ts';
import { currentCustomer, customerNamed, customersOf, refusedHere } from '../organizations/view.ts';
import type { BulkKind } from './kind.ts';
import { previewKept, previewSheet, type Ready, saveSheet } from './preview.ts';
import { FORMATS, LARGEST_SHEET, type Sheet } from './read.ts';
import {
  attachSheet,
  chooseService,
  noFreeService,
  whichCustomerForSheet,
  whichOption,
  whichServiceForSheet,
} from './replies.ts';
import { saveChunks } from './rows/store.ts';
import { type JobRecord, setTarget } from './store.ts';
import { targetAt, targetOf } from './target.ts';

/** What was written with a sheet, or answered since: whom it is for and how it is meant. */
export type Said = {
  readonly customer?: { readonly id: number; readonly name: string } | undefined;
  readonly service?: FoundService | undefined;
  readonly option?: string | undefined;
};

/** What is asked for; without a customer it is chosen with the service. */
type Wanted = Omit<Said, 'customer'> & {
  readonly customer: { readonly name: string } | undefined;
  readonly problem?: string | undefined;
};

/** Asks for a sheet; the next file this person attaches here without a word is taken for it. */
export async function askForSheet(
  asked: Asked,
  kind: BulkKind,
  others: readonly BulkKind[],
  { customer, service, option, problem }: Wanted,
): Promise<Reply> {
  const of = kind.works === 'on a customer' ? customer?.name : service?.ref;
  const head = ['bulk', kind.word, option].filter(Boolean).join(' ');
  const choose = kind.works === 'on a service' && service === undefined;
  // The file comes later, and another customer may be chosen by then.
  const whose = choose && customer !== undefined && asked.member.organization.kind !== 'customer';
  const command = [head, whose ? `for ${quoted(customer.name)}` : of].filter(Boolean).join(' ');
  const open = option === undefined ? kind.option : undefined;
  const words = [
    head,
    ...(open === undefined ? [] : [{ input: 'option' }]),
    ...(of === undefined ? [] : [of]),
    ...(choose ? [{ input: 'service', missing: chooseService }] : []),
  ];
  await expectFile(asked, command);
  const data = {
    organization: customer?.name,
    what: kind.summary,
    service: service && { service: service.ref, product: service.product },
    choose: choose ? datasetOf(kind) : undefined,
    option: open,
    command,
    columns: kind.columns,
    formats: FORMATS,
    maxRows: LARGEST_SHEET,
    maxFileMb: asked.settings.bulkMaxFileMb,
    withoutUnits: kind.works === 'on the provider',
    template: kind.template && `bulk ${kind.word} template`,
    others: others.map(({ word, summary }) => ({ title: summary, command: `bulk ${word}`.trim() })),
    problem,
  };
  return attachSheet(data, words);
}

/** Units that are short can be ordered from the preview. */
const datasetOf = ({ takesUnits }: BulkKind) =>
  takesUnits ? ('services' as const) : ('used-services' as const);

/** Makes the preview of a sheet, or asks for what is not known yet and keeps its rows until then. */
export async function previewOrAsk(
  asked: Asked,
  kind: BulkKind,
  word: string,
  sheet: Sheet,
  said: Said,
): Promise<Ready> {
  if (kind.works === 'on a service') return forService(asked, kind, word, sheet, said);
  const own = kind.works === 'on the provider' ? asked.member.organization : undefined;
  const named = own !== undefined || word === '' ? undefined : await customerNamed(asked, word);
  if (named?.kind === 'unclear') return question(named.reply);
  const refused = own === undefined && named === undefined ? await refusedHere(asked) : undefined;
  if (refused !== undefined) return question(refused);
  const customer = own ?? named?.customer ?? (await onlyCustomer(asked));
  if (customer !== undefined && (kind.option === undefined || said.option !== undefined)) {
    const target = { organizationId: customer.id, customer: customer.name, service: undefined };
    return previewSheet(asked, kind, target, said.option, sheet);
  }
  const organizationId = customer?.id ?? asked.member.organization.id;
  const job = await keep(asked, kind, sheet, organizationId, said.option);
  if (customer !== undefined && kind.option !== undefined)
    return question(whichOption(customer.name, sheet.fileName, job, kind.option));
  return question(whichCustomerForSheet(sheet.fileName, job, await customersOf(asked)));
}

const question = (reply: Reply): Ready => ({ job: undefined, reply });

/** The customer who was chosen, or the only one there is. */
export async function onlyCustomer(asked: Asked) {
  const chosen = await currentCustomer(asked);
  if (chosen !== undefined) return chosen;
  const [only, ...others] = await customersOf(asked);
  return others.length === 0 ? only : undefined;
}

async function forService(
  asked: Asked,
  kind: BulkKind,
  word: string,
  sheet: Sheet,
  { option }: Said,
): Promise<Ready> {
  if (word.includes('/')) {
    const made: Ready[] = [];
    const again = (ref: string) => ref;
    const reply = await withService(asked, word, again, async (view, service) => {
      const ready = await previewSheet(view, kind, targetAt(service), option, sheet);
      made.push(ready);
      return ready.reply;
    });
    return made[0] ?? question({ ...reply, wrong: { service: reply.text } });
  }
  const order = parseOrderNumber(asked.settings.orderPrefix, word);
  const refused = order === undefined ? await refusedHere(asked) : undefined;
  if (refused !== undefined) return question(refused);
  const text = order === undefined ? word : '';
  const units = kind.takesUnits ? 'free' : 'associated';
  const { services: found, more } = await servicesAnywhere(asked, { text, order, units });
  const [only, ...others] = found;
  if (only === undefined) return question(noFreeService(word, kind.takesUnits));
  if (word !== '' && others.length === 0) return forService(asked, kind, only.ref, sheet, { option });
  const customers = new Set(found.map(({ organization_id }) => organization_id));
  const [customer] = customers;
  const organizationId = customers.size === 1 && customer && !more ? customer : asked.member.organization.id;
  const job = await keep(asked, kind, sheet, organizationId, option);
  const dataset = kind.takesUnits ? 'free-services' : 'used-services';
  return question(whichServiceForSheet(sheet.fileName, job, { services: found, more }, dataset));
}

async function keep(
  asked: Asked,
  kind: BulkKind,
  sheet: Sheet,
  organizationId: number,
  option: string | undefined,
): Promise<number> {
  const job = await saveSheet(asked, kind, sheet, { organizationId, service: undefined, option });
  const rows = sheet.rows.map(({ number, cells }) => ({ number, cells }));
  await saveChunks(asked.db, job, chunksOf(rows, asked.settings.bulkBatchRows));
  return job;
}

/** The answer to "Which service is this sheet for?" */
export function answerService(asked: Asked, kind: BulkKind, job: JobRecord, ref: string): Promise<Reply> {
  const again = (other: string) => other;
  return withService(asked, ref, again, (view, service) => goOn(view, kind, { ...job, ...setBy(service) }));
}

const setBy = (service: FoundService) => ({
  organization_id: service.organization_id,
  customer: service.customer,
  service_id: service.id,
  number: service.number,
  position: service.position,
  product: service.product,
  max_units_per_user: service.max_units_per_user,
});

/** The answer to "Which customer is this sheet for?" */
export async function answerCustomer(
  asked: Asked,
  kind: BulkKind,
  job: JobRecord,
  id: number,
): Promise<Reply> {
  const customer = (await customersOf(asked)).find((one) => one.id === id);
  if (customer === undefined) return whichCustomerForSheet(job.file_name, job.id, await customersOf(asked));
  return goOn(asked, kind, { ...job, organization_id: customer.id, customer: customer.name });
}

/** The answer to what the kind itself asks. */
export function answerOption(asked: Asked, kind: BulkKind, job: JobRecord, option: string): Promise<Reply> {
  const known = kind.option?.choices.some(({ value }) => value === option);
  return goOn(asked, kind, known ? { ...job, option } : job);
}

/** Keeps what was answered and asks for what is still open, or shows the preview. */
async function goOn(asked: Asked, kind: BulkKind, job: JobRecord): Promise<Reply> {
  const { organization_id: organizationId, service_id: serviceId, option } = job;
  await setTarget(asked.db, job.id, { organizationId, serviceId, option });
  if (kind.option !== undefined && option === null)
    return whichOption(targetOf(job).customer, job.file_name, job.id, kind.option);
  return previewKept(asked, kind, job);
}
