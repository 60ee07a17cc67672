const KEEP_CHARS = 4000;

/** Keeps the end of a stream: what a process said before it died. */
export function keepTail(stream: NodeJS.ReadableStream | null): () => string {
  let tail = '';
  stream?.on('data', (chunk: Buffer | string) => {
    tail = (tail + String(chunk)).slice(-KEEP_CHARS);
  });
  return () => tail;
}
