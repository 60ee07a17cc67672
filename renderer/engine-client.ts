/** The page's line to the engine: over Electron's message port or the browser host's WebSocket, reopened whenever it breaks. */
import { type ClientLink, type ClientOptions, createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../main/api/contract/index.ts';
import { EngineLost } from './errors.ts';
import { hasToken, openLoopback } from './loopback-client.ts';
import { type ShellBridge, shellBridge } from './shell-bridge.ts';
import { useConnection } from './stores/connection.ts';

export type Engine = ContractRouterClient<Contract>;
type Context = Record<never, never>;
export type Line = {
  readonly link: ClientLink<Context>;
  readonly closed: Promise<void>;
  readonly isOpen: () => boolean;
};

const OPEN_WITHIN_MS = 10_000;
const CALL_WAITS_MS = 15_000;
const LONGEST_PAUSE_MS = 8_000;

function openPort(bridge: ShellBridge): Promise<Line> {
  return new Promise((resolve, reject) => {
    const onMessage = (event: MessageEvent<unknown>): void => {
      const port = event.ports[0];
      const data = event.data;
      const ours = typeof data === 'object' && data !== null && 'type' in data && data.type === 'toride:port';
      if (event.source !== window || !ours || !port) return;
      window.removeEventListener('message', onMessage);
      clearTimeout(timer);
      let open = true;
      const closed = new Promise<void>((done) => {
        port.addEventListener('close', () => {
          open = false;
          done();
        });
      });
      const link = new RPCLink<Context>({ port });
      port.start();
      resolve({ link, closed, isOpen: () => open });
    };
    const timer = setTimeout(() => {
      window.removeEventListener('message', onMessage);
      reject(new EngineLost('no port'));
    }, OPEN_WITHIN_MS);
    window.addEventListener('message', onMessage); // listen before asking: the reply cannot be missed
    bridge.connect();
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A line that breaks during a call rejects it with an abort; only the caller's own abort is one. */
const asLost = (thrown: unknown, line: Line, signal: AbortSignal | undefined): unknown =>
  line.isOpen() || signal?.aborted ? thrown : new EngineLost('closed', { cause: thrown });
const isStream = (output: unknown): output is AsyncIterable<unknown> =>
  typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
async function* relay(
  stream: AsyncIterable<unknown>,
  line: Line,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown> {
  try {
    yield* stream;
  } catch (thrown) {
    throw asLost(thrown, line, signal);
  }
}

/** Holds the current line; calls made while there is none wait for the next one. */
class Lines {
  private line: Line | null = null;
  private waiting = new Set<(line: Line) => void>();

  async run(open: () => Promise<Line>): Promise<never> {
    for (let failures = 0; ; ) {
      try {
        const line = await open();
        failures = 0;
        this.line = line;
        useConnection.setState((s) => ({ state: 'online', generation: s.generation + 1 }));
        for (const go of this.waiting) go(line);
        this.waiting.clear();
        await line.closed;
        this.line = null;
      } catch {
        failures += 1;
      }
      useConnection.setState({ state: shellBridge() || hasToken() ? 'lost' : 'refused' });
      await pause(Math.min(LONGEST_PAUSE_MS, 250 * 2 ** failures) * (0.75 + Math.random() / 2));
    }
  }
  get(signal: AbortSignal | undefined): Promise<Line> {
    if (this.line) return Promise.resolve(this.line);
    return new Promise((resolve, reject) => {
      const settle = (then: () => void): void => {
        this.waiting.delete(go);
        clearTimeout(timer);
        signal?.removeEventListener('abort', aborted);
        then();
      };
      const go = (line: Line): void => settle(() => resolve(line));
      const aborted = (): void => settle(() => reject(signal?.reason));
      const timer = setTimeout(() => settle(() => reject(new EngineLost('no connection'))), CALL_WAITS_MS);
      this.waiting.add(go);
      signal?.addEventListener('abort', aborted);
    });
  }
  async call(path: readonly string[], input: unknown, options: ClientOptions<Context>): Promise<unknown> {
    const line = await this.get(options.signal);
    try {
      const output = await line.link.call(path, input, options);
      return isStream(output) ? relay(output, line, options.signal) : output;
    } catch (thrown) {
      throw asLost(thrown, line, options.signal);
    }
  }
}

const lines = new Lines();
export const engine: Engine = createORPCClient(lines);

/** Starts connecting and never stops: a lost engine is looked for until it answers. */
export function connect(): void {
  const bridge = shellBridge();
  void lines.run(bridge ? () => openPort(bridge) : openLoopback);
}
