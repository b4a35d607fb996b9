// The mail room: one letter to one address, by SMTP.
import { createTransport, type SendMailOptions } from 'nodemailer';

export type Letter = {
  readonly to: string;
  /** The name shown as that of the sender; the bot's own where there is none. */
  readonly sender?: string | undefined;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly {
    readonly name: string;
    readonly contentType: string;
    readonly bytes: Uint8Array;
  }[];
  /** The same when the same letter is sent again: mail programs then show it once. */
  readonly key: string;
};

/** The server did not take the letter; `later` where it may take it another time. */
export class NotSent extends Error {
  override name = 'NotSent';
  readonly later: boolean;
  constructor(later: boolean, message: string, options?: ErrorOptions) {
    super(message, options);
    this.later = later;
  }
}

export type Mail = {
  send(letter: Letter): Promise<void>;
  /** Connects and logs in; gives what went wrong. */
  check(): Promise<string | undefined>;
  close(): void;
};

/**
 * Opens the way to an SMTP server: `smtp://user:password@host:587`, `smtps://…:465`. The sender is the
 * `from` of the address's query, else its user, else quartermaster at its host.
 */
export function openMail(url: string): Mail {
  const transport = createTransport(url);
  const from = senderOf(new URL(url));
  return {
    async send(letter) {
      const message: SendMailOptions = {
        from: { name: nameOf(letter.sender) || 'Quartermaster', address: from },
        to: { name: '', address: letter.to },
        subject: letter.subject,
        text: letter.text,
        messageId: `<${letter.key.replace(/[^\w.-]+/g, '.')}@${from.split('@')[1]}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        attachments: letter.attachments.map(({ name, contentType, bytes }) => ({
          filename: name,
          contentType,
          content: Buffer.from(bytes),
        })),
        // A letter is made of what the bot made itself; nothing in it may fetch anything else.
        disableFileAccess: true,
        disableUrlAccess: true,
      };
      await transport.sendMail(message).catch((error: unknown) => {
        throw notSent(error);
      });
    },
    check: () =>
      transport.verify().then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      ),
    close: () => transport.close(),
  };
}

/** No name brings a header of its own. */
const nameOf = (sender = ''): string => sender.replace(/\p{Cc}+/gu, ' ').trim();

function senderOf(url: URL): string {
  const user = decodeURIComponent(url.username);
  return url.searchParams.get('from') ?? (user.includes('@') ? user : `quartermaster@${url.hostname}`);
}

/** A reply of 5xx is final (RFC 5321, section 4.2.1); a wrong login is the operator's to mend, and is tried again. */
function notSent(error: unknown): NotSent {
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  const isFinal = code >= 500 && code !== 535 && code !== 530;
  return new NotSent(!isFinal, error instanceof Error ? error.message : String(error), { cause: error });
}
