// Encryption of a stream: AES-256-GCM in pieces, each with its number and whether it is the last, so that none can be left out or moved.
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import type { Bytes } from '../kernel/bytes.ts';
import { AppError } from '../kernel/errors.ts';

export const SEAL = Buffer.from('TORIDEB1');
const SALT_BYTES = 16;
const TAG_BYTES = 16;
const PIECE_BYTES = 1 << 20;
const LAST = 0x80000000;
/** 64 MB and a tenth of a second for each guess */
const COST = { N: 1 << 16, r: 8, p: 1, maxmem: 128 << 20 };

const keyOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFC'), salt, 32, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
const nonceOf = (piece: number): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(piece, 6, 6);
  return nonce;
};

/** A new salt for each file makes a new key, so that numbered nonces never meet again. */
export async function* sealed(source: AsyncIterable<Buffer>, passphrase: string): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const key = await keyOf(passphrase, salt);
  yield Buffer.concat([SEAL, salt]);
  let piece = 0;
  const close = (text: Buffer, isLast: boolean): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(((isLast ? LAST : 0) | text.length) >>> 0);
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(piece++)).setAAD(length);
    return Buffer.concat([length, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  };
  let held: Buffer[] = [];
  let size = 0;
  for await (const part of source) {
    for (let at = 0; at < part.length; ) {
      const taken = part.subarray(at, at + PIECE_BYTES - size);
      held.push(taken);
      size += taken.length;
      at += taken.length;
      if (size < PIECE_BYTES) continue;
      yield close(Buffer.concat(held), false);
      held = [];
      size = 0;
    }
  }
  yield close(Buffer.concat(held), true);
}

/** @throws `backup.passphrase` where the first piece does not open, RangeError where a later one does not or the last is missing */
export async function* unsealed(bytes: Bytes, passphrase: string | null): AsyncGenerator<Buffer> {
  await bytes.exactly(SEAL.length);
  if (passphrase === null) throw new AppError('backup.passphrase');
  const key = await keyOf(passphrase, await bytes.exactly(SALT_BYTES));
  for (let piece = 0; ; piece++) {
    const length = await bytes.exactly(4);
    const given = length.readUInt32BE();
    const size = given & ~LAST;
    if (size > PIECE_BYTES) throw new RangeError('a piece is too long');
    const text = await bytes.exactly(size);
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(piece)).setAAD(length);
    decipher.setAuthTag(await bytes.exactly(TAG_BYTES));
    try {
      const opened = Buffer.concat([decipher.update(text), decipher.final()]);
      if (opened.length > 0) yield opened;
    } catch (cause) {
      if (piece === 0) throw new AppError('backup.passphrase', {}, { cause });
      throw new RangeError('a piece was changed', { cause });
    }
    if ((given & LAST) !== 0) return;
  }
}
