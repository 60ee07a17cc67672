/** What sending a file to the engine in pieces takes, whatever it is sent for. */
import type { PlacedFile } from '../dropped-entries.ts';
import { EngineLost, type WordableError } from '../errors.ts';

const TRIES = 4;
const PAUSE_MS = 1500;

/** Sends a piece; a line to the engine that breaks meanwhile is waited for. */
export async function keepTrying<T>(send: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof EngineLost) || tries >= TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/**
 * A part of a file that was handed over, as base64. A browser refuses one that was written to since; what was only added to is opened
 * anew and read on. Rejects with error data of this code.
 */
async function readPart(
  { place, file, again }: PlacedFile,
  from: number,
  to: number,
  code: WordableError['code'],
): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      const now = tries > 1 && again ? await again() : file;
      if (now.size < file.size) throw new DOMException('shorter than it was', 'NotReadableError');
      return await toBase64(now.slice(from, to));
    } catch (thrown) {
      const detail = thrown instanceof DOMException ? thrown.name : String(thrown);
      if (!again || tries >= TRIES) throw { code, params: { file: place, detail } } satisfies WordableError;
    }
  }
}

type Part = { readonly end: number; readonly data: string };
/**
 * Reads a file part by part, from where one says: `bytes` of it at most, as base64, and where they end. While a part is on its way, the one
 * behind it is read already: reading and encoding take about as long as sending. Rejects with error data of this code.
 */
export function readParts(
  placed: PlacedFile,
  bytes: number,
  code: WordableError['code'],
): (from: number) => Promise<Part> {
  const { size } = placed.file;
  const read = (from: number) => {
    const end = Math.min(size, from + bytes);
    const data = readPart(placed, from, end, code);
    data.catch(() => {}); // whoever asks for it hears of it
    return { from, end, data };
  };
  let ahead: ReturnType<typeof read> | null = null;
  return async (from) => {
    const part = ahead?.from === from ? ahead : read(from);
    const data = await part.data;
    ahead = part.end < size ? read(part.end) : null;
    return { end: part.end, data };
  };
}

/** By the browser's own encoder, off this thread: through strings it took ten times as long and held up the page. */
export function toBase64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const address = String(reader.result);
      resolve(address.slice(address.indexOf(',') + 1));
    };
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** Works off what waits, one at a time; called again meanwhile, it goes on. `next`: the id of one that waits. */
export function oneByOne(next: () => string | undefined, send: (id: string) => Promise<void>) {
  let running = false;
  return async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      for (let id = next(); id !== undefined; id = next()) await send(id);
    } finally {
      running = false;
    }
  };
}
