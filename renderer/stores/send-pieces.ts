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
 * Bytes of a file that was handed over. A browser refuses one that was written to since; what was only added to is opened anew and
 * read on. Rejects with error data of this code.
 */
export async function readPiece(
  { place, file, again }: PlacedFile,
  from: number,
  to: number,
  code: WordableError['code'],
): Promise<Uint8Array<ArrayBuffer>> {
  for (let tries = 1; ; tries++) {
    try {
      const now = tries > 1 && again ? await again() : file;
      if (now.size < file.size) throw new DOMException('shorter than it was', 'NotReadableError');
      return new Uint8Array(await now.slice(from, to).arrayBuffer());
    } catch (thrown) {
      const detail = thrown instanceof DOMException ? thrown.name : String(thrown);
      if (!again || tries >= TRIES) throw { code, params: { file: place, detail } } satisfies WordableError;
    }
  }
}

/** By the browser's own encoder, off this thread: through strings it took ten times as long and held up the page. */
export function toBase64(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const address = String(reader.result);
      resolve(address.slice(address.indexOf(',') + 1));
    };
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([bytes]));
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
