import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Seals what must not be read by whoever gets hold of the database alone. */
export type Keys = {
  /** `about` says what it belongs to: put elsewhere it does not open. */
  seal(text: string, about: string): string;
  /** Nothing where none of the keys opens it. */
  open(sealed: string, about: string): string | undefined;
  /** Whether it is sealed with the key that seals now. */
  isCurrent(sealed: string): boolean;
};

type Key = { readonly id: string; readonly bytes: Buffer };

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The first secret seals; all of them open, so that one can be replaced by another. */
export function keysOf(secrets: readonly [string, ...string[]]): Keys {
  const [current, ...older] = secrets.map(keyOf) as [Key, ...Key[]];
  const byId = new Map([current, ...older].map((key) => [key.id, key]));
  return {
    seal(text, about) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, current.bytes, iv).setAAD(Buffer.from(about));
      const bytes = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${current.id}.${bytes.toString('base64url')}`;
    },
    open(sealed, about) {
      const [id = '', text = ''] = sealed.split('.');
      const key = byId.get(id);
      return key && opened(key, Buffer.from(text, 'base64url'), about);
    },
    isCurrent: (sealed) => sealed.startsWith(`${current.id}.`),
  };
}

/** The id says which key it is, and nothing of the key. */
function keyOf(secret: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', 'quartermaster: what is sealed at rest', 32));
  const id = createHash('sha256').update('id').update(bytes).digest('base64url').slice(0, 8);
  return { id, bytes };
}

function opened(key: Key, bytes: Buffer, about: string): string | undefined {
  if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}
