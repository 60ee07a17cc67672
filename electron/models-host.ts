// The models process, forked for the engine, which cannot fork by itself; and the trial of llama.cpp's binaries, which that process cannot.
import { fileURLToPath } from 'node:url';
import { MessageChannelMain, type UtilityProcess, utilityProcess } from 'electron';
import { z } from 'zod';
import { endProcess } from './end-process.ts';
import type { ToEngine } from './messages.ts';

const LAST_WORDS_CHARS = 4_000;
const Id = z.number().int();
/** models process → shell. Which script the trial is, is not said: there is only one. */
const FromModels = z.discriminatedUnion('type', [
  z.object({ type: z.literal('trial'), id: Id }),
  z.object({ type: z.literal('trial-tell'), id: Id, message: z.unknown() }),
  z.object({ type: z.literal('trial-end'), id: Id }),
]);
/** shell → models process */
type ToModels =
  | { readonly type: 'trial-says'; readonly id: number; readonly message: unknown }
  | { readonly type: 'trial-ended'; readonly id: number; readonly code: number };

/** node-llama-cpp's own script that loads a binary to see whether it works here */
const trialScript = (): string =>
  fileURLToPath(new URL('./bindings/utils/testBindingBinary.js', import.meta.resolve('node-llama-cpp')));

export type ModelsHost = {
  /** Forks it, and gives it and the engine a port to each other. */
  start(engine: UtilityProcess, id: number): void;
  /** Ends it; resolves when it has gone, after two seconds at most. */
  end(): Promise<void>;
};

export function createModelsHost(script: string): ModelsHost {
  let child: UtilityProcess | null = null;
  const end = async (): Promise<void> => {
    if (child) await endProcess(child);
  };
  return {
    start(engine, id) {
      const models = utilityProcess.fork(script, [], {
        serviceName: 'Toride models',
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, GGML_NO_BACKTRACE: '1' },
      });
      child = models;
      let lastWords = '';
      models.stderr?.on('data', (text: unknown) => {
        lastWords = (lastWords + String(text)).slice(-LAST_WORDS_CHARS);
      });
      const stopTrials = serveTrials(models);
      models.once('exit', (code) => {
        if (child === models) child = null;
        stopTrials();
        engine.postMessage({ type: 'models-ended', id, code, lastWords } satisfies ToEngine);
      });
      const { port1, port2 } = new MessageChannelMain();
      models.postMessage(null, [port1]);
      engine.postMessage({ type: 'models', id } satisfies ToEngine, [port2]);
    },
    end,
  };
}

/** Runs trials for the models process and passes on what is said; returns how to stop them. */
function serveTrials(models: UtilityProcess): () => void {
  const trials = new Map<number, UtilityProcess>();
  const tell = (message: ToModels): void => models.postMessage(message);
  models.on('message', (raw: unknown) => {
    const { data: message } = FromModels.safeParse(raw);
    if (message?.type === 'trial') {
      const { id } = message;
      const trial = utilityProcess.fork(trialScript(), [], {
        serviceName: 'Toride models trial',
        stdio: 'ignore',
        env: { ...process.env, TEST_BINDING_CP: 'true' },
      });
      trials.set(id, trial);
      trial.on('message', (said: unknown) => tell({ type: 'trial-says', id, message: said }));
      trial.once('exit', (code) => {
        trials.delete(id);
        tell({ type: 'trial-ended', id, code });
      });
    } else if (message?.type === 'trial-tell') trials.get(message.id)?.postMessage(message.message);
    else if (message?.type === 'trial-end') trials.get(message.id)?.kill();
  });
  return () => {
    for (const trial of trials.values()) trial.kill();
  };
}
