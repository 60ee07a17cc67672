// The browser host's door: loopback only, one token, literal Host and Origin.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { servePage } from '../kernel/serve-page.ts';

export type LoopbackServer = {
  readonly origin: string;
  /** with the token in the fragment, which is never sent to any server */
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
};

const MAX_MESSAGE_BYTES = 16 << 20;
const sameSecret = (given: string, want: string): boolean => {
  const a = Buffer.from(given);
  const b = Buffer.from(want);
  return a.length === b.length && timingSafeEqual(a, b);
};

/**
 * Serves `rendererDir` and hands each accepted socket to `accept`. Port 0 picks a free one. `broken`: a socket sent what is no message
 * (too long, not UTF-8, no frame) and is closed; the others go on.
 */
export async function openLoopback(o: {
  rendererDir: string;
  port: number;
  accept: (socket: WebSocket) => void;
  broken: (error: Error) => void;
}): Promise<LoopbackServer> {
  const token = randomBytes(32).toString('base64url');
  let origin = '';
  // against DNS rebinding: only our literal Host, whatever name resolved to 127.0.0.1
  const isOurs = (req: IncomingMessage): boolean => req.headers.host === origin.slice('http://'.length);
  const server = createServer((req, res) => {
    if (!isOurs(req)) return void res.writeHead(421).end();
    if (req.method !== 'GET') return void res.writeHead(405, { allow: 'GET' }).end();
    const pathname = /^\/[^?#]*/.exec(req.url ?? '')?.[0];
    void (
      pathname ? servePage(o.rendererDir, pathname, origin.replace('http', 'ws')) : Promise.resolve(null)
    ).then((page) => {
      if (page) res.writeHead(200, { ...page.headers }).end(page.body);
      else
        res
          .writeHead(404, {
            'content-security-policy': "default-src 'none'",
            'x-content-type-options': 'nosniff',
          })
          .end();
    });
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: () => 'toride',
  });
  server.on('upgrade', (req, socket, head) => {
    socket.on('error', () => socket.destroy());
    // browsers cannot set headers on a WebSocket: the token rides as a subprotocol, never in a URL or a cookie
    const offered = (req.headers['sec-websocket-protocol'] ?? '').split(',').map((s) => s.trim());
    const given = offered.find((s) => s.startsWith('t.'))?.slice(2) ?? '';
    if (
      isOurs(req) &&
      req.url === '/api' &&
      req.headers.origin === origin &&
      offered.includes('toride') &&
      sameSecret(given, token)
    )
      sockets.handleUpgrade(req, socket, head, (ws) => {
        ws.on('error', o.broken);
        o.accept(ws);
      });
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(o.port, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    token,
    url: `${origin}/#t=${token}`,
    close: () =>
      new Promise((resolve) => {
        for (const ws of sockets.clients) ws.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
