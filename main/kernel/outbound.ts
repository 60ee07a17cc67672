import net from 'node:net';
import { AppError } from './errors.ts';

export type Purpose = 'company' | 'server';
/** One address that something tried to reach in this run. */
export type Attempt = {
  readonly address: string;
  /** null: nothing of ours wanted it, and it was refused */
  readonly purpose: Purpose | null;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
};
const MOST = 200;
const LOCAL = /^(localhost|127(\.\d+){3}|::1|::ffff:127(\.\d+){3})$/i;

const allowed = new Map<string, Purpose>();
const attempts = new Map<
  string,
  { purpose: Purpose | null; count: number; firstAt: number; lastAt: number }
>();
let guarded = false;

const addressOf = (host: string, port: number | string): string =>
  `${host.replace(/^\[|\]$/g, '').toLowerCase()}:${port}`;

/** Says that a connection to this address is wanted, and what for. Whatever was not said is refused by `guardSockets`. */
export function allowOutbound(purpose: Purpose, host: string, port: number | string): void {
  allowed.set(addressOf(host, port), purpose);
}

/** Attempts to leave this machine since the process started, those refused too. */
export const outboundAttempts = (): Attempt[] =>
  [...attempts].map(([address, attempt]) => ({ address, ...attempt }));

type Target = { readonly host?: string; readonly port?: number | string; readonly path?: string };
/** What `Socket.connect` was called with: options, port and host, a path, or Node's own array of them. */
function targetOf(args: readonly unknown[]): Target {
  const [first, second] = args;
  if (Array.isArray(first)) return targetOf(first);
  if (typeof first === 'object' && first !== null) return first;
  if (typeof first === 'string' && !/^\d+$/.test(first)) return { path: first };
  return { port: Number(first), ...(typeof second === 'string' ? { host: second } : {}) };
}

/**
 * Every TCP connection of this thread, TLS and HTTP as well, passes here from now on: those within this machine go on, those
 * that were asked for by `allowOutbound` are noted, all others are refused with `net.refused` and noted.
 */
export function guardSockets(): void {
  if (guarded) return;
  guarded = true;
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function guardedConnect(this: net.Socket, ...args: unknown[]) {
    const { host = 'localhost', port = 0, path } = targetOf(args);
    if (path !== undefined || LOCAL.test(host.replace(/^\[|\]$/g, '')))
      return Reflect.apply(connect, this, args);
    const address = addressOf(host, port);
    const purpose = allowed.get(address) ?? null;
    note(address, purpose);
    if (purpose !== null) return Reflect.apply(connect, this, args);
    process.nextTick(() => this.destroy(new AppError('net.refused', { address })));
    return this;
  } as typeof connect;
}

function note(address: string, purpose: Purpose | null): void {
  const now = Date.now();
  const known = attempts.get(address) ?? { purpose, count: 0, firstAt: now, lastAt: now };
  if (!attempts.has(address) && attempts.size >= MOST) return;
  attempts.set(address, { purpose, count: known.count + 1, firstAt: known.firstAt, lastAt: now });
}
