import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type LoopbackServer, openLoopback, openOnSamePort } from '../../../main/loopback/index.ts';
import { tempDir } from '../../helpers/temp.ts';

let server: LoopbackServer;
let accepted = 0;
beforeAll(async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'toride-pages-'));
  mkdirSync(path.join(dir, 'pages'));
  writeFileSync(path.join(dir, 'pages/index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  writeFileSync(path.join(dir, 'pages/app.js'), '1');
  writeFileSync(path.join(dir, 'secret.txt'), 'secret');
  server = await openLoopback({
    rendererDir: path.join(dir, 'pages'),
    port: 0,
    accept: (ws) => {
      accepted++;
      ws.close();
    },
    broken: () => {},
  });
});
afterAll(() => server.close());

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };
const get = (pathname: string, { headers = {}, method = 'GET' } = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.origin);
    request({ hostname, port, path: pathname, method, headers }, (res) => {
      let body = '';
      res.on('data', (d) => {
        body += String(d);
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }));
    })
      .on('error', reject)
      .end();
  });
/** 'open', or the HTTP status that refused it */
const knock = (
  o: { protocols?: string[]; origin?: string; host?: string; pathname?: string } = {},
): Promise<string> =>
  new Promise((resolve) => {
    const ws = new WebSocket(
      `${server.origin.replace('http', 'ws')}${o.pathname ?? '/api'}`,
      o.protocols ?? ['toride', `t.${server.token}`],
      {
        origin: o.origin ?? server.origin,
        ...(o.host ? { headers: { host: o.host } } : {}),
      },
    );
    ws.on('open', () => resolve('open'));
    ws.on('error', (error) => resolve(/\d{3}/.exec(error.message)?.[0] ?? error.message));
  });

describe('the socket', () => {
  it('opens for our own page with the token', async () => {
    expect(await knock()).toBe('open');
    expect(accepted).toBe(1);
  });
  it.each([
    ['no token', { protocols: ['toride'] }],
    ['a wrong token', { protocols: ['toride', 't.wrong'] }],
    ['an empty token', { protocols: ['toride', 't.'] }],
    ['no protocol', { protocols: ['other'] }],
    ['a page from elsewhere', { origin: 'https://evil.example' }],
    ['another port of this computer', { origin: 'http://127.0.0.1:1' }],
    ['a rebound name', { host: 'evil.example' }],
    ['another path', { pathname: '/api2' }],
  ])('is shut to %s', async (_who, o) => {
    expect(await knock(o)).toBe('403');
  });
  it('is shut to a token that is almost right', async () => {
    for (const near of [
      server.token.slice(0, -1),
      `${server.token}x`,
      server.token.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')),
    ])
      expect(await knock({ protocols: ['toride', `t.${near}`] })).toBe('403');
  });
});

it('a message that is none, or too long, closes its own socket and leaves the server to the others', async () => {
  const told: string[] = [];
  const own = await openLoopback({
    rendererDir: tempDir(),
    port: 0,
    accept: () => {},
    broken: (error) => told.push(error.message),
  });
  const open = (): Promise<WebSocket> =>
    new Promise((resolve, reject) => {
      const ws = new WebSocket(`${own.origin.replace('http', 'ws')}/api`, ['toride', `t.${own.token}`], {
        origin: own.origin,
      });
      ws.on('open', () => resolve(ws)).on('error', reject);
    });
  const closedBy = async (send: (ws: WebSocket) => void): Promise<number> => {
    const ws = await open();
    const closed = once(ws, 'close');
    send(ws);
    return (await closed)[0];
  };
  const other = await open();
  expect(await closedBy((ws) => ws.send('x'.repeat(17 << 20)))).toBe(1009);
  expect(await closedBy((ws) => ws.send(Buffer.from([0xff, 0xfe]), { binary: false }))).toBe(1007);
  expect(told).toHaveLength(2);
  expect(other.readyState).toBe(WebSocket.OPEN);
  await own.close();
});

describe('pages', () => {
  it('carry the strict policy, with a nonce of their own each time', async () => {
    const [one, two] = [await get('/'), await get('/')];
    const csp = String(one.headers['content-security-policy']);
    const nonce = /content="([^"]+)"/.exec(one.body)?.[1];
    expect(csp).toContain(`'nonce-${nonce}'`);
    expect(csp).toContain(`connect-src ${server.origin.replace('http', 'ws')}`);
    expect(csp).toContain("require-trusted-types-for 'script'");
    expect(csp).not.toMatch(/unsafe|\*|https?:\/\/(?!127)/);
    expect(one.body).not.toBe(two.body);
    expect(one.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(one.headers['set-cookie']).toBeUndefined();
  });
  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/%00',
    '/%',
    '//etc/passwd',
    '/nothing.js',
  ])('nothing outside is served: %s', async (pathname) => {
    const { status, body } = await get(pathname);
    expect([status, body]).toEqual([404, '']);
  });
  it('a rebound name is told that this is not its server', async () => {
    expect((await get('/', { headers: { host: 'evil.example' } })).status).toBe(421);
    expect((await get('/', { headers: { host: `localhost:${new URL(server.origin).port}` } })).status).toBe(
      421,
    );
  });
  it('only GET', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await get('/', { method })).status).toBe(405);
  });
});

it('listens on loopback alone', async () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((i) => i && !i.internal && i.family === 'IPv4');
  const address = outside?.address ?? '127.0.0.2'; // without a network card: another loopback address, which is not listened on either
  await expect(
    new Promise((resolve, reject) =>
      request({ host: address, port: new URL(server.origin).port, timeout: 2000 }, resolve)
        .on('error', reject)
        .end(),
    ),
  ).rejects.toThrow(/ECONNREFUSED/);
});
it('the token never stands in what a browser sends', () => {
  expect(new URL(server.url).hash).toContain(server.token);
  expect(new URL(server.url).search + new URL(server.url).pathname).not.toContain(server.token);
});
it('two starts have two tokens', async () => {
  const other = await openLoopback({ rendererDir: tempDir(), port: 0, accept: () => {}, broken: () => {} });
  expect(other.token).not.toBe(server.token);
  await other.close();
});

describe('the address', () => {
  const open = (dataDir: string) =>
    openOnSamePort(dataDir, { rendererDir: dataDir, port: 0, accept: () => {}, broken: () => {} });
  it('is that of the last start, under which the browser keeps what was chosen; another where it is taken', async () => {
    const dataDir = tempDir();
    const first = await open(dataDir);
    await first.close();
    const second = await open(dataDir);
    expect(second.origin).toBe(first.origin);
    expect(second.token).not.toBe(first.token);
    const beside = await open(dataDir);
    expect(beside.origin).not.toBe(first.origin);
    await Promise.all([second.close(), beside.close()]);
  });
  it('is chosen anew where what was kept of it is no port', async () => {
    const dataDir = tempDir();
    writeFileSync(path.join(dataDir, 'browser-port.txt'), '99999999');
    const server = await open(dataDir);
    expect(new URL(server.origin).hostname).toBe('127.0.0.1');
    await server.close();
  });
  it('opens where the port cannot be kept', async () => {
    const dataDir = tempDir();
    mkdirSync(path.join(dataDir, 'browser-port.txt'));
    const server = await open(dataDir);
    expect(new URL(server.origin).hostname).toBe('127.0.0.1');
    await server.close();
  });
});
