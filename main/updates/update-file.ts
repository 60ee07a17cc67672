import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { AppError } from '../kernel/errors.ts';

const VERSION = /^\d{1,5}\.\d{1,5}\.\d{1,5}$/;
const UpdateHead = z.strictObject({
  format: z.literal('toride-update'),
  version: z.string().regex(VERSION),
  /** such as `linux-x64` */
  platform: z.string().max(40),
  /** of the installer, without a folder */
  name: z.string().regex(/^[\w][\w .+-]{0,199}$/),
  bytes: z.number().int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type CheckedUpdate = z.infer<typeof UpdateHead>;
const LONGEST_HEAD = 4096;

/** A pair of ed25519 keys: the private one as PEM, the public one as `updateKey` of a policy. */
export function makeUpdateKey(): { readonly privateKey: string; readonly updateKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: String(privateKey.export({ format: 'pem', type: 'pkcs8' })),
    updateKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}

const hashOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest('hex');
};

/** Writes an installer as a signed update file. */
export async function signUpdate(o: {
  readonly installer: string;
  readonly version: string;
  readonly platform: string;
  /** PEM */
  readonly privateKey: string;
  readonly to: string;
}): Promise<CheckedUpdate> {
  const parsed = UpdateHead.safeParse({
    format: 'toride-update',
    version: o.version,
    platform: o.platform,
    name: path.basename(o.installer),
    bytes: statSync(o.installer).size,
    sha256: await hashOf(o.installer),
  });
  if (!parsed.success)
    throw new AppError('input.invalid', { detail: parsed.error.issues[0]?.path.join('.') ?? '' });
  const head = Buffer.from(JSON.stringify(parsed.data));
  const signature = sign(null, head, createPrivateKey(o.privateKey)).toString('base64');
  const parts = async function* (): AsyncGenerator<Buffer> {
    yield Buffer.concat([head, Buffer.from(`\n${signature}\n`)]);
    yield* createReadStream(o.installer) as AsyncIterable<Buffer>;
  };
  await pipeline(Readable.from(parts()), createWriteStream(o.to, { flags: 'wx', flush: true }));
  return parsed.data;
}

const numbers = (version: string): number[] => version.split('.').map(Number);
/** Whether a version such as `0.10.0` comes after another. */
export const isNewer = (version: string, than: string): boolean => {
  const [a, b] = [numbers(version), numbers(than)];
  const at = a.findIndex((n, i) => n !== b[i]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
};

/**
 * Reads an update file to its end.
 * @param write what to do with the installer's bytes as they are read; they count only once this has resolved
 * @throws `update.damaged`, `update.signature`, `update.older`, `update.platform`, `not-found`
 */
export async function readUpdate(o: {
  readonly file: string;
  readonly updateKey: string;
  readonly current: string;
  readonly platform: string;
  readonly write?: (body: AsyncIterable<Buffer>, head: CheckedUpdate) => Promise<void>;
}): Promise<CheckedUpdate> {
  const { file } = o;
  const damaged = (detail: string): AppError => new AppError('update.damaged', { file, detail });
  const whole = statSync(file, { throwIfNoEntry: false });
  if (!whole?.isFile()) throw new AppError('not-found', { what: file });
  const first: Buffer[] = [];
  for await (const part of createReadStream(file, { end: LONGEST_HEAD - 1 })) first.push(part as Buffer);
  const begin = Buffer.concat(first);
  const endOfHead = begin.indexOf('\n');
  const endOfSignature = begin.indexOf('\n', endOfHead + 1);
  if (endOfHead < 0 || endOfSignature < 0) throw damaged('no head');
  const raw = begin.subarray(0, endOfHead);
  const signature = Buffer.from(begin.subarray(endOfHead + 1, endOfSignature).toString('latin1'), 'base64');
  // before a byte of it is believed
  if (!verify(null, raw, publicKeyOf(o.updateKey), signature))
    throw new AppError('update.signature', { file });
  const head = UpdateHead.parse(JSON.parse(raw.toString('utf8')));
  if (head.platform !== o.platform)
    throw new AppError('update.platform', { platform: head.platform, own: o.platform });
  if (!isNewer(head.version, o.current))
    throw new AppError('update.older', { version: head.version, current: o.current });
  const start = endOfSignature + 1;
  if (whole.size - start !== head.bytes) throw damaged(`${whole.size - start} / ${head.bytes} bytes`);
  const hash = createHash('sha256');
  const body = async function* (): AsyncGenerator<Buffer> {
    for await (const part of createReadStream(file, { start }) as AsyncIterable<Buffer>) {
      hash.update(part);
      yield part;
    }
  };
  await (o.write ?? drain)(body(), head);
  if (hash.digest('hex') !== head.sha256) throw damaged('SHA-256');
  return head;
}

function publicKeyOf(updateKey: string) {
  try {
    return createPublicKey({ key: Buffer.from(updateKey, 'base64'), format: 'der', type: 'spki' });
  } catch (cause) {
    throw new AppError('update.no-key', {}, { cause });
  }
}
async function drain(body: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of body);
}
