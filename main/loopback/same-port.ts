import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type LoopbackServer, openLoopback } from './server.ts';

/** Beside the data: a browser keeps what a person chose (filters, range, language) under the address, and the port is part of it. */
const FILE = 'browser-port.txt';

/**
 * A server on a free port (`port` 0) takes the one of the last start on this data, where it is free, so that the page finds what the
 * browser kept for it. A port that was asked for is that one or an error.
 */
export async function openOnSamePort(
  dataDir: string,
  o: Parameters<typeof openLoopback>[0],
): Promise<LoopbackServer> {
  if (o.port !== 0) return openLoopback(o);
  const file = path.join(dataDir, FILE);
  const last = lastPort(file);
  const server = await openLoopback({ ...o, port: last }).catch((thrown: unknown) => {
    if (last === 0) throw thrown;
    return openLoopback(o);
  });
  keepPort(file, new URL(server.origin).port);
  return server;
}

/** A disk that is full keeps nobody from the page. */
function keepPort(file: string, port: string): void {
  try {
    writeFileSync(file, port);
  } catch {
    // the next start opens on another port
  }
}
/** 0: none is known. */
function lastPort(file: string): number {
  try {
    const port = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : 0;
  } catch {
    return 0;
  }
}
