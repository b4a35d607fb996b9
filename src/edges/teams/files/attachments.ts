import type { Activity } from 'botbuilder';
import type { Attachment } from '../../../chat/inbound.ts';
import { digText } from '../requests/request.ts';
import { download } from './download.ts';

/** Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 */
const FILE = 'application/vnd.microsoft.teams.file.download.info';

/**
 * The files of a message. Teams hands them over in personal chats only, by a link that needs no token; a
 * client on this machine may also link to a file of its own.
 */
export function attachmentsOf(activity: Activity, local: boolean): Attachment[] {
  return (activity.attachments ?? []).flatMap(({ contentType, contentUrl, content, name }) => {
    const url =
      contentType === FILE ? digText(content, 'downloadUrl') : local && isFile(contentType) && contentUrl;
    if (!url) return [];
    const title = name ?? 'The file';
    return [{ name: title, read: (limit: number) => download({ name: title, url, limit, local }) }];
  });
}

/** Not a card, and not the HTML form of the message itself, which comes along with it. */
const isFile = (contentType: string): boolean =>
  contentType !== 'text/html' && !contentType.startsWith('application/vnd.microsoft.');
