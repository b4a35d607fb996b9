// What an import of organizations would do, in sentences for its preview.
import { percent } from '../../../../cards/format.ts';
import { titleOf } from '../../../../cards/organizations.ts';
import { countryName } from '../../organizations/countries.ts';
import { type ChangedField, type Columns, changedFields, type Decision, type World } from './rules.ts';

const MOST_NAMED = 5;
const MOST_NEW = 3;
/** Of a value, and of what is said of one organization: a preview shows 140 letters of a sentence. */
const MOST_LETTERS = 30;
const LONGEST_CHANGES = 95;

type Saved = Extract<Decision, { kind: 'new' | 'changed' }>;

/**
 * `Contoso: city Oslo → Bergen.` Of the first few; the others are counted. `showsMarkup`: nobody reads along who may not
 * know it.
 */
export function changesInWords(
  all: readonly Decision[],
  { byId }: Pick<World, 'byId'>,
  showsMarkup: boolean,
): string[] {
  const nameOf = (id: number | null) => (id === null ? '' : (byId.get(id)?.name ?? ''));
  const saved = all.filter((one): one is Saved => one.kind === 'new' || one.kind === 'changed');
  const made = saved.flatMap((one) => (one.kind === 'new' ? [one.columns.name] : []));
  const changed = saved.flatMap((one) => (one.kind === 'changed' ? [one] : []));
  const named = changed.slice(0, MOST_NAMED).map(({ before, columns }) => {
    const all = changedFields(before, columns).map((field) =>
      fieldInWords(field, before, columns, { nameOf, showsMarkup }),
    );
    const said = all.filter((_, index) => all.slice(0, index + 1).join(', ').length <= LONGEST_CHANGES);
    const more = all.length - said.length;
    return `${short(before.name)}: ${[...said, ...(more > 0 ? [`${more} more`] : [])].join(', ')}.`;
  });
  const others = changed.length - named.length;
  const news = made.slice(0, MOST_NEW).map(short);
  const otherNews = made.length - news.length;
  return [
    ...(news.length > 0
      ? [`New: ${[...news, ...(otherNews > 0 ? [`${otherNews} more`] : [])].join(', ')}.`]
      : []),
    ...named,
    ...(others > 0 ? [`${others} more ${others === 1 ? 'changes' : 'change'}.`] : []),
  ];
}

type How = { readonly nameOf: (id: number | null) => string; readonly showsMarkup: boolean };

function fieldInWords(
  field: ChangedField,
  before: Columns,
  now: Columns,
  { nameOf, showsMarkup }: How,
): string {
  if (field === 'markupBp')
    return showsMarkup ? `markup ${percent(before.markupBp)} → ${percent(now.markupBp)}` : 'markup';
  if (field === 'parentId') return `parent ${arrow(nameOf(before.parentId), nameOf(now.parentId))}`;
  if (field === 'externalId') return `external ID ${arrow(before.externalId, now.externalId)}`;
  return `${uncapitalized(titleOf(field))} ${arrow(textOf(field, before), textOf(field, now))}`;
}

function textOf(
  field: Exclude<ChangedField, 'markupBp' | 'parentId' | 'externalId'>,
  of: Columns,
): string | null {
  if (field === 'domains') return of.domains.join(' ');
  if (field === 'country') return of.country === null ? null : countryName(of.country);
  return of[field];
}

const arrow = (before: string | null, now: string | null): string => `${short(before)} → ${short(now)}`;

function short(text: string | null): string {
  const letters = [...(text ?? '')];
  if (letters.length === 0) return '–';
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…` : letters.join('');
}

/** `MPN ID` stays as it is. */
const uncapitalized = (title: string): string =>
  /^.[a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
