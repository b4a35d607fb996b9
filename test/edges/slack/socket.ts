import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** The least of a WebSocket server (RFC 6455) that Slack's Socket Mode needs: one client, short text frames. */
export async function openSocketServer() {
  const heard: { frame: (text: string) => void } = { frame: () => {} };
  let client: Duplex | undefined;
  const server = createServer();
  const connected = new Promise<void>((done) => {
    server.on('upgrade', (request, socket) => {
      client = socket;
      socket.write(
        [
          'HTTP/1.1 101 Switching Protocols',
          'Upgrade: websocket',
          'Connection: Upgrade',
          `Sec-WebSocket-Accept: ${acceptOf(request.headers['sec-websocket-key'] ?? '')}`,
          '\r\n',
        ].join('\r\n'),
      );
      socket.on('data', (data: Buffer) => {
        if ((data[0] ?? 0) === 0x81) heard.frame(unmask(data));
        else if ((data[0] ?? 0) === 0x88) socket.end(Buffer.from([0x88, 0]));
      });
      socket.on('error', () => {});
      done();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    connected,
    send: (message: object) => client?.write(frameOf(JSON.stringify(message))),
    next: () =>
      new Promise<Record<string, unknown>>((done) => {
        heard.frame = (text) => done(JSON.parse(text));
      }),
    async close() {
      client?.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

const acceptOf = (key: string): string =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

function frameOf(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head =
    bytes.length < 126 ? [0x81, bytes.length] : [0x81, 126, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from(head), bytes]);
}

function unmask(frame: Buffer): string {
  const length = (frame[1] ?? 0) & 0x7f;
  const at = length === 126 ? 4 : 2;
  const size = length === 126 ? frame.readUInt16BE(2) : length;
  const mask = frame.subarray(at, at + 4);
  return Buffer.from(
    frame.subarray(at + 4, at + 4 + size).map((byte, index) => byte ^ (mask[index % 4] ?? 0)),
  ).toString();
}
