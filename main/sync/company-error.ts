import { AppError, Cancelled } from '../kernel/errors.ts';

export type Place = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly table?: string;
};
type DriverError = { code?: string; errno?: number; sqlMessage?: string; message?: string };

const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME', 'EAI_NODATA', 'EAI_FAIL']);
const SILENT = new Set([
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'PROTOCOL_SEQUENCE_TIMEOUT',
]);
const TLS =
  /^(HANDSHAKE_(NO_)?SSL|ERR_(TLS|SSL|OSSL)|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE))/;
/** wrong password, host not allowed or blocked, password expired, unknown authentication plugin */
const LOGIN = new Set([1045, 1129, 1130, 1251, 1698, 1820, 1862, 4151]);
const RIGHTS = new Set([1142, 1143, 1227, 1370]);
/** the server goes away, is full, was told to stop, or lost a race: tried again later */
const PASSING = new Set([
  1040, 1041, 1053, 1077, 1152, 1153, 1159, 1160, 1161, 1203, 1205, 1213, 1226, 1317, 1927,
]);
/** the table's own rules refuse the row: null, no default, too long, out of range, bad value, check, foreign key, trigger */
const ROW = new Set([
  1048, 1062, 1136, 1216, 1264, 1265, 1292, 1364, 1366, 1406, 1452, 1644, 3140, 3819, 4025,
]);

/** The driver's or server's failure as the error a person can act on; anything unknown is a bug (`internal`). */
export function companyError(thrown: unknown, place: Place): AppError | Cancelled {
  if (thrown instanceof AppError || thrown instanceof Cancelled) return thrown;
  const error = (thrown ?? {}) as DriverError;
  const code = error.code ?? '';
  const errno = error.errno ?? 0;
  const detail = error.sqlMessage ?? error.message ?? String(thrown);
  const { host, port, user, database } = place;
  const table = place.table ?? /for table [`'"]?([^`'"]+?)[`'"]?$/.exec(detail)?.[1] ?? `${database}.*`;
  const options = { cause: thrown };
  if (DNS.has(code)) return new AppError('sync.dns', { host }, options);
  if (code === 'ECONNREFUSED') return new AppError('sync.refused', { host, port }, options);
  if (SILENT.has(code)) return new AppError('sync.timeout', { host, port }, options);
  if (TLS.test(code) || errno === 3159) return new AppError('sync.tls', { detail }, options);
  if (LOGIN.has(errno) || code.startsWith('AUTH_')) return new AppError('sync.password', { user }, options);
  if (errno === 1049) return new AppError('sync.no-database', { database }, options);
  if (errno === 1044) return new AppError('sync.rights', { table: `${database}.*` }, options);
  if (RIGHTS.has(errno)) return new AppError('sync.rights', { table }, options);
  if (errno === 1146 || errno === 1932)
    return new AppError('sync.missing-table', { table: place.table ?? named(detail) }, options);
  if (errno === 1054) return new AppError('sync.missing-column', { table, column: named(detail) }, options);
  if (errno === 1290 || errno === 1792 || ROW.has(errno))
    return new AppError('sync.write-refused', { detail }, options);
  if (PASSING.has(errno) || NETWORK.test(code) || BROKEN.test(detail))
    return new AppError(
      'sync.lost',
      { detail: /closed state/.test(detail) ? 'the connection is closed' : detail },
      options,
    );
  return new AppError('internal', {}, options);
}

const NETWORK = /^(ECONN|EPIPE|ESHUTDOWN|PROTOCOL_|ENOBUFS|EADDRNOTAVAIL)/;
const BROKEN = /closed state|connection lost|malformed packet|packets out of order/i;
const named = (detail: string): string => /'([^']+)'/.exec(detail)?.[1] ?? '?';

/** The whole sync stops for these; any other error concerns one table. */
export const isConnectionError = (error: AppError): boolean =>
  [
    'sync.dns',
    'sync.refused',
    'sync.timeout',
    'sync.tls',
    'sync.password',
    'sync.no-database',
    'sync.lost',
    'sync.writable-account',
    'store.full',
    'store.corrupt',
    'data.locked',
    'internal',
  ].includes(error.code);
