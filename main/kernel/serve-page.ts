// Shared by app:// (Electron) and the loopback host: what may be served, and under which policy.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
};
const NONCE_SLOT = '__CSP_NONCE__';

/** `connect`: the one WebSocket origin of the browser host; null under Electron, where the API is a MessagePort. */
export const contentSecurityPolicy = (connect: string | null, nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    // elements need the nonce; attributes are what React and ECharts set on nodes they made
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src ${connect ?? "'none'"}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');

/** The file for a URL path, or null when it would leave `root`. */
export function resolveInside(root: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const file = path.resolve(root, `.${decoded === '/' ? '/index.html' : decoded}`);
  const relative = path.relative(root, file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? null : file;
}

export type Page = {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
};

/** A file of the renderer with its headers, or null: not there, or outside. Each load of a page gets its own nonce. */
export async function servePage(
  root: string,
  pathname: string,
  connect: string | null,
): Promise<Page | null> {
  const file = resolveInside(root, pathname);
  if (!file) return null;
  const raw = await readFile(file).catch(() => null);
  if (!raw) return null;
  const nonce = randomBytes(16).toString('base64');
  const body = file.endsWith('.html') ? Buffer.from(raw.toString('utf8').replaceAll(NONCE_SLOT, nonce)) : raw;
  return {
    body: new Uint8Array(body),
    headers: {
      'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy(connect, nonce),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=()',
      'cache-control': 'no-store',
    },
  };
}
