/** Which files of a folder are taken for logs: told alike where they are dropped and where they are followed. */

/** a file whose name says nothing is looked into: so many bytes of its beginning */
export const LOG_LOOK_BYTES = 4096;

/** What logs are called, packed or rotated too. */
export const isLogName = (name: string): boolean =>
  /\.(?:log|txt|out|err|jsonl|ndjson|json|csv|gz|zst|zip|tar|tgz|xz|bz2)(?:\.\d+)?$/i.test(name);

/** A zero byte says that it is no text, unless it is UTF-16 (told by its mark), gzip, zstd, zip or tar. `head`: a file's first bytes. */
export function isLogText(head: Uint8Array): boolean {
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) return true;
  if (begins(0x28, 0xb5, 0x2f, 0xfd)) return true;
  if (begins(0x1f, 0x8b) || begins(0x50, 0x4b, 0x03, 0x04)) return true;
  if ([0x75, 0x73, 0x74, 0x61, 0x72].every((byte, i) => head[257 + i] === byte)) return true;
  return !head.subarray(0, LOG_LOOK_BYTES).includes(0);
}
