// Runs the engine in a utility process, watches over it and hands each page its own port.
import {
  app,
  MessageChannelMain,
  safeStorage,
  type UtilityProcess,
  utilityProcess,
  type WebFrameMain,
} from 'electron';
import { endProcess } from './end-process.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { ToEngine, ToShell } from './messages.ts';
import { createModelsHost } from './models-host.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** running this long counts as well again */
const HEALTHY_MS = 60_000;
/** longer than the engine waits for its own processes */
const STOP_WITHIN_MS = 4_000;

export type EngineHost = {
  /** gives a page its own port to the engine; while the engine is down, as soon as it is up */
  connect(frame: WebFrameMain): void;
  /** while the engine is down, as soon as it is up */
  send(message: ToEngine): void;
  /** asks it to end and waits up to `withinMs` (four seconds), then ends it and its models process: four seconds more at most */
  stop(withinMs?: number): Promise<void>;
};

export function startEngineHost(o: {
  script: string;
  modelsScript: string;
  args: readonly string[];
  heard: (message: ToShell) => void;
  /** `failures`: how many times in a row it has not stayed up */
  died: (failures: number) => void;
  /** it does not answer any more; returns what to do when it answers again or has ended */
  hangs: (restart: () => void) => () => void;
}): EngineHost {
  let child: UtilityProcess | null = null;
  let stopping = false;
  let failures = 0;
  const waiting = new Set<WebFrameMain>();
  const unsent: ToEngine[] = [];
  const models = createModelsHost(o.modelsScript);

  const start = (): void => {
    const startedAt = Date.now();
    const engine = utilityProcess.fork(o.script, [...o.args], {
      serviceName: 'Toride engine',
      stdio: 'inherit',
      // of glibc: with an arena for each thread the engine holds 100 MB more
      env: { ...process.env, MALLOC_ARENA_MAX: '2' },
    });
    child = engine;
    let heart: ReturnType<typeof startHeartbeat> | null = null;
    let answersAgain = (): void => {};
    // not while it starts: a large database on its way to a new version takes as long as it takes
    const watch = (): void => {
      heart ??= startHeartbeat({
        ask: () => engine.postMessage({ type: 'ping' } satisfies ToEngine),
        silent: () => {
          answersAgain = o.hangs(() => void endProcess(engine));
        },
        back: () => answersAgain(),
      });
    };
    for (const frame of waiting) hand(frame, engine);
    waiting.clear();
    for (const message of unsent.splice(0)) engine.postMessage(message);
    engine.on('message', (message: ToShell) => {
      if (message.type === 'secret') void answerSecret(engine, message);
      else if (message.type === 'models-start') models.start(engine, message.id);
      else if (message.type === 'models-kill') void models.end();
      else if (message.type === 'pong') heart?.answered();
      else {
        if (message.type === 'ready') watch();
        o.heard(message);
      }
    });
    engine.on('exit', () => {
      if (child === engine) child = null;
      heart?.stop();
      answersAgain();
      void models.end(); // what it computes nobody waits for any more
      if (stopping) return;
      failures = Date.now() - startedAt > HEALTHY_MS ? 1 : failures + 1;
      o.died(failures);
      setTimeout(
        () => !stopping && start(),
        Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)),
      );
    });
  };
  start();
  return {
    connect(frame) {
      if (child) hand(frame, child);
      else waiting.add(frame);
    },
    send(message) {
      if (child) child.postMessage(message);
      else unsent.push(message);
    },
    async stop(withinMs = STOP_WITHIN_MS) {
      stopping = true;
      const engine = child;
      if (engine) {
        const gone = new Promise<true>((resolve) => engine.once('exit', () => resolve(true)));
        const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), withinMs));
        engine.postMessage({ type: 'stop' } satisfies ToEngine);
        if (!(await Promise.race([gone, late]))) await endProcess(engine);
      }
      await models.end();
    },
  };
}

function hand(frame: WebFrameMain, engine: UtilityProcess): void {
  if (frame.isDestroyed()) return; // the page has gone meanwhile
  const { port1, port2 } = new MessageChannelMain();
  engine.postMessage({ type: 'connect' } satisfies ToEngine, [port1]);
  frame.postMessage('toride:port', null, [port2]);
}

async function answerSecret(
  engine: UtilityProcess,
  { id, act, text }: Extract<ToShell, { type: 'secret' }>,
): Promise<void> {
  let value: string | null = null;
  try {
    await app.whenReady();
    if (await safeStorage.isAsyncEncryptionAvailable())
      value =
        act === 'seal'
          ? (await safeStorage.encryptStringAsync(text)).toString('base64')
          : (await safeStorage.decryptStringAsync(Buffer.from(text, 'base64'))).result;
  } catch {
    value = null; // the engine says that there is no key store, and asks the person
  }
  engine.postMessage({ type: 'secret', id, value } satisfies ToEngine);
}
