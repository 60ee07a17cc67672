import { AppError } from '../../kernel/errors.ts';

/** How much of a file's beginning tells what it is. */
export const HEAD_BYTES = 512;

const starts = (head: Buffer, ...bytes: readonly number[]): boolean => bytes.every((b, i) => head[i] === b);
const ARCHIVES: readonly (readonly [string, readonly number[]])[] = [
  ['ZIP', [0x50, 0x4b, 0x03, 0x04]],
  ['gzip', [0x1f, 0x8b]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58]],
  ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
  ['RAR', [0x52, 0x61, 0x72, 0x21]],
  ['bzip2', [0x42, 0x5a, 0x68]],
];
/** Formats of before GGUF, as their first four bytes read. */
const OLD_MAGICS = ['lmgg', 'tjgg', 'fmgg', 'algg', 'GGML', 'ggml', 'ggjt', 'ggmf', 'ggla'];

/**
 * Why a file that should be a GGUF file is none, by its first bytes: the mistakes that happen on the way to a laptop without a
 * network each have their own next step. null: it begins like one.
 */
export function whyNotGguf(head: Buffer, size: number): AppError | null {
  if (size === 0) return new AppError('models.bad-empty');
  const latin = head.toString('latin1');
  if (latin.startsWith('GGUF')) return size < 24 ? new AppError('models.bad-cut-header', { at: size }) : null;
  if (latin.startsWith('version https://git-lfs')) return new AppError('models.bad-lfs-pointer');
  const archive = ARCHIVES.find(([, magic]) => starts(head, ...magic))?.[0];
  if (archive) return new AppError('models.bad-archive', { kind: archive });
  if (latin.slice(257, 262) === 'ustar') return new AppError('models.bad-archive', { kind: 'tar' });
  if (OLD_MAGICS.includes(latin.slice(0, 4))) return new AppError('models.bad-old-format');
  if (head.every((b) => b === 0)) return new AppError('models.bad-blank');
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
    .toLowerCase();
  if (/^(<!doctype|<html|<\?xml|<head|\{\s*"(error|message|detail|status))/.test(text))
    return new AppError('models.bad-web-page');
  if (head[8] === 0x7b && head.length > 9) {
    const length = head.readUInt32LE(0) + head.readUInt32LE(4) * 0x1_0000_0000;
    if (length > 1 && length < size) return new AppError('models.bad-other-format', { kind: 'safetensors' });
  }
  if (head[0] === 0x80 && (head[1] ?? 9) <= 5)
    return new AppError('models.bad-other-format', { kind: 'PyTorch' });
  if ('gguf'.startsWith(latin.toLowerCase().slice(0, 4)))
    return new AppError('models.bad-cut-header', { at: size });
  return new AppError('models.bad-not-gguf');
}
