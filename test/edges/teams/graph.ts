/**
 * The part of Microsoft Graph by which files of messages are read, as Microsoft documents it, on this machine; and SharePoint
 * beside it, which gives files to who knows their link.
 * Source: https://learn.microsoft.com/graph/api/chatmessage-get, https://learn.microsoft.com/graph/api/shares-get,
 * https://learn.microsoft.com/graph/api/driveitem-get-content, https://learn.microsoft.com/graph/api/channel-get-filesfolder,
 * https://learn.microsoft.com/graph/api/drive-get
 */
import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import { listen } from './listen.ts';

export const GRAPH_TOKEN = 'token-for-graph';
type Asked = {
  readonly at: 'graph' | 'sharepoint';
  readonly path: string;
  readonly token: string | undefined;
};
type Problem = { readonly status: number; readonly code: string };

/** The files of the channel, and those of another team. */
export const CHANNEL_DRIVE = 'drive-of-channel';
export const OTHER_DRIVE = 'drive-of-managers';
/** The OneDrive of somebody. */
export const driveOf = (user: string): string => `drive-of-${user}`;

export async function openGraphServer(t: TestContext) {
  const asked: Asked[] = [];
  const files = new Map<string, string>();
  const messages = new Map<string, object>();
  const problems = new Map<string, Problem>();
  /** Where a file is said to be: elsewhere than it is asked for. */
  const moved = new Map<string, string>();
  /** In which drive a file lies. */
  const drives = new Map<string, string>();
  const owners: Record<string, object> = {
    [CHANNEL_DRIVE]: { driveType: 'documentLibrary', owner: { group: { id: 'group-of-sales' } } },
    [OTHER_DRIVE]: { driveType: 'documentLibrary', owner: { group: { id: 'group-of-managers' } } },
    [driveOf('aad-alice')]: { driveType: 'business', owner: { user: { id: 'aad-alice' } } },
    [driveOf('aad-bob')]: { driveType: 'business', owner: { user: { id: 'aad-bob' } } },
  };

  const sharepoint = createServer(({ url = '', headers }, response) => {
    asked.push({ at: 'sharepoint', path: url, token: headers.authorization });
    const content = files.get(decodeURI(new URL(url, 'http://sharepoint').pathname));
    // Without its key a link opens nothing; with a token of another service neither.
    const mayOpen = url.includes('tempauth=') && headers.authorization === undefined;
    response.statusCode = mayOpen ? (content === undefined ? 404 : 200) : 401;
    response.end(mayOpen ? content : '');
  });
  const drive = await listen(sharepoint);
  t.after(drive.close);
  const root = `http://127.0.0.1:${drive.port}`;

  const graph = createServer(({ url = '', method, headers }, response) => {
    asked.push({ at: 'graph', path: url, token: headers.authorization });
    const answer = (status: number, body: object, more: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...more });
      response.end(JSON.stringify(body));
    };
    const refuse = ({ status, code }: Problem) => answer(status, { error: { code, message: code } });
    const path = decodeURIComponent(url);
    if (method !== 'GET') return refuse({ status: 405, code: 'Request_BadRequest' });
    if (headers.authorization !== `Bearer ${GRAPH_TOKEN}`)
      return refuse({ status: 401, code: 'InvalidAuthenticationToken' });
    const problem = [...problems].find(([part]) => path.includes(part))?.[1];
    if (problem !== undefined) return refuse(problem);
    const message = messages.get(path);
    if (message !== undefined) return answer(200, message);
    const { pathname } = new URL(path, 'http://graph');
    const found = (body: object | undefined) =>
      body === undefined ? refuse({ status: 404, code: 'itemNotFound' }) : answer(200, body);
    if (/^\/v1\.0\/teams\/[^/]+\/channels\/[^/]+\/filesFolder$/.test(pathname)) {
      return answer(200, { id: 'folder', parentReference: { driveId: CHANNEL_DRIVE } });
    }
    const [, share] = /^\/v1\.0\/shares\/u!([\w-]+)\/driveItem$/.exec(pathname) ?? [];
    if (share !== undefined) {
      const shared = Buffer.from(share, 'base64url').toString();
      const file = shared.startsWith(root) ? decodeURI(shared.slice(root.length)) : '';
      return found(
        files.has(file) ? { id: file, parentReference: { driveId: drives.get(file) } } : undefined,
      );
    }
    const [, drive = '', item] = /^\/v1\.0\/drives\/([^/]+)(?:\/items\/(.+)\/content)?$/.exec(pathname) ?? [];
    if (item === undefined) return found(owners[drive]);
    const file = decodeURI(item);
    if (!files.has(file) || drives.get(file) !== drive) return refuse({ status: 404, code: 'itemNotFound' });
    return answer(302, {}, { location: moved.get(file) ?? `${root}${encodeURI(file)}?tempauth=secret` });
  });
  const { port, close } = await listen(graph);
  t.after(close);

  return {
    base: `http://127.0.0.1:${port}`,
    asked,
    moved,
    /** Whatever has this in its path is refused. */
    refuse: (part: string, status: number, code: string) => void problems.set(part, { status, code }),
    /** Keeps a file in SharePoint or in somebody's OneDrive; gives it as a message refers to it. */
    file(name: string, content: string, drive = driveOf('aad-alice')) {
      const path = `/sites/sales/Orders/${name}`;
      files.set(path, content);
      drives.set(path, drive);
      const id = `id-of-${name}`;
      return {
        id,
        contentType: 'reference',
        contentUrl: root + encodeURI(path),
        content: null,
        name,
        thumbnailUrl: null,
      };
    },
    /** Keeps a message under its path. */
    message(path: string, attachments: readonly object[]) {
      const content = '<div><at id="0">Quartermaster</at> bulk</div>';
      messages.set(`/v1.0${path}`, { id: '1', body: { contentType: 'html', content }, attachments });
    },
  };
}
