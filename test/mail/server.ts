/** A real SMTP server that keeps what it gets. */
import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Received = { readonly to: string[]; readonly from: string; readonly raw: string };

export type Mailbox = {
  readonly received: readonly Received[];
  readonly url: string;
  /** Answers with this code from now on; with nothing, takes letters again. */
  refuse(code: number | undefined): void;
  /** Resolves with the next letter that fits, or one that came already. */
  waitFor(fits: (letter: Received) => boolean): Promise<Received>;
  close(): Promise<void>;
};

export async function openMailbox(refuseWith?: number): Promise<Mailbox> {
  const received: Received[] = [];
  const changes = new EventEmitter().setMaxListeners(0);
  let code = refuseWith;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, callback) {
      if (code === undefined) return callback();
      return callback(Object.assign(new Error('No such mailbox'), { responseCode: code }));
    },
    onData(stream, session, callback) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          to: rcptTo.map(({ address }) => address),
          from: mailFrom === false ? '' : mailFrom.address,
          raw: Buffer.concat(parts).toString(),
        });
        callback();
        changes.emit('change');
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    received,
    url: `smtp://127.0.0.1:${port}`,
    refuse(next) {
      code = next;
    },
    async waitFor(fits) {
      for (;;) {
        const found = received.find(fits);
        if (found !== undefined) return found;
        await once(changes, 'change');
      }
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A header of a letter, unfolded. */
export function header({ raw }: Received, name: string): string | undefined {
  const [head = ''] = raw.split('\r\n\r\n');
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return lines
    .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}: `))
    ?.slice(name.length + 2);
}

/** The text of a letter without files. */
export function textOf({ raw }: Received): string {
  const at = raw.indexOf('\r\n\r\n');
  const body = raw.slice(at + 4);
  const quoted = /^content-transfer-encoding: quoted-printable/im.test(raw.slice(0, at));
  const plain = quoted ? unquoted(body) : body;
  return plain.replaceAll('\r\n', '\n').trim();
}

function unquoted(body: string): string {
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
