/** What sending a file to the engine in pieces takes, whatever it is sent for. */
import { EngineLost } from '../errors.ts';

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

const CHUNK = 0x8000;
export async function toBase64(piece: Blob): Promise<string> {
  const bytes = new Uint8Array(await piece.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
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
