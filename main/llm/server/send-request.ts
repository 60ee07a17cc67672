// One request to the model server: no redirect is followed, no proxy is asked, the address is checked while connecting.
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { AppError, Cancelled } from '../../kernel/errors.ts';
import { allowOutbound } from '../../kernel/outbound.ts';
import { throwIfAborted } from '../../kernel/task.ts';
import { checkServerUrl, ownNetworkLookup } from './check-address.ts';
import { badAnswer, refusalIn } from './parse-answer.ts';

/** milliseconds */
export type Limits = {
  /** until the connection stands */
  readonly connectMs: number;
  /** until the first byte: a long prompt on a slow machine */
  readonly answerMs: number;
  /** the same for the list of its models: nothing is computed for it, and a person who tries the connection looks on */
  readonly listMs: number;
  /** between two pieces of an answer */
  readonly silenceMs: number;
};
export const LIMITS: Limits = { connectMs: 5_000, answerMs: 120_000, listMs: 15_000, silenceMs: 30_000 };
const BIGGEST_ANSWER = 64_000_000;
const BIGGEST_REFUSAL = 20_000;
const TOO_MANY = 429;
const NO_GREETING = 'ERR_TLS_HANDSHAKE_TIMEOUT';

export type Target = {
  /** base address */
  readonly url: string;
  readonly key: string | null;
  readonly allowPublic: boolean;
  readonly limits: Limits;
};

/** Certificates of Node and of this computer: a company's own authority is in the second. */
let authorities: string[] | null = null;
const trusted = (): string[] => {
  authorities ??= [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
  return authorities;
};

/** Sends and resolves with the answer once its head is there and good. Rejects with `models.server-*` or Cancelled. */
export async function sendRequest(
  target: Target,
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<IncomingMessage> {
  throwIfAborted(signal);
  const base = checkServerUrl(target.url, target.allowPublic);
  const url = new URL(`${base.href.replace(/\/$/, '')}${path}`);
  const where = url.host;
  allowOutbound('server', url.hostname, url.port || (url.protocol === 'https:' ? 443 : 80));
  const sent = body === undefined ? null : Buffer.from(JSON.stringify(body));
  const options = {
    method: sent ? 'POST' : 'GET',
    agent: false, // a connection of its own: nothing is left open, no proxy of the environment applies
    headers: {
      accept: 'application/json, text/event-stream',
      ...(sent ? { 'content-type': 'application/json', 'content-length': sent.length } : {}),
      ...(target.key === null ? {} : { authorization: `Bearer ${target.key}` }),
    },
    ...(target.allowPublic ? {} : { lookup: ownNetworkLookup() }),
  };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const request: ClientRequest =
      url.protocol === 'https:'
        ? https.request(url, { ...options, ca: trusted() })
        : http.request(url, options);
    const end = (error: unknown): void => void request.destroy(toError(error));
    const stop = (): void => end(new Cancelled('aborted'));
    const late = (): void => end(new AppError('models.server-timeout', { host: where }));
    // who takes a connection and never answers a greeting in TLS most likely speaks plain HTTP
    const mute = (): void => end(new AppError('models.server-tls', { host: where, detail: NO_GREETING }));
    let timer = setTimeout(late, target.limits.connectMs);
    const isUp = (): void => {
      clearTimeout(timer);
      timer = setTimeout(late, target.limits.answerMs);
    };
    request.on('socket', (socket) => {
      if (url.protocol === 'https:') {
        socket.once('connect', () => {
          clearTimeout(timer);
          timer = setTimeout(mute, target.limits.connectMs);
        });
        socket.once('secureConnect', isUp);
      } else if (socket.connecting) socket.once('connect', isUp);
      else isUp();
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      reject(wordFailure(error, where));
    });
    request.on('response', (response) => {
      clearTimeout(timer);
      // from here on the answer's own errors tell; the abort still ends it
      response.once('close', () => signal?.removeEventListener('abort', stop));
      resolve(response);
    });
    signal?.addEventListener('abort', stop, { once: true });
    request.end(sent ?? undefined);
  });
  const status = answer.statusCode ?? 0;
  if (status === 200) return answer;
  if (status >= 300 && status < 400) {
    answer.destroy();
    throw new AppError('models.server-redirect', { host: where });
  }
  const said = refusalIn(await readText(answer, target, where, signal, BIGGEST_REFUSAL).catch(() => ''));
  if (status === 401 || status === 403) throw new AppError('models.server-key', { host: where });
  const detail = `HTTP ${status} ${said}`.trim();
  if (status >= 500 || status === TOO_MANY)
    throw new AppError('models.server-trouble', { host: where, detail });
  throw new AppError('models.server-answer', { detail });
}

/** The pieces of an answer as they come; one that falls silent is ended. */
export async function* readBytes(
  answer: IncomingMessage,
  target: Target,
  host: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(
      () => answer.destroy(new AppError('models.server-timeout', { host })),
      target.limits.silenceMs,
    );
  };
  try {
    wait();
    for await (const chunk of answer) {
      throwIfAborted(signal);
      yield chunk;
      wait();
    }
  } catch (error) {
    throwIfAborted(signal);
    throw wordFailure(error, host);
  } finally {
    clearTimeout(timer);
    answer.destroy();
  }
}

/** A whole answer as text. */
export async function readText(
  answer: IncomingMessage,
  target: Target,
  host: string,
  signal: AbortSignal | undefined,
  most = BIGGEST_ANSWER,
): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of readBytes(answer, target, host, signal)) {
    size += part.length;
    if (size > most) throw badAnswer(`larger than ${most} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
const TLS = /^(ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_|EPROTO|HOSTNAME_MISMATCH)/;

function wordFailure(error: unknown, host: string): AppError | Cancelled {
  if (error instanceof AppError || error instanceof Cancelled) return error;
  const code = codeOf(error);
  if (code === 'ETIMEDOUT') return new AppError('models.server-timeout', { host }, { cause: error });
  const detail = code || toError(error).message;
  if (TLS.test(code)) return new AppError('models.server-tls', { host, detail }, { cause: error });
  if (code.startsWith('HPE_')) return badAnswer(`no HTTP: ${code}`, error);
  return new AppError('models.server-unreachable', { host, detail }, { cause: error });
}
