import { isTimeZone } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { Connection } from './contract/company.ts';
import type { CompanyAddress } from './types.ts';

/**
 * `mysql://user:password@host:3306/database?tls=off|on|verify&timeZone=Asia/Tokyo&writeBack=1&shared=toride_shared`. Without `tls` the connection is
 * encrypted unless it stays on this machine. Throws sync.bad-url; the address itself is never put into the error.
 */
export function parseCompanyUrl(text: string): CompanyAddress {
  const bad = new AppError('sync.bad-url');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw bad;
  }
  if (!['mysql:', 'mariadb:'].includes(url.protocol)) throw bad;
  const known = new Set(['tls', 'timeZone', 'writeBack', 'shared']);
  if ([...url.searchParams.keys()].some((key) => !known.has(key))) throw bad;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const local = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);
  try {
    const connection = Connection.safeParse({
      host,
      port: url.port === '' ? 3306 : Number(url.port),
      user: decodeURIComponent(url.username),
      database: decodeURIComponent(url.pathname.slice(1)),
      tls: url.searchParams.get('tls') ?? (local ? 'off' : 'on'),
      ca: null,
      timeZone: url.searchParams.get('timeZone') ?? 'Asia/Tokyo',
      writeBack: ['1', 'true', 'on'].includes(url.searchParams.get('writeBack') ?? ''),
      sharedTable: url.searchParams.get('shared') ?? undefined,
    });
    if (!connection.success || !isTimeZone(connection.data.timeZone)) throw bad;
    const password = url.password === '' ? undefined : decodeURIComponent(url.password);
    return { connection: connection.data, password };
  } catch {
    throw bad;
  }
}
