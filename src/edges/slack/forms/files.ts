// Windows that take a file.
import type { ModalView } from '@slack/types';
import type { FileForm, WantsFile } from '../../../chat/reply.ts';
import { plainText } from '../blocks/text.ts';

/** The field that takes a file. */
export const fileInput = 'quartermaster-file';

/** Slack takes no larger one there. Source: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
const largestFileMb = 10;

export function fileBlock({ text, form }: WantsFile): ModalView['blocks'][number] {
  const filetypes = form?.formats.map((format) => format.replace(/^\./, ''));
  return {
    type: 'input',
    block_id: fileInput,
    label: plainText('File'),
    hint: plainText(fileHint(text, form)),
    element: { type: 'file_input', action_id: fileInput, max_files: 1, ...(filetypes && { filetypes }) },
  };
}

/** The one size that holds here; what may be larger goes another way. */
function fileHint(text: string, form: FileForm | undefined): string {
  const most = Math.min(form?.maxFileMb ?? largestFileMb, largestFileMb);
  const what = form === undefined ? 'Up' : `${alternatives(form.formats)}, up`;
  const isAll = form !== undefined && form.maxFileMb <= most;
  return `${what} to ${most} MB.${isAll ? '' : ` Attach a larger one to a message to me, with: ${text}`}`;
}

const alternatives = (formats: readonly string[]): string =>
  formats.length < 2 ? formats.join('') : `${formats.slice(0, -1).join(', ')} or ${formats.at(-1)}`;

type Typed = Readonly<Record<string, string>>;

/** What is still to be filled in, by the field; nothing where all is there. */
export function missingFor(
  { form }: WantsFile,
  files: readonly object[],
  typed: Typed,
): Readonly<Record<string, string>> | undefined {
  const fields = (form?.words ?? []).flatMap((word) =>
    typeof word !== 'string' && word.missing !== undefined && !typed[word.input]?.trim()
      ? [[word.input, word.missing] as const]
      : [],
  );
  const missing = [...fields, ...(files.length === 0 ? [[fileInput, 'Choose a file.'] as const] : [])];
  return missing.length === 0 ? undefined : Object.fromEntries(missing);
}

/** What goes with the file. */
export function wordsWith({ text, form }: WantsFile, typed: Typed): string {
  if (form === undefined) return text;
  const words = form.words.map((word) =>
    typeof word === 'string' ? word : (typed[word.input] ?? '').trim(),
  );
  return words.filter((word) => word !== '').join(' ');
}
