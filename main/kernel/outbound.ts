import dgram from 'node:dgram';
import net from 'node:net';
import { AppError } from './errors.ts';

export type Purpose = 'company' | 'server' | 'logs';
/** The process that tried; a thread counts as the process it runs in. */
export type TriedBy = 'engine' | 'models' | 'window';
type Tried = {
  readonly address: string;
  /** null: nothing of ours wanted it, and it was refused */
  readonly purpose: Purpose | null;
  readonly by: TriedBy;
};
/** One address that something tried to reach in this run. */
export type Attempt = Tried & {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
};
const MOST = 200;
const LOCAL = /^(localhost|127(\.\d+){3}|::1|::ffff:127(\.\d+){3})$/i;

const allowed = new Map<string, Purpose>();
const attempts = new Map<string, Attempt>();
const listeners: ((address: string) => void)[] = [];
let guarded = false;

const addressOf = (host: string, port: number | string): string =>
  `${host.replace(/^\[|\]$/g, '').toLowerCase()}:${port}`;

/** Says that a connection to this address is wanted, and what for. Whatever was not said is refused by `guardSockets`. */
export function allowOutbound(purpose: Purpose, host: string, port: number | string): void {
  allowed.set(addressOf(host, port), purpose);
}

/** Attempts to leave this machine since the process started, those refused too. */
export const outboundAttempts = (): Attempt[] => [...attempts.values()];

/** Told of every address that was refused here, those refused before as well: a thread or child process tells its owner so. */
export function onRefused(listener: (address: string) => void): void {
  for (const { address, purpose } of attempts.values()) if (purpose === null) listener(address);
  listeners.push(listener);
}

/** Notes what a thread or child process refused. */
export const noteRefused = (address: string, by: TriedBy = 'engine'): void =>
  note({ address, purpose: null, by });

type Target = { readonly host?: string; readonly port?: number | string; readonly path?: string };
/** What `Socket.connect` was called with: options, port and host, a path, or Node's own array of them. */
function targetOf(args: readonly unknown[]): Target {
  const [first, second] = args;
  if (Array.isArray(first)) return targetOf(first);
  if (typeof first === 'object' && first !== null) return first;
  if (typeof first === 'string' && !/^\d+$/.test(first)) return { path: first };
  return { port: Number(first), ...(typeof second === 'string' ? { host: second } : {}) };
}

const isLocal = (host: string): boolean => LOCAL.test(host.replace(/^\[|\]$/g, ''));

/**
 * Every TCP connection of this thread, TLS and HTTP as well, passes here from now on: those within this machine go on, those
 * that were asked for by `allowOutbound` are noted, all others are refused with `net.refused` and noted. UDP never leaves.
 * Threads and child processes have a guard of their own, `guard-outbound`.
 */
export function guardSockets(): void {
  if (guarded) return;
  guarded = true;
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function guardedConnect(this: net.Socket, ...args: unknown[]) {
    const { host = 'localhost', port = 0, path } = targetOf(args);
    if (path !== undefined || isLocal(host)) return Reflect.apply(connect, this, args);
    const address = addressOf(host, port);
    const purpose = allowed.get(address) ?? null;
    note({ address, purpose, by: 'engine' });
    if (purpose !== null) return Reflect.apply(connect, this, args);
    process.nextTick(() => this.destroy(new AppError('net.refused', { address })));
    return this;
  } as typeof connect;
  for (const name of ['connect', 'send'] as const) guardDatagrams(name);
}

function guardDatagrams(name: 'connect' | 'send'): void {
  const original: (...args: never[]) => void = dgram.Socket.prototype[name];
  const guarded = function (this: dgram.Socket, ...args: unknown[]) {
    // the port comes just before the host, whatever comes before it
    const at = args.findIndex((one, i) => i > 0 && typeof one === 'string');
    const host = at < 0 ? 'localhost' : String(args[at]);
    if (isLocal(host)) return Reflect.apply(original, this, args);
    const address = addressOf(host, Number(args[at - 1]));
    note({ address, purpose: null, by: 'engine' });
    const done = args.at(-1);
    const refused = new AppError('net.refused', { address });
    process.nextTick(() => (typeof done === 'function' ? done(refused) : this.emit('error', refused)));
  };
  Object.assign(dgram.Socket.prototype, { [name]: guarded });
}

function note({ address, purpose, by }: Tried): void {
  if (purpose === null) for (const listener of listeners) listener(address);
  const now = Date.now();
  const key = `${by} ${address}`;
  const known = attempts.get(key);
  if (!known && attempts.size >= MOST) return;
  const { count, firstAt } = known ?? { count: 0, firstAt: now };
  attempts.set(key, { address, purpose, by, count: count + 1, firstAt, lastAt: now });
}
