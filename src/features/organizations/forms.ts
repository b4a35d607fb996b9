import { inputOf, MORE } from '../../../cards/organizations.ts';
import { type Asked, newOnce, scopeOf } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { readWords, type Word } from '../../chat/words.ts';
import { type Changed, changeOrganization, valuesOf } from './change.ts';
import { possibleParents } from './check.ts';
import { complete, createOrganization } from './create.ts';
import { withOrganization } from './details.ts';
import {
  changedMeanwhile,
  markupApart,
  mayNotChange,
  mayNotChangeFields,
  noSuchField,
  noSuchOrganization,
  organizationCard,
  organizationForm,
  organizationSaved,
} from './replies.ts';
import {
  fieldsNear,
  mayChange,
  mayCreate,
  maySetMarkup,
  missingForOrdering,
  parseSaid,
  type SaidField,
  seesMarkupOf,
} from './rules.ts';
import { seenOf } from './seen.ts';
import { loadDetails, type OrganizationDetails } from './store.ts';
import { FIELDS, type OrganizationErrors, type OrganizationValues } from './values.ts';
import { viewerHere } from './view.ts';

type Said = Partial<OrganizationValues>;
const isMore = (field: string) => MORE.some((one) => one === field);
/** A list of this many is still one to choose from. */
const MOST_PARENTS = 90;

/** `new organization [name]`; with fields, as in `country=SE`, it is carried out at once. */
export async function newOrganization(asked: Asked, words: readonly string[]): Promise<Reply> {
  const { name, values, unknown } = parseSaid(typedAs(asked, words));
  const said = { ...values, name: values.name ?? name };
  const [word] = unknown;
  if (word !== undefined) {
    const problem = noSuchField(word, fieldsNear(word, [...FIELDS, 'kind', 'parent']));
    return formOfNew(asked, said, { problem });
  }
  return Object.keys(values).length > 0 ? create(asked, said) : formOfNew(asked, said);
}

/** The words after the command, with what is known of their quotes. */
const typedAs = ({ text }: Asked, words: readonly string[]): readonly Word[] =>
  words.length === 0 ? [] : readWords(text).slice(-words.length);

/** The form that was sent. */
export async function submitNew(asked: Asked, said: Said): Promise<Reply> {
  return { ...(await create(asked, said)), position: 'instead' };
}

async function create(asked: Asked, said: Said): Promise<Reply> {
  const kind = said.kind || (mayCreate(asked.member.role)[0] ?? '');
  const created = await createOrganization(asked, { ...said, kind });
  if ('errors' in created) return formOfNew(asked, said, { errors: created.errors });
  const details = await loadDetails(asked.db, scopeOf(asked.member.organization), created.id);
  if (details === undefined) return noSuchOrganization(created.name);
  const sees = seesMarkupOf(asked.member, viewerHere(asked).seesMarkup, details);
  return organizationCard({
    details,
    markupBp: sees ? details.markupBp : undefined,
    missing: details.kind === 'customer' ? missingForOrdering(details) : [],
    mayChange: true,
    news: `${details.name} is created.`,
    setsMarkup: sees && maySetMarkup(asked.member, details),
  });
}

async function formOfNew(
  asked: Asked,
  said: Said,
  { problem, errors, more = hasMore(said, errors) }: Shown = {},
): Promise<Reply> {
  const kinds = mayCreate(asked.member.role);
  const parents = await possibleParents(asked, 'customer');
  const values = complete({ ...said, kind: said.kind || (kinds[0] ?? '') });
  const parent = values.parent || String(parents[0]?.id ?? '');
  const mayHaveMpnId = kinds.includes('reseller');
  return organizationForm({
    kinds: kinds.map((kind) => ({ title: KIND_TITLES[kind], value: kind })),
    parents: choicesOf(parents),
    shown: FIELDS.filter((field) => field !== 'mpnId' || mayHaveMpnId),
    values: { ...values, parent: values.parent === '' && parents.length > MOST_PARENTS ? '' : parent },
    problem,
    errors,
    more,
    once: newOnce(),
  });
}

const KIND_TITLES = { customer: 'Customer', reseller: 'Reseller' } as const;

function choicesOf(parents: readonly { readonly id: number; readonly name: string }[]) {
  if (parents.length > MOST_PARENTS) return 'too many' as const;
  return parents.map(({ id, name }) => ({ title: name, value: String(id) }));
}

/** `change organization contoso`; with fields, as in `city=Madrid`, it is carried out at once. */
export function changeCommand(asked: Asked, words: readonly string[]): Promise<Reply> {
  const { name, values, unknown } = parseSaid(typedAs(asked, words));
  return withOrganization(asked, name, 'change organization', async (of) => {
    if (mayChange(asked.member, of).length === 0) return mayNotChange(of.name);
    const problem = problemOf(asked, of, values, unknown);
    if (problem !== undefined) return formOfChange(asked, of, values, { problem });
    return Object.keys(values).length > 0 ? change(asked, of, values) : formOfChange(asked, of, {}, {});
  });
}

/** What was typed and can't be carried out is said; nothing else is saved without it. */
function problemOf(
  { member }: Asked,
  of: OrganizationDetails,
  values: Said,
  unknown: readonly string[],
): string | undefined {
  const may: readonly SaidField[] = mayChange(member, of);
  const typed = Object.keys(values) as SaidField[];
  const isMarkup = (word: string) => word.toLowerCase() === 'markup';
  const setsMarkup = maySetMarkup(member, of);
  const forbidden = typed.filter((field) => !may.includes(field));
  const refused = unknown.some(isMarkup) && !setsMarkup ? ([...forbidden, 'markup'] as const) : forbidden;
  const word = unknown.find((one) => !isMarkup(one));
  const said = [
    ...(refused.length > 0 ? [mayNotChangeFields(refused)] : []),
    ...(unknown.some(isMarkup) && setsMarkup ? [markupApart(of.name)] : []),
    ...(word === undefined ? [] : [noSuchField(word, fieldsNear(word, may))]),
  ];
  return said.length === 0 ? undefined : said.join(' ');
}

/** The form that was sent. What was not on it stays as it is; what was left empty on it becomes empty. */
export async function submitChange(asked: Asked, id: number, said: Said, seen: string): Promise<Reply> {
  const of = await loadDetails(asked.db, scopeOf(asked.member.organization), id);
  const reply = of === undefined ? noSuchOrganization(String(id)) : await change(asked, of, said, seen);
  return { ...reply, position: 'instead' };
}

async function change(asked: Asked, of: OrganizationDetails, said: Said, seen?: string): Promise<Reply> {
  const outcome = await changeOrganization(asked, of.id, said, seen);
  switch (outcome.kind) {
    case 'forbidden':
      return mayNotChange(of.name);
    case 'wrong':
      return formOfChange(asked, of, said, { errors: outcome.errors, seen });
    case 'moved on':
      return formOfMoved(asked, outcome.of, said, outcome.since);
    case 'saved':
      return organizationSaved({
        name: outcome.of.name,
        changes: outcome.changes,
        missing: outcome.of.kind === 'customer' ? missingForOrdering(outcome.of) : [],
      });
  }
}

/** The form with what others changed since it was opened; what was typed here stays as typed. */
function formOfMoved(asked: Asked, of: OrganizationDetails, said: Said, since: Since): Promise<Reply> {
  const now = { ...valuesOf(of), parent: of.parent ?? '' };
  const errors = Object.fromEntries(
    since.map(({ field, typed }) => [field, changedMeanwhile(now[field], typed)]),
  );
  const untouched = new Set<string>(since.flatMap(({ field, typed }) => (typed ? [] : [field])));
  const typed = Object.fromEntries(Object.entries(said).filter(([field]) => !untouched.has(field)));
  return formOfChange(asked, of, typed, { errors });
}
type Since = Extract<Changed, { kind: 'moved on' }>['since'];

type Shown = {
  readonly problem?: string;
  readonly errors?: OrganizationErrors | undefined;
  readonly more?: boolean;
  readonly seen?: string | undefined;
};

/** `seen` is what stood in the form at first, where this is not the first one. */
async function formOfChange(
  asked: Asked,
  of: OrganizationDetails,
  said: Said,
  { problem, errors, more, seen }: Shown,
): Promise<Reply> {
  const may = mayChange(asked.member, of);
  const kept = valuesOf(of);
  const parents = may.includes('parent') ? choicesOf(await possibleParents(asked, 'customer')) : [];
  const parent = parents === 'too many' ? (of.parent ?? '') : kept.parent;
  const values = { ...kept, parent, ...said };
  const shown = may.filter((field) => field !== 'parent');
  return organizationForm({
    id: of.id,
    organization: of.name,
    kinds: [],
    parents,
    shown,
    values,
    problem,
    errors,
    more:
      more ?? shown.some((field) => isMore(field) && (values[field] !== '' || errors?.[field] !== undefined)),
    seen: seen || seenOf(kept),
    once: newOnce(),
  });
}

/** The form again, with what was typed and all fields. */
export async function openMore(asked: Asked, id: number, said: Said, seen: string): Promise<Reply> {
  const of = id === 0 ? undefined : await loadDetails(asked.db, scopeOf(asked.member.organization), id);
  if (id !== 0 && (of === undefined || mayChange(asked.member, of).length === 0)) {
    return { ...noSuchOrganization(String(id)), position: 'instead' };
  }
  const form =
    of === undefined
      ? formOfNew(asked, said, { more: true })
      : formOfChange(asked, of, said, { more: true, seen });
  return { ...(await form), position: 'instead' };
}

const hasMore = (said: Said, errors: OrganizationErrors = {}): boolean =>
  MORE.some((field) => (said[field] ?? '') !== '' || errors[field] !== undefined);

/** What a form sent, by the ids of its inputs: a field that was on it and is not there was left empty. */
export function saidOf(sent: Readonly<Record<string, string | undefined>>, more: boolean): Said {
  const asked = FIELDS.filter((field) => more || !isMore(field));
  const fields = Object.fromEntries(asked.map((field) => [field, sent[inputOf(field)] ?? '']));
  return { ...fields, ...(sent.kind && { kind: sent.kind }), ...(sent.parent && { parent: sent.parent }) };
}
