import { linkTo } from '../requests/file-trouble.ts';
import type { Loaded, Uploader } from './uploads.ts';

/** A post is tried again for some hours at most. */
const lookBack = 24 * 60 * 60;

/**
 * What of these files the bot has shared in this conversation before: by the try of a post that was killed before
 * it could be noted, or by an earlier drawing of a message. Slack knows no key for an upload, so a file of
 * the same name and size is taken for the same. What is left: Slack shares a file some time after it was
 * asked to (https://docs.slack.dev/reference/methods/files.getUploadURLExternal), so a try that follows
 * within those seconds does not see it yet, and shares it once more.
 */
export async function findShared(
  { client, identity, log }: Uploader,
  channel: string,
  files: readonly Loaded[],
  now = Date.now(),
): Promise<ReadonlyMap<Loaded, string | undefined>> {
  if (files.length === 0) return new Map();
  try {
    const { user } = await identity();
    const ts_from = String(Math.floor(now / 1_000) - lookBack);
    const { files: known = [] } = await client.files.list({ channel, user, ts_from, count: 100 });
    const pairs = files.flatMap((file) => {
      const same = known.find(
        ({ name, size }) => size !== undefined && name === file.name && size === sizeOf(file),
      );
      return same === undefined ? [] : [[file, same.permalink] as const];
    });
    return new Map(pairs);
  } catch (err) {
    log.warn({ err, channel }, 'Slack did not say which files are there');
    return new Map();
  }
}

/** Where to find files that hang under an earlier message, as mrkdwn. */
export function whereShared(shared: ReadonlyMap<Loaded, string | undefined>): string | undefined {
  const links = [...shared].flatMap(([{ name }, url]) => (url === undefined ? [] : [linkTo(url, name)]));
  return links.length === 0 ? undefined : `Attached before: ${links.join(', ')}`;
}

const sizeOf = ({ bytes }: Loaded): number | undefined =>
  typeof bytes === 'string' ? undefined : bytes.byteLength;
