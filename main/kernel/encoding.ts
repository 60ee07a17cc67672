const PROBE_BYTES = 1 << 16;
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'shift_jis' | 'euc-jp' | 'windows-1252';

/** What a source's first bytes are written in: by byte order mark, zero bytes, then what decodes without an error. */
export function detectEncoding(bytes: Uint8Array): Encoding {
  const probe = bytes.subarray(0, PROBE_BYTES);
  if (probe[0] === 0xff && probe[1] === 0xfe) return 'utf-16le';
  if (probe[0] === 0xfe && probe[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  probe.forEach((byte, i) => {
    if (byte === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even + odd > probe.length / 8 && Math.max(even, odd) > 8 * Math.min(even, odd))
    return odd > even ? 'utf-16le' : 'utf-16be';
  for (const encoding of ['utf-8', 'euc-jp', 'shift_jis'] as const)
    if (decodes(probe, encoding)) return encoding;
  return probe.some((byte) => byte >= 0x80 && byte < 0xa0) ? 'utf-8' : 'windows-1252';
}
/** What a person wrote with whatever editor (Notepad, PowerShell): without its byte order mark. */
export const textOf = (bytes: Uint8Array): string => new TextDecoder(detectEncoding(bytes)).decode(bytes);
function decodes(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    // a character cut at the end of the probe is no error
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
