export type ReadFile =
  | { readonly kind: 'read'; readonly title: string; readonly text: string }
  | { readonly kind: 'not-text' | 'wrong-kind'; readonly name: string };

/** A dropped .md or .txt as text: UTF-8, or Shift_JIS as Windows' Notepad used to write it. */
export async function readKnowHowFile(file: File): Promise<ReadFile> {
  if (!/\.(md|markdown|txt)$/i.test(file.name)) return { kind: 'wrong-kind', name: file.name };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = decode(bytes);
  if (text === null) return { kind: 'not-text', name: file.name };
  const heading = /^#\s+(.+)$/m.exec(text)?.[1]?.trim();
  return { kind: 'read', title: (heading || file.name.replace(/\.[^.]+$/, '')).slice(0, 300), text };
}

function decode(bytes: Uint8Array<ArrayBuffer>): string | null {
  if (bytes.includes(0)) return null;
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // not in this encoding
    }
  }
  return null;
}
