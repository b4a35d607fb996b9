import type { OutFile } from '../../../chat/reply.ts';
import { slackWord } from '../answers/failures.ts';
import { HttpRefused } from '../answers/http-refused.ts';
import { escapeMrkdwn } from '../blocks/text.ts';
import type { FileUrl } from '../options.ts';

/** `gone`: no longer kept; else the reason as a part of a sentence, empty where nobody can do anything about it. */
export type Refused = { readonly file: OutFile; readonly why: 'gone' | Why };
type Why = { readonly words: string };

const tooLarge = 'it is too large for this workspace';
const notOutside = 'an admin keeps files out of channels shared with other organizations';

/** Source: https://docs.slack.dev/reference/methods/files.getUploadURLExternal and files.completeUploadExternal, errors */
const reasons: Readonly<Record<string, string>> = {
  missing_scope: 'an admin has yet to grant me files:write',
  file_uploads_disabled: 'this workspace takes no files',
  file_uploads_except_images_disabled: 'this workspace takes no files but pictures',
  file_type_not_allowed: 'this workspace takes no such files',
  file_upload_size_restricted: tooLarge,
  storage_limit_reached: 'this workspace has no room left for files',
  slack_connect_file_upload_sharing_blocked: notOutside,
  slack_connect_blocked_file_type: notOutside,
  not_in_channel: 'I am not in that channel',
};

export function whyRefused(error: unknown): Why {
  if (error instanceof HttpRefused && error.status === 413) return { words: tooLarge };
  return { words: reasons[slackWord(error) ?? ''] ?? '' };
}

/** What to say of files that were not shared, as mrkdwn: each is linked to, since Slack may refuse files for ever. */
export function troubleWith(
  { fileUrl }: { readonly fileUrl?: FileUrl | undefined },
  refused: readonly Refused[],
): string | undefined {
  const lines = refused.map(({ file, why }) =>
    why === 'gone' ? escapeMrkdwn(`No longer kept: ${file.name}.`) : instead(file, why, fileUrl),
  );
  return lines.length === 0 ? undefined : lines.join('\n');
}

function instead({ id, name }: OutFile, { words }: Why, fileUrl: FileUrl | undefined): string {
  const because = words === '' ? '' : `: ${words}`;
  const problem = escapeMrkdwn(`I could not attach ${name} here${because}.`);
  const url = fileUrl?.(id, name);
  if (url !== undefined) return `${problem} ${linkTo(url, name)} opens it for a while.`;
  return `${problem} Nor can I link to it: nobody told me my own address (PUBLIC_URL).`;
}

/** Source: https://docs.slack.dev/messaging/formatting-message-text#linking-urls */
export const linkTo = (url: string, label: string): string =>
  `<${escapeMrkdwn(url).replaceAll('|', '%7C')}|${escapeMrkdwn(label)}>`;
