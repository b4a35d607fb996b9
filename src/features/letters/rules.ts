/** How values get into a letter, and what a text must and may not hold. */
import { type Field, LETTERS, type LetterName, type Template, type Text } from './templates.ts';

export const LONGEST_SUBJECT = 150;
export const LONGEST_BODY = 3000;

/** `{{portalUrl}}`, or `{{portalUrl|we tell you where}}`: what stands after the bar is there where there is no value. */
const PLACEHOLDER = /\{\{\s*([\w-]+)\s*(?:\|([^{}\n]*))?\}\}/g;
const WITH_SPACE = new RegExp(` ?${PLACEHOLDER.source}`, 'g');

export type Values = Readonly<Record<string, string>>;

/**
 * The letter with its values. Each is put in once and as it is: what looks like a field in a value stays as it is. A line
 * of which no field has a value, nor words instead of one, is left out.
 */
export function fill({ subject, body }: Text, { fields }: Pick<Template, 'fields'>, values: Values): Text {
  const value = (name: string) =>
    valueIn(
      fields.find((field) => field.name === name),
      values,
    );
  return {
    subject: oneLine(put(subject, (name) => oneLine(value(name)))),
    body: body
      .split('\n')
      .filter((line) => hasSomething(line, value))
      .map((line) => put(line, value))
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  };
}

/** With the whole name of a person, of whom the first or the last name may be all that is known. */
export function withName(values: Values): Values {
  const { firstName = '', lastName = '' } = values;
  return { name: `${firstName} ${lastName}`.trim(), ...values };
}

const namesIn = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);

function hasSomething(line: string, value: (name: string) => string): boolean {
  const fields = [...line.matchAll(PLACEHOLDER)];
  return fields.length === 0 || fields.some(([, name = '', or = '']) => (value(name) || or.trim()) !== '');
}

/** What has no value takes the space before it along. */
function put(line: string, value: (name: string) => string): string {
  return line
    .replace(WITH_SPACE, (found, name: string, or: string = '') => {
      const text = value(name) || or.trim();
      return text === '' ? '' : `${found.startsWith(' ') ? ' ' : ''}${text}`;
    })
    .trimEnd();
}

function valueIn(field: Field | undefined, values: Values): string {
  const value = field === undefined ? '' : (values[field.name] ?? '');
  return field?.lines ? manyLines(value) : oneLine(value);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
/** No value begins a line of its own: in a subject that would be a header, in a text a sentence of ours. */
const oneLine = (text: string): string => text.replace(CONTROL, ' ').replace(/ {2,}/g, ' ').trim();
const manyLines = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map(oneLine)
    .join('\n')
    .trim();

/** The values of the preview. */
export const samplesOf = ({ fields }: Pick<Template, 'fields'>): Values =>
  Object.fromEntries(fields.map(({ name, sample }) => [name, sample]));

/** A letter with a value that must not be kept is not kept. */
export const isSecret = ({ fields }: Pick<Template, 'fields'>, values: Values): boolean =>
  fields.some(({ name, secret }) => secret === true && (values[name] ?? '') !== '');

export type Problems = { readonly subject: readonly string[]; readonly body: readonly string[] };

/** What is wrong with a text, one sentence each. */
export function problemsOf({ fields }: Pick<Template, 'fields'>, text: Text): Problems {
  const missing = fields.filter(
    ({ name, needed }) => needed && !namesIn(`${text.subject}\n${text.body}`).includes(name),
  );
  const shown = fields.filter(({ name, secret }) => secret && namesIn(text.subject).includes(name));
  return {
    subject: [
      ...lengthOf('subject', text.subject, LONGEST_SUBJECT),
      ...(/[\r\n]/.test(text.subject) ? ['The subject is one line.'] : []),
      ...unknown(fields, text.subject),
      ...shown.map(({ name }) => `{{${name}}} may not stand in the subject, which others can read.`),
    ],
    body: [
      ...lengthOf('text', text.body, LONGEST_BODY),
      ...unknown(fields, text.body),
      ...missing.map(({ name }) => `The letter needs {{${name}}}; without it, it is of no use.`),
    ],
  };
}

export const isRight = ({ subject, body }: Problems): boolean => subject.length + body.length === 0;

function lengthOf(what: string, text: string, most: number): string[] {
  if (text.trim() === '') return [`The ${what} is empty.`];
  return text.length > most ? [`The ${what} has ${text.length} characters; ${most} fit.`] : [];
}

function unknown(fields: readonly Field[], text: string): string[] {
  const known = fields.map(({ name }) => name);
  const strange = [...new Set(namesIn(text))].filter((name) => !known.includes(name));
  const rest = text.replace(PLACEHOLDER, '');
  return [
    ...strange.map((name) => `There is no field {{${name}}} in this letter.`),
    ...(/\{\{|\}\}/.test(rest) ? ['A field is written with two braces on both sides: {{company}}.'] : []),
  ];
}

/** The letters whose names hold what was typed. */
export function lettersWith(words: readonly string[]): readonly LetterName[] {
  const typed = words.map((word) => word.toLowerCase());
  return LETTERS.filter((name) => typed.every((word) => name.includes(word)));
}
